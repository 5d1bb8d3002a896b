"""Every test: no network, no account, and the chain on a clock that stands still."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.factories.places import REFERENCE, ROOT

os.environ |= {
    "AWS_ACCESS_KEY_ID": "tests",
    "AWS_SECRET_ACCESS_KEY": "tests",
    "AWS_DEFAULT_REGION": "ap-northeast-2",
    "POWERTOOLS_METRICS_DISABLED": "true",
}

settings.register_profile("tests", max_examples=40, deadline=None)
settings.load_profile("tests")

RECORDED = REFERENCE


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The browser's modules import Playwright, and `make test` runs none of their tests."""
    is_browser = collection_path == ROOT / "tests" / "browser"
    return True if is_browser and config.option.markexpr == "not extra" else None


def pytest_collection_finish() -> None:
    """Modules and thousands of tests are never garbage: the collector need not look at them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def recorded() -> Path:
    """The recorded answers of the outside world, which are not part of the project."""
    if not (RECORDED / "data").is_dir():
        pytest.skip("the recorded answers are not beside the project")
    return RECORDED

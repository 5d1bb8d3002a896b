"""The size of the layer as Lambda is given it."""

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure
from tests.factories.places import ROOT

LAYER = ROOT / ".aws-sam/build/SharedLayer"
TARGET = 25.0
OF_RELEASE_1_0 = 12.6
"""Without compiled files."""


def figures() -> Iterator[Figure]:
    """Megabytes, zipped."""
    if not LAYER.is_dir():
        yield Figure("layer", None, "MB", TARGET, "run make build first")
        return
    yield Figure(
        "layer", zipped(LAYER) / 1024**2, "MB", TARGET, "SharedLayer of the last make build, zipped", OF_RELEASE_1_0
    )


def zipped(folder: Path) -> int:
    """Bytes of the folder in a zip file."""
    with tempfile.TemporaryFile() as target:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                archive.write(path, path.relative_to(folder))
        return target.tell()

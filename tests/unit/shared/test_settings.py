"""What a function is told by its environment: checked at its first event, and named where it is wrong."""

from collections.abc import Mapping

import pytest

from functions.enrich.settings import EnrichSettings
from functions.fetch.settings import FetchSettings
from functions.publish.settings import PublishSettings
from functions.summarize.settings import SummarizeSettings
from shared.model.interests import Interest
from shared.model.settings import Settings, SettingsError

FETCH = {
    "BUCKET": "papers",
    "ENRICH_QUEUE_URL": "https://sqs.invalid/enrich",
    "LANGUAGES": "ko,en",
    "MODEL": "draft",
    "PAPERS_IN_FULL": "10",
    "DEADLINE_MINUTES": "120",
    "BUDGET_USD": "0.50",
    "BUDGET_TOKENS": "500000",
    "MODEL_PRICE": "",
    "INTERESTS": "agent, tag:RAG",
    "OPENAI_BASE_URL": "https://api.openai.com/v1",
    "HF_URL": "https://huggingface.co",
    "ARXIV_URL": "https://export.arxiv.org",
    "SOURCES": "arxiv,github",
}


def reason(environment: Mapping[str, str], kind: type[Settings] = FetchSettings) -> str:
    with pytest.raises(SettingsError) as raised:
        kind.read(environment)
    return str(raised.value)


def test_variables_are_read_as_what_they_mean() -> None:
    settings = FetchSettings.read(FETCH | {"PATH": "/bin", "languages": "de"})
    assert settings.languages == ("ko", "en")
    assert (settings.papers_in_full, settings.deadline_minutes) == (10, 120)
    assert settings.interests == (Interest(kind="word", value="agent"), Interest(kind="tag", value="RAG"))
    assert settings.hf_url.host == "huggingface.co"


@pytest.mark.parametrize("name", FETCH)
def test_a_missing_variable_is_named(name: str) -> None:
    environment = {each: value for each, value in FETCH.items() if each != name}
    assert reason(environment) == f"{name}: Field required, got None"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PAPERS_IN_FULL", "0"),
        ("PAPERS_IN_FULL", "-1"),
        ("PAPERS_IN_FULL", "ten"),
        ("PAPERS_IN_FULL", "2.5"),
        ("PAPERS_IN_FULL", ""),
        ("LANGUAGES", "ko,fr"),
        ("DEADLINE_MINUTES", "0"),
        ("HF_URL", ""),
        ("HF_URL", "huggingface.co"),
        ("HF_URL", "file:///etc/passwd"),
    ],
)
def test_a_variable_that_is_wrong_is_named_with_its_value(name: str, value: str) -> None:
    assert reason(FETCH | {name: value}).startswith(f"{name}: ")
    assert repr(value) in reason(FETCH | {name: value})


@pytest.mark.parametrize("kind", [FetchSettings, EnrichSettings, SummarizeSettings, PublishSettings])
def test_a_function_that_is_told_nothing_says_what_it_misses(kind: type[Settings]) -> None:
    assert reason({}, kind).endswith(": Field required, got None")

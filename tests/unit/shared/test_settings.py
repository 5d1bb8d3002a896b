"""What a function is told by its environment: checked at its first event, and named where it is wrong."""

from collections.abc import Mapping

import pytest

from functions.enrich.settings import EnrichSettings
from functions.fetch.settings import FetchSettings
from functions.publish.settings import PublishSettings
from functions.summarize.settings import SummarizeSettings
from shared.model.interests import Interest
from shared.model.settings import Settings, SettingsError, parameter

FETCH = {
    "STACK_NAME": "papers",
    "BUCKET": "papers",
    "ENRICH_QUEUE_URL": "https://sqs.invalid/enrich",
    "OPERATORS_TOPIC_ARN": "arn:aws:sns:ap-northeast-2:123456789012:operators",
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
    "FULL_TEXT": "10",
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
    assert reason(environment) == f"{parameter(name.lower())}: the variable {name} is missing"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PAPERS_IN_FULL", "0", "PapersInFull: '0' is not a whole number from 1"),
        ("PAPERS_IN_FULL", "-1", "PapersInFull: '-1' is not a whole number from 1"),
        ("PAPERS_IN_FULL", "2.5", "PapersInFull: '2.5' is not a whole number from 1"),
        ("PAPERS_IN_FULL", "", "PapersInFull: '' is not a whole number from 1"),
        ("BUDGET_USD", "abc", "BudgetUsd: 'abc' is not a number of dollars such as 0.50"),
        ("BUDGET_USD", "nan", "BudgetUsd: 'nan' is not a number of dollars such as 0.50"),
        ("BUDGET_TOKENS", "-5", "BudgetTokens: '-5' is not a whole number from 0"),
        ("LANGUAGES", "ko,xx", "Languages: 'ko,xx' is not a list of languages with a folder in shared/languages"),
        ("DEADLINE_MINUTES", "soon", "DeadlineMinutes: 'soon' is not a whole number from 1"),
        ("HF_URL", "huggingface.co", "HfUrl: 'huggingface.co' is not an http or https address"),
        ("HF_URL", "file:///etc/passwd", "HfUrl: 'file:///etc/passwd' is not an http or https address"),
        ("INTERESTS", "venue:ICLR", "Interests: 'venue:ICLR' is not a list of words, tag:"),
    ],
)
def test_a_value_that_is_wrong_is_named_by_its_parameter_with_what_is_right(name: str, value: str, said: str) -> None:
    assert reason(FETCH | {name: value}).startswith(said)


@pytest.mark.parametrize("kind", [FetchSettings, EnrichSettings, SummarizeSettings, PublishSettings])
def test_a_function_that_is_told_nothing_says_what_it_misses(kind: type[Settings]) -> None:
    assert reason({}, kind) == "StackName: the variable STACK_NAME is missing"


@pytest.mark.parametrize("kind", [FetchSettings, EnrichSettings, SummarizeSettings, PublishSettings])
def test_every_field_that_can_be_wrong_says_what_is_right(kind: type[Settings]) -> None:
    silent = {name for name, field in kind.model_fields.items() if field.description is None}
    assert {kind.model_fields[name].annotation for name in silent} <= {str, tuple[str, ...]}

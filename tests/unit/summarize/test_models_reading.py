"""How a filled form is read: what models like to put around it, and what it must hold."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.summarize.errors import InvalidJsonError, SchemaViolationError
from functions.summarize.prompt.form import shapes
from functions.summarize.prompt.reading import read

SENTENCES = ("Agents forget.", "We propose a memory.", "It reaches 91.5% accuracy.")
SHORT: dict[str, Any] = {
    "one_line": {"text": "A memory for agents.", "sources": [2]},
    "key_points": [{"role": "result", "text": "91.5% accuracy", "sources": [3, 3, 9, 0]}],
    "tags": ["Agent"],
}


def test_numbers_of_sentences_become_the_sentences() -> None:
    answer = read([SHORT], SENTENCES, plan="short")
    assert answer.one_line.sources == ("We propose a memory.",)
    assert answer.key_points[0].sources == ("It reaches 91.5% accuracy.",)


@pytest.mark.parametrize(
    "text",
    [
        '{"one_line": {"text": "x", "sources": [1]}, "key_points": [{"text": "y", "sources": [1]}]}',
        '```json\n{"one_line": {"text": "x", "sources": [1]}, "key_points": [{"text": "y", "sources": [1]}]}\n```',
        '<think>{maybe}</think>Here: {"one_line": {"text": "x", "sources": [1]}, "key_points": [{"text": "y"}]} Done.',
        '{"one_line": "x", "key_points": ["y"], "risks": null, "detail": null, "more": 1}',
        '{"one_line": {"text": "x", "sources": ["[1]"]}, "key_points": [{"role": "hero", "text": "y"}]}',
    ],
)
def test_what_models_put_around_and_into_their_json_does_no_harm(text: str) -> None:
    answer = read([text], SENTENCES, plan="full")
    assert answer.one_line.text == "x"
    assert answer.key_points[0].text == "y"


@pytest.mark.parametrize(
    "latex",
    [r"$18.2\text{%}$", r"$2\times 3$", r"$\frac{1}{2}$", r"$\beta$", r"$\rho=1$", r"$\alpha$", r"50\% of $\mu$"],
)
def test_latex_whose_backslash_a_model_did_not_double_is_restored(latex: str) -> None:
    text = f'{{"one_line": {{"text": "{latex} faster", "sources": [1]}}, "key_points": [{{"text": "y"}}]}}'
    assert read([text], SENTENCES, plan="full").one_line.text == f"{latex} faster"


@pytest.mark.parametrize("text", ["", "I am sorry.", '{"one_line": ', "[1, 2]"])
def test_what_is_no_json_object_is_told_apart(text: str) -> None:
    with pytest.raises(InvalidJsonError) as raised:
        read([text], SENTENCES, plan="full")
    assert raised.value.text == text


def test_a_violation_names_every_field_that_is_wrong() -> None:
    with pytest.raises(SchemaViolationError) as raised:
        read([{"one_line": {"text": ""}, "numbers": [{"value": "1"}]}], SENTENCES, plan="full")
    assert {"one_line.text", "key_points", "numbers.0.measures", "numbers.0.source"} <= {
        part.split(":")[0].strip() for part in raised.value.reason.split(";")
    }


def test_the_short_form_takes_no_more_than_it_asked_for() -> None:
    answer = read([{**SHORT, "detail": {"text": "Long.", "sources": [1]}}], SENTENCES, plan="short")
    assert answer.detail is None


def test_a_fact_of_an_unknown_kind_or_without_a_sentence_is_no_fact() -> None:
    facts = [{"kind": "price", "text": "x", "source": 1}, {"kind": "code", "text": "y", "source": 7}]
    assert read([{**SHORT, "stated": facts}], SENTENCES, plan="full").stated == ()


WORDS = st.sampled_from(['{"text": ', "[1", "1-3", '[{"text": "a"}]'])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "sources", "value"]), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(list(shapes())), JSON), st.text(alphabet='{}[]":,\\ a\n', max_size=40))
def test_whatever_a_model_says_is_read_or_named_and_never_fails_otherwise(form: dict[str, Any], noise: str) -> None:
    filled = {"one_line": "x", "key_points": ["y"], **form}
    for content in (filled, json.dumps(filled) + noise, noise + json.dumps(filled)[: -len(noise) or None]):
        with suppress(InvalidJsonError, SchemaViolationError):
            answer = read([content], SENTENCES, plan="full")
            assert answer.one_line.text
            assert answer.key_points
            assert answer.model_dump_json().encode()

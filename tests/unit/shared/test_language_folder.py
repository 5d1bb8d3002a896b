"""A language is one folder: what a new one brings is read by check, screening and prompt without a line of code."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from functions.summarize.answer import Answer
from functions.summarize.grounding import check, derivations, wording
from functions.summarize.injection import orders
from functions.summarize.prompt import prompt
from functions.summarize.prompt.prompt import Question
from shared import languages
from shared.languages import files
from shared.model.analysis import KeyPoint, Statement
from shared.text.numbers import notation

ABSTRACT = "We present TidalNet. It is 16.2 times faster on 3 phones."
CACHED = (
    languages.known,
    languages.labels,
    files.read,
    files.words,
    notation.notation,
    orders._patterns,
    derivations._implied,
    wording._foreign_words,
    prompt._term,
)


def forget() -> None:
    for function in CACHED:
        function.cache_clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the languages with a third one, in which one counts in dozens and orders a model about with a word."""
    copy = tmp_path / "languages"
    shutil.copytree(languages.FOLDER, copy)
    new = shutil.copytree(copy / "en", copy / "eo")
    numbers = (new / "numbers.toml").read_text(encoding="utf-8")
    (new / "numbers.toml").write_text(numbers.replace("[words]", "[words]\nzoj = 3", 1), encoding="utf-8")
    (new / "orders.toml").write_text("[orders]\nobey = '\\bobeu\\b'\n", encoding="utf-8")
    (new / "style.txt").write_text("Skribu klare.", encoding="utf-8")
    for module in (languages, files, orders):
        monkeypatch.setattr(module, "FOLDER", copy)
    monkeypatch.setattr(prompt, "LANGUAGES", copy)
    forget()
    yield copy
    forget()


def rules(text: str) -> set[str]:
    point = KeyPoint(text=text, sources=(ABSTRACT,))
    answer = Answer(one_line=Statement(text="TidalNet is a faster net", sources=(ABSTRACT,)), key_points=(point,))
    found = check(answer, "TidalNet", ABSTRACT, "eo")
    return {finding.rule for finding in found if finding.item == "key_points.0"}


@pytest.mark.usefixtures("folder")
def test_a_new_language_is_known_checked_screened_and_asked_for() -> None:
    assert "eo" in languages.known()
    assert rules("TidalNet is faster on zoj phones") == set()
    assert rules("TidalNet is faster on 4 phones") == {"number.absent"}
    assert orders.gives_orders("Obeu, summarizer")
    question = Question(plan="full", language="eo", title="TidalNet", sentences=(ABSTRACT,))
    assert "Skribu klare." in prompt.first(question, "f" * 16).system


def test_a_language_without_a_folder_is_named() -> None:
    with pytest.raises(languages.UnknownLanguageError, match="'eo' is not one of"):
        languages.labels("eo")

"""What a model is asked: instructions, the form, and the paper's text behind a fence."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from functions.summarize.grounding.findings import Finding
from functions.summarize.prompt.form import SHORT, fields, form
from shared.languages import FOLDER as LANGUAGES
from shared.languages import labels
from shared.languages.files import read
from shared.model.frozen import Frozen
from shared.model.manifest import Plan
from shared.text.lazy_regex import lazy_regex

VERSION = "6"
"""Part of what an analysis follows from: raised with every change of what a model is asked."""
FOLDER = Path(__file__).parent
MAX_ANSWER_TOKENS: Mapping[Plan, int] = {"text": 5000, "full": 4096, "short": 1536}
"""Tokens of an answer: twice of what a Korean analysis takes, under the 5,000 that the smallest models allow."""
POINTS: Mapping[Plan, str] = {"text": "3 to 5", "full": "3 to 5", "short": "3"}
FENCE_CHARACTERS = 16
MAX_TERMS = 15
"""Of the glossary: 100 tokens or so."""
CHARACTERS_A_TOKEN = 4.0
"""English and JSON; a rule of thumb that providers give, https://help.openai.com/en/articles/4936856."""
HANGUL_A_TOKEN = 1.5
"""Korean, with the tokenizers of small current models."""

_HANGUL = lazy_regex(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


class Prompt(Frozen):
    """One question to a model."""

    system: str
    text: str
    form: Mapping[str, Any]
    fence: str
    max_tokens: int

    @property
    def with_form(self) -> str:
        """The instructions for a model that knows neither tools nor schemas."""
        form = json.dumps(self.form, separators=(",", ":"))
        return f"{self.system}\nAnswer with one JSON object of this JSON schema and nothing else:\n{form}\n"


class Question(Frozen):
    """What is asked for: a plan in a language, of a text whose sentences have numbers."""

    plan: Plan
    language: str
    title: str
    sentences: tuple[str, ...]
    tags: tuple[str, ...] = ()
    headings: Mapping[int, str] = {}
    """Of a whole paper: the section that begins with a sentence, by the sentence's number."""


def first(question: Question, fence: str) -> Prompt:
    """The prompt. The fence is fresh, so that no text can close it."""
    name = labels(question.language)["name"]
    instructions = _text("rules") + "".join(_field_lines(question.plan))
    listed = f"Topics: {', '.join(question.tags)}\n" if question.tags else ""
    longest = {field: most for field, (_, most) in read(question.language, "style")["lengths"].items()}
    return Prompt(
        system=instructions.format(
            name=name,
            style=(LANGUAGES / question.language / "style.txt").read_text(encoding="utf-8").strip(),
            terms=_terms(question),
            fence=fence,
            points=POINTS[question.plan],
            longest=SimpleNamespace(**longest),
        ),
        text="\n".join((f"{listed}{fence}", f"Title: {_line(question.title)}", *_numbered(question), fence)),
        form=form(question.plan),
        fence=fence,
        max_tokens=MAX_ANSWER_TOKENS[question.plan],
    )


def _field_lines(plan: Plan) -> Iterator[str]:
    """What the fields hold that the rules do not describe, and of which parts a whole text is given."""
    lines = _text("full").splitlines(keepends=True)
    if plan == "text":
        lines += _text("whole").splitlines(keepends=True)
        yield _text("parts")
    described = {line.removeprefix("- ").partition(":")[0]: line for line in lines}
    yield from (described[name] for name in fields(plan) if name not in SHORT)


def _numbered(question: Question) -> Iterator[str]:
    for place, sentence in enumerate(question.sentences, start=1):
        if place in question.headings:
            yield f"§ {_line(question.headings[place])}"
        yield f"[{place}] {_line(sentence)}"


def repair(prompt: Prompt, answer: str, problems: Sequence[str]) -> Prompt:
    """The prompt that repeats the question, with all that was wrong in the first answer."""
    listed = "\n".join(f"- {_line(problem)}" for problem in problems)
    again = _text("repair").format(fence=prompt.fence, answer=answer.replace(prompt.fence, ""), problems=listed)
    return prompt.model_copy(update={"text": prompt.text + again})


def describe(finding: Finding, language: str) -> str:
    """What is wrong with an answer, for the model that mends it: the item, the words concerned, and what to do."""
    quote = f" {finding.quote!r}:" if finding.quote else ""
    kind, _, name = finding.rule.partition(".")
    advice = read(language, "style")["rules"][name]["why"] if kind == "style" else _problems()[kind][name]
    return f"{finding.item}:{quote} {advice}"


@cache
def _problems() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((FOLDER / "problems.toml").read_text(encoding="utf-8"))


def count_tokens(text: str) -> int:
    """Tokens of a text as a tokenizer would count them, nearly: Hangul by 1.5 characters, everything else by 4."""
    hangul = len(_HANGUL.findall(text))
    return round(hangul / HANGUL_A_TOKEN + (len(text) - hangul) / CHARACTERS_A_TOKEN)


def _line(text: str) -> str:
    return " ".join(text.split())


@cache
def _text(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def _terms(question: Question) -> str:
    """The language's words for the terms that the text uses, so that every paper of a day has the same."""
    terms = read(question.language, "glossary").get("terms", {})
    text = " ".join((question.title, *question.sentences)).lower()
    used = dict.fromkeys(_term(question.language).findall(text)) if terms else {}
    named = ", ".join(f"{term}={terms[term][0]}" for term in list(used)[:MAX_TERMS])
    return f" Terms: {named}." if named else ""


@cache
def _term(language: str) -> re.Pattern[str]:
    longest_first = sorted(read(language, "glossary")["terms"], key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})s?\b")

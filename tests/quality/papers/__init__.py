"""Papers with true analyses, for the measurement: those that the project wrote, and recorded ones."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from functions.summarize.answer import Answer, StatedFact
from functions.summarize.injection import hostile
from shared.model.analysis import KeyPoint, Number, Statement
from shared.model.frozen import Frozen
from tests.factories.places import REFERENCE

FOLDER = Path(__file__).parent
WRITTEN, RECORDED = FOLDER / "written", FOLDER / "recorded"
"""The papers of the first are the project's own; those of the second are of recorded days, whose texts are not here."""
UNTUNED = "untuned"
"""The file that was written last, by hands that did not know the checker, and that the checker was not changed for."""
DAYS = REFERENCE / "data" / "huggingface"
LANGUAGES = ("ko", "en")


class Case(Frozen):
    """A paper and a true analysis of it in one language."""

    id: str
    title: str
    abstract: str
    language: str
    part: str
    """The name of its file."""
    answer: Answer

    @property
    def untuned(self) -> bool:
        """Whether it is of the part that the checker was not changed for."""
        return self.part == UNTUNED


@cache
def cases() -> tuple[Case, ...]:
    """Every analysis of every paper that the project wrote."""
    return tuple(case for paper, part in _papers(WRITTEN) for case in _cases(paper, part))


@cache
def recorded_cases() -> tuple[Case, ...]:
    """Every analysis of a recorded paper; none where the recorded days are not there."""
    rows = [row["paper"] for day in sorted(DAYS.glob("**/*.json")) for row in json.loads(day.read_bytes())]
    texts = {row["id"]: hostile.screen(row["title"], row["summary"]) for row in rows if row.get("summary")}
    return tuple(
        case
        for paper, part in _papers(RECORDED)
        for text in ([texts[paper["id"]]] if paper["id"] in texts else [])
        for case in _cases(paper | {"title": text.title, "sentences": text.sentences}, part)
    )


def _papers(folder: Path) -> Iterator[tuple[dict[str, Any], str]]:
    for path in sorted(folder.glob("*.json")):
        yield from ((paper, path.stem) for paper in json.loads(path.read_text(encoding="utf-8")))


def _cases(paper: Mapping[str, Any], part: str) -> Iterator[Case]:
    for language in (each for each in LANGUAGES if each in paper):
        yield Case(
            id=paper["id"],
            title=paper["title"],
            abstract=" ".join(paper["sentences"]),
            language=language,
            part=part,
            answer=_answer(paper[language], paper["sentences"]),
        )


def _answer(written: Mapping[str, Any], sentences: Sequence[str]) -> Answer:
    """In the files, a statement is its text and the places of its sentences (0 is first)."""

    def statement(pair: Sequence[Any]) -> Statement:
        return Statement(text=pair[0], sources=tuple(sentences[place] for place in pair[1]))

    def statements(field: str) -> tuple[Statement, ...]:
        return tuple(map(statement, written.get(field, ())))

    return Answer(
        one_line=statement(written["one_line"]),
        key_points=tuple(KeyPoint(text=each.text, sources=each.sources) for each in statements("key_points")),
        developer_view=statement(written["developer_view"]) if "developer_view" in written else None,
        practice_ideas=statements("practice_ideas"),
        risks=statements("risks"),
        detail=statement(written["detail"]) if "detail" in written else None,
        numbers=tuple(
            Number(value=value, measures=measures, source=sentences[place])
            for value, measures, place in written.get("numbers", ())
        ),
        stated=tuple(
            StatedFact(kind=kind, text=text, source=sentences[place]) for kind, text, place in written.get("stated", ())
        ),
    )

"""Papers that the project wrote for the measurement, with true analyses of them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from functions.summarize.answer import Answer, StatedFact
from shared.analysis import KeyPoint, Number, Statement
from shared.frozen import Frozen

FOLDER = Path(__file__).parent


class Case(Frozen):
    """A paper and a true analysis of it in one language."""

    id: str
    title: str
    abstract: str
    language: str
    held_out: bool
    """Written when the checker was finished."""
    untuned: bool
    """The part written last, which the checker was mended for only after its first run on it was recorded."""
    answer: Answer


@cache
def cases() -> tuple[Case, ...]:
    """Every analysis of every paper."""
    return tuple(case for path in sorted(FOLDER.glob("*.json")) for case in _cases(path))


def _cases(path: Path) -> Iterator[Case]:
    for paper in json.loads(path.read_text(encoding="utf-8")):
        for language in ("ko", "en"):
            if language in paper:
                yield Case(
                    id=paper["id"],
                    title=paper["title"],
                    abstract=" ".join(paper["sentences"]),
                    language=language,
                    held_out=paper.get("held_out", False),
                    untuned=paper.get("untuned", False),
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

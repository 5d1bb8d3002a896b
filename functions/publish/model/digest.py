"""The digest of one day in one language: the value that all its editions are rendered from, and digest.json."""

from datetime import date, datetime
from typing import Any, Literal, NamedTuple, Self

from pydantic import Field

from shared.model.analysis import Analysis, Edition, Graded, Number, Provenance, Resource, Statement
from shared.model.facts import Facts
from shared.model.frozen import Frozen
from shared.model.manifest import RefusedRow
from shared.model.span import Day
from shared.model.texts import shown

SCHEMA = "digest.v1"

Status = Literal["complete", "deadline", "empty", "not_listed", "open"]
"""open: papers are still on their way; complete: every paper is settled; deadline: the time was up; empty: a day
without papers; not_listed: a weekday whose list is still empty and will be read again."""


Reason = Literal["failed", "deadline", "pending"]
"""Why a paper has no analysis: its last attempt failed, the time was up, or it is still on its way."""


LEAD = ("one_line", "contribution")
"""The name of the line that stands before the rest of an analysis."""


class Fields(NamedTuple):
    """The fields of an analysis that an edition shows, by how they look: the code of their heading, and the value."""

    lead: list[tuple[str, Any]]
    texts: list[tuple[str, Any]]
    grades: list[tuple[str, Any]]
    numbers: list[tuple[str, Any]]
    resources: list[tuple[str, Any]]


class DigestPaper(Frozen):
    """A paper with its place in the digest (1 is first). `late` papers came after the first published read."""

    id: str
    rank: int
    title: str
    upvotes: int
    facts: Facts
    analysis: Analysis | None
    source: Literal["model", "draft", "sample", "none"]
    provenance: Provenance | None = None
    late: bool = False
    interests: tuple[str, ...] = ()
    """The reader's interests that the paper meets by its own words: it comes first."""
    interests_of_model: tuple[str, ...] = ()
    """Those that it meets only by a tag of the model: it is marked where it stands."""
    gained: int = 0
    """Votes since the read whose ranking the digest keeps."""
    listed_before: tuple[date, ...] = ()
    """Earlier days that listed the paper, oldest first."""

    @property
    def one_line(self) -> str:
        """The analysis in one sentence; empty where there is none."""
        return self.analysis.one_line.text if self.analysis else ""

    @property
    def tags(self) -> tuple[str, ...]:
        """The analysis's tags."""
        return self.analysis.tags if self.analysis else ()

    @property
    def whole(self) -> dict[str, Any]:
        """What the whole text states, by field; empty where the abstract alone was read."""
        return {name: value for name, _, value in shown(self.analysis, "whole")} if self.analysis else {}

    def fields(self, edition: Edition) -> Fields:
        """What an edition shows of the analysis, in the order of its fields. Tags and provenance stand elsewhere.

        Fields under one heading are one list, in the place of its own field, with what the authors state first.
        """
        found = Fields([], [], [], [], [])
        order = list(Analysis.model_fields)
        for name, declared, value in shown(self.analysis, edition) if self.analysis else ():
            part = (declared.label or name, value)
            match value[0] if isinstance(value, tuple) else value:
                case Statement():
                    same = [each for each in found.texts if each[0] == part[0]]
                    for each in same:
                        found.texts.remove(each)
                        part = (part[0], (*statements(value), *statements(each[1])))
                    (found.lead if name in LEAD else found.texts).append(part)
                case Graded():
                    found.grades.append(part)
                case Number():
                    found.numbers.append(part)
                case Resource():
                    found.resources.append(part)
        found.texts.sort(key=lambda part: order.index(part[0]))
        return found


def statements(value: Any) -> tuple[Statement, ...]:
    """The statements of a field of texts."""
    return value if isinstance(value, tuple) else (value,)


class Missing(Frozen):
    """A paper without the analysis that was asked for, and why: shown to the reader in the language's own words."""

    id: str
    title: str
    reason: Reason


class Theme(Frozen):
    """A tag and how many papers of the day carry it."""

    tag: str
    papers: int


class Digest(Frozen):
    """One day in one language. Papers are in reading order."""

    schema_version: str = Field(default=SCHEMA, alias="schema")
    day: date
    language: str
    status: Status
    languages: tuple[str, ...] = ()
    """The languages in which the day has a page: those to which its pages link."""
    read_at: datetime
    """When the list was last read: the votes are of then."""
    ranked_at: datetime
    """The read whose ranking the digest keeps: the one that was published first."""
    closed_at: datetime
    revision: int = 1
    listed: int
    model: str
    papers: tuple[DigestPaper, ...]
    themes: tuple[Theme, ...] = ()
    with_code: int = 0
    missing: tuple[Missing, ...] = ()
    refused_rows: tuple[RefusedRow, ...] = ()
    analysed_later: tuple[str, ...] = ()
    """Papers that were first published without a model's analysis and have one now."""
    cost_usd: float | None = 0.0
    fingerprint: str = Field(default="", alias="inputs")
    """A hash of all that the digest follows from: the same again means that there is nothing to write."""

    @property
    def span(self) -> Day:
        """What it is of."""
        return Day(self.day)

    @property
    def stamps(self) -> tuple[str, ...]:
        """What is no content: another read that changed nothing else is no new revision."""
        return (
            "read_at",
            "languages",
            "closed_at",
            "revision",
            "fingerprint",
            *(() if self.papers else ("ranked_at",)),
        )

    @property
    def updated_at(self) -> datetime:
        """When its content last changed."""
        return self.closed_at

    def revised(self, previous: Self | None, now: datetime) -> Self:
        """The digest as a revision of the one that was published before, if any."""
        return self.model_copy(update={"closed_at": now, "revision": previous.revision + 1 if previous else 1})

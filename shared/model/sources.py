"""What other sources state about a paper. Each group of facts carries its source and the time it was read."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Literal

from shared.model.frozen import Frozen

Source = str
"""The name of a source, as the parameter Sources and digest.json spell it."""
ARXIV: Source = "arxiv"
"""Asked by fetch: arXiv takes one request in three seconds over all machines, so there is one for a whole day."""
TEXT: Source = "text"
"""Asked about the papers that are planned so: Hugging Face's Markdown of the whole paper."""
Reason = Literal["down", "throttled", "slow", "unknown", "gone", "odd", "not_asked"]
"""Why facts are missing. down: no answer, or an error at the server; throttled: its limit was reached; slow: no answer
in time; unknown: it does not know the paper; gone: it was there once; odd: an answer, or an address, that cannot be
read; not_asked: the source is switched off."""

_WITHDRAWN = re.compile(r"\b(?<!not )(?:withdrawn|retracted)\b(?!\s+from\b)|\bwithdraw this\b", re.IGNORECASE)
"""A paper that was withdrawn from a conference is not withdrawn from arXiv."""


class MissingFacts(Frozen):
    """Facts that a source did not give, and why."""

    source: Source
    reason: Reason


class Sourced(Frozen):
    """Facts of one source."""

    source: Source
    read_at: datetime


class ArxivRecord(Sourced):
    """What arXiv states: the subject, and in comment and reference where the paper was published."""

    source: Literal["arxiv"] = "arxiv"
    version: int | None = None
    published_at: datetime | None = None
    """Of the first version."""
    updated_at: datetime | None = None
    """Of this version."""
    primary_category: str | None = None
    categories: tuple[str, ...] = ()
    comment: str | None = None
    journal_reference: str | None = None
    doi: str | None = None

    @property
    def withdrawn(self) -> bool:
        """Whether its comment says so: arXiv has no field for it."""
        return bool(self.comment and _WITHDRAWN.search(self.comment))


class ArxivFacts(Frozen):
    """What arXiv stated about the papers of a day, by id."""

    records: Mapping[str, ArxivRecord] = {}
    missing: Mapping[str, Reason] = {}

    def reason(self, paper_id: str) -> Reason:
        """Why there is no record of the paper."""
        return self.missing.get(paper_id, "not_asked")

    def only(self, papers: Collection[str]) -> "ArxivFacts":
        """What concerns these papers."""
        return ArxivFacts(
            records={paper: record for paper, record in self.records.items() if paper in papers},
            missing={paper: reason for paper, reason in self.missing.items() if paper in papers},
        )

    def joined(self, later: "ArxivFacts") -> "ArxivFacts":
        """Both: a paper that has a record keeps it, or gets the later one."""
        records = {**self.records, **later.records}
        missing = {**self.missing, **later.missing}
        return ArxivFacts(
            records=records, missing={paper: why for paper, why in missing.items() if paper not in records}
        )


class Repository(Sourced):
    """A repository where it is now: renames were followed."""

    source: Literal["github"] = "github"
    name: str
    """`owner/name`."""
    address: str
    stars: int | None = None
    licence: str | None = None
    """Its SPDX id, such as `MIT`; `NOASSERTION` is one that GitHub could not name; None where there is no licence."""
    pushed_at: datetime | None = None
    archived: bool = False


class Linked(Frozen):
    """How many repositories of a kind name the paper, and the first of them."""

    total: int = 0
    first: tuple[str, ...] = ()


class Hub(Sourced):
    """What on Hugging Face names the paper: models are weights, Spaces are demos."""

    source: Literal["huggingface"] = "huggingface"
    models: Linked = Linked()
    datasets: Linked = Linked()
    spaces: Linked = Linked()


class PaperText(Sourced):
    """The whole text of a paper, as Hugging Face made it from arXiv's HTML. It is stored privately under its hash."""

    source: Literal["text"] = "text"
    sha256: str
    version: int | None = None
    """The arXiv version that it was made from, where it says so."""


class Stated(Sourced):
    """Facts of a source that has no place of its own on the page: what is stated, by label."""

    facts: Mapping[str, str]
    """A label is a name in `fields` of a language's labels; one that is not there is shown as it is."""

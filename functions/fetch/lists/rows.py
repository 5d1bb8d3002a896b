"""Rows of the list, read leniently: an odd field costs itself, an odd row costs itself, nothing costs the list."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any, NamedTuple

from pydantic import AwareDatetime, NonNegativeInt, TypeAdapter
from pydantic.types import Strict

from functions.fetch.lists.fields import (
    MAX_AUTHORS,
    clean,
    read_address,
    read_author,
    read_each,
    read_full_text,
    read_id,
    read_prose,
    read_repository,
)
from shared.model.manifest import OddField, RefusedRow
from shared.model.paper import Paper
from shared.text.mending import mend, name_of

MAX_SHOWN_VALUE = 200

_MISSING = object()


class Listing(NamedTuple):
    """What the rows of a list hold: each paper once, and what could not be read."""

    papers: tuple[Paper, ...]
    refused: tuple[RefusedRow, ...]
    odd_fields: tuple[OddField, ...]


def read(rows: Iterable[Any]) -> Listing:
    """Reads all rows; a repeated id counts once, where it stands first."""
    papers: dict[str, Paper] = {}
    refused: list[RefusedRow] = []
    odd_fields: list[OddField] = []
    for index, row in enumerate(rows):
        try:
            paper, odd = _read_row(row)
        except _FieldError as error:
            name = _dig(row, "paper.id")
            known = clean(name)[:MAX_SHOWN_VALUE] if isinstance(name, str) else None
            refused.append(RefusedRow(index=index, paper=known, **error.shown()))
        else:
            if paper.id not in papers:
                papers[paper.id] = paper
                odd_fields += odd
    return Listing(tuple(papers.values()), tuple(refused), tuple(odd_fields))


class _FieldError(Exception):
    def __init__(self, field: str, value: object, reason: str) -> None:
        super().__init__(field)
        self.field, self.value, self.reason = field, value, reason

    def shown(self) -> dict[str, str]:
        return {"field": self.field, "value": _shown(self.value), "reason": self.reason}


def _read_row(row: Any) -> tuple[Paper, list[OddField]]:
    """The paper of a row, and its odd fields. Raises _FieldError where it has no usable id or title."""
    if not isinstance(row, dict) or not isinstance(row.get("paper"), dict):
        raise _FieldError("paper", row, "is not an object")
    paper_id = _required(row, "paper.id", read_id)
    title = _required(row, "paper.title", read_full_text)
    fields: dict[str, Any] = {}
    odd: list[OddField] = []
    for name, (path, reader) in _OPTIONAL.items():
        value = _dig(row, path)
        if value is _MISSING:
            continue
        try:
            fields[name] = reader(value)
        except ValueError:
            odd.append(OddField(paper=paper_id, field=path, value=_shown(value)))
    thumbnail = fields.pop("thumbnail", None) or fields.pop("old_thumbnail", None)
    fields.pop("old_thumbnail", None)
    return _mended(Paper(id=paper_id, title=title, thumbnail=thumbnail, **{"abstract": "", **fields})), odd


def _mended(paper: Paper) -> Paper:
    """The paper with the LaTeX that the list has lost."""
    title = mend(paper.title)
    name = name_of(title)
    return paper.model_copy(
        update={
            "title": title,
            "abstract": mend(paper.abstract, name),
            "summary": mend(paper.summary, name) if paper.summary else None,
            "authors": tuple(map(mend, paper.authors)),
        }
    )


def _required(row: dict[str, Any], path: str, reader: Callable[[Any], str]) -> str:
    value = _dig(row, path)
    if value is _MISSING:
        raise _FieldError(path, None, "is missing")
    try:
        return reader(value)
    except ValueError as error:
        raise _FieldError(path, value, str(error)) from error


def _dig(row: Any, path: str) -> Any:
    for name in path.split("."):
        if not isinstance(row, dict) or name not in row:
            return _MISSING
        row = row[name]
    return row


def _shown(value: object) -> str:
    return repr(value)[:MAX_SHOWN_VALUE]


_count = TypeAdapter(NonNegativeInt).validate_python
_time = TypeAdapter(AwareDatetime).validate_python
_flag = TypeAdapter(Annotated[bool, Strict()]).validate_python
_OPTIONAL: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "abstract": ("paper.summary", read_prose),
    "paraphrased": ("paper.paraphrased", _flag),
    "published_at": ("paper.publishedAt", _time),
    "withdrawn_at": ("paper.withdrawnAt", _time),
    "authors": ("paper.authors", read_each(read_author, MAX_AUTHORS)),
    "organisation": ("paper.organization.fullname", read_full_text),
    "upvotes": ("paper.upvotes", _count),
    "comments": ("numComments", _count),
    "code": ("paper.githubRepo", read_repository),
    "stars": ("paper.githubStars", _count),
    "project_page": ("paper.projectPage", read_address),
    "thumbnail": ("thumbnail", read_address),
    "old_thumbnail": ("mediaUrl", read_address),
    "media": ("paper.mediaUrls", read_each(read_address)),
    "summary": ("paper.ai_summary", read_prose),
    "keywords": ("paper.ai_keywords", read_each(read_full_text)),
}

"""Rows of the list, read leniently: an odd field costs itself, an odd row costs itself, nothing costs the list."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Annotated, Any, NamedTuple
from urllib.parse import urlsplit

from pydantic import AwareDatetime, NonNegativeInt, TypeAdapter
from pydantic.types import Strict

from shared.model.manifest import OddField, RefusedRow
from shared.model.paper import ARXIV_ID, Paper

LONGEST_SHOWN_VALUE = 200
LONGEST_TEXT = 1000
"""Characters of a title, a name or an address: the longest recorded title has some 200."""
LONGEST_ABSTRACT = 20_000
"""Characters; arXiv takes 1,920."""

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
            known = _cleaned(name)[:LONGEST_SHOWN_VALUE] if isinstance(name, str) else None
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
    paper_id = _required(row, "paper.id", _arxiv_id)
    title = _required(row, "paper.title", _full_text)
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
    return Paper(id=paper_id, title=title, thumbnail=thumbnail, **{"abstract": "", **fields}), odd


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
    return repr(value)[:LONGEST_SHOWN_VALUE]


def _cleaned(text: str) -> str:
    """Text in one line, without control characters and lone surrogates."""
    printable = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return " ".join(printable.encode("utf-8", "replace").decode().split())


def _text(value: Any, longest: int = LONGEST_TEXT) -> str:
    if not isinstance(value, str):
        raise ValueError("is not text")  # noqa: TRY004 - an odd value is one error, whatever its type
    if len(value) > longest:
        raise ValueError(f"is longer than {longest} characters")
    return _cleaned(value)


def _abstract(value: Any) -> str:
    return _text(value, LONGEST_ABSTRACT)


def _full_text(value: Any) -> str:
    text = _text(value)
    if not text:
        raise ValueError("is empty")
    return text


def _arxiv_id(value: Any) -> str:
    if not isinstance(value, str) or not ARXIV_ID.fullmatch(value):
        raise ValueError("is not an arXiv id")
    return value


def _address(value: Any) -> str:
    text = _full_text(value)
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or " " in text:
        raise ValueError("is not an http address")
    return text


def _each(reader: Callable[[Any], str]) -> Callable[[Any], tuple[str, ...]]:
    """Reads a list; elements that cannot be read are left out."""

    def read_list(value: Any) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise ValueError("is not a list")  # noqa: TRY004
        found = []
        for element in value:
            try:
                found.append(reader(element))
            except ValueError:
                continue
        return tuple(found)

    return read_list


def _author(value: Any) -> str:
    return _full_text(value.get("name") if isinstance(value, dict) else value)


_count = TypeAdapter(NonNegativeInt).validate_python
_time = TypeAdapter(AwareDatetime).validate_python
_flag = TypeAdapter(Annotated[bool, Strict()]).validate_python
_OPTIONAL: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "abstract": ("paper.summary", _abstract),
    "paraphrased": ("paper.paraphrased", _flag),
    "published_at": ("paper.publishedAt", _time),
    "withdrawn_at": ("paper.withdrawnAt", _time),
    "authors": ("paper.authors", _each(_author)),
    "organisation": ("paper.organization.fullname", _full_text),
    "upvotes": ("paper.upvotes", _count),
    "comments": ("numComments", _count),
    "code": ("paper.githubRepo", _address),
    "stars": ("paper.githubStars", _count),
    "project_page": ("paper.projectPage", _address),
    "thumbnail": ("thumbnail", _address),
    "old_thumbnail": ("mediaUrl", _address),
    "media": ("paper.mediaUrls", _each(_address)),
    "summary": ("paper.ai_summary", _full_text),
    "keywords": ("paper.ai_keywords", _each(_full_text)),
}

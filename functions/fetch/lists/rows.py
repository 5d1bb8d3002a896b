"""Rows of the list, read leniently: an odd field costs itself, an odd row costs itself, nothing costs the list."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Annotated, Any, NamedTuple
from urllib.parse import urlsplit

from pydantic import AwareDatetime, NonNegativeInt, TypeAdapter
from pydantic.types import Strict

from shared.model.manifest import OddField, RefusedRow
from shared.model.paper import ARXIV_ID, Paper
from shared.text.mending import mend, name_of

MAX_SHOWN_VALUE = 200
MAX_TEXT = 1000
"""Characters of a title, a name or an address: the longest recorded title has some 200."""
MAX_PROSE = 4000
"""Characters of an abstract, of which arXiv takes 1,920, or of Hugging Face's sentence."""
MAX_NAME = 200
MAX_AUTHORS = 500
MAX_LISTED = 50
"""Keywords, pictures and videos of a paper: the recorded lists name up to seven."""

MAX_READ_PROSE = 20_000
"""Characters; what is longer is no abstract and is left out, what is longer than MAX_PROSE is cut."""

_MISSING = object()
_LINE_BREAK = re.compile(r"\s*[\x00-\x1f\x7f-\x9f]\s*(?!https?://)")
_ANOTHER_ADDRESS = re.compile(r"[\s,;|&]+(?:and\s+)?(?=https?://)|(?<=.)(?=https?://)")


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
            known = _cleaned(name)[:MAX_SHOWN_VALUE] if isinstance(name, str) else None
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


def _cleaned(text: str) -> str:
    """Text in one line, without control characters and lone surrogates."""
    printable = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return " ".join(printable.encode("utf-8", "replace").decode().split())


def _text(value: Any, max_chars: int = MAX_TEXT) -> str:
    if not isinstance(value, str):
        raise ValueError("is not text")  # noqa: TRY004 - an odd value is one error, whatever its type
    if len(value) > max_chars:
        raise ValueError(f"is longer than {max_chars} characters")
    return _cleaned(value)


def _prose(value: Any) -> str:
    """What is too long is cut after a word."""
    text = _text(value, MAX_READ_PROSE)
    return text if len(text) <= MAX_PROSE else text[: MAX_PROSE + 1].rpartition(" ")[0] or text[:MAX_PROSE]


def _full_text(value: Any, max_chars: int = MAX_TEXT) -> str:
    text = _text(value, max_chars)
    if not text:
        raise ValueError("is empty")
    return text


def _arxiv_id(value: Any) -> str:
    if not isinstance(value, str) or not ARXIV_ID.fullmatch(value):
        raise ValueError("is not an arXiv id")
    return value


def _address(value: Any) -> str:
    """An address, without the punctuation of the sentence that it ended."""
    text = _full_text(value).rstrip(".,;")
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or " " in text:
        raise ValueError("is not an http address")
    return text


def _repository(value: Any) -> str:
    """The first address: authors break long ones at a slash, and name two in one field."""
    if not isinstance(value, str):
        raise ValueError("is not an address")  # noqa: TRY004
    return _address(_ANOTHER_ADDRESS.split(_LINE_BREAK.sub("", value.strip()), maxsplit=1)[0])


def _each(reader: Callable[[Any], str], most: int = MAX_LISTED) -> Callable[[Any], tuple[str, ...]]:
    """Reads the first `most` of a list; elements that cannot be read are left out."""

    def read_list(value: Any) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise ValueError("is not a list")  # noqa: TRY004
        found: list[str] = []
        for element in value[:most]:
            with suppress(ValueError):
                found.append(reader(element))
        return tuple(found)

    return read_list


def _author(value: Any) -> str:
    return _full_text(value.get("name") if isinstance(value, dict) else value, MAX_NAME)


_count = TypeAdapter(NonNegativeInt).validate_python
_time = TypeAdapter(AwareDatetime).validate_python
_flag = TypeAdapter(Annotated[bool, Strict()]).validate_python
_OPTIONAL: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "abstract": ("paper.summary", _prose),
    "paraphrased": ("paper.paraphrased", _flag),
    "published_at": ("paper.publishedAt", _time),
    "withdrawn_at": ("paper.withdrawnAt", _time),
    "authors": ("paper.authors", _each(_author, MAX_AUTHORS)),
    "organisation": ("paper.organization.fullname", _full_text),
    "upvotes": ("paper.upvotes", _count),
    "comments": ("numComments", _count),
    "code": ("paper.githubRepo", _repository),
    "stars": ("paper.githubStars", _count),
    "project_page": ("paper.projectPage", _address),
    "thumbnail": ("thumbnail", _address),
    "old_thumbnail": ("mediaUrl", _address),
    "media": ("paper.mediaUrls", _each(_address)),
    "summary": ("paper.ai_summary", _prose),
    "keywords": ("paper.ai_keywords", _each(_full_text)),
}

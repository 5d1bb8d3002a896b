"""arXiv: what it states about the papers of a day, with one request.

`GET /api/query?id_list=a,b&max_results=N` answers 200 with an Atom feed in which unknown ids are missing, 400 for the
whole list where one id is malformed. At most one request per 3 seconds and one connection, over all machines: so fetch
asks, once in a run, for the papers of all days that it reads. https://info.arxiv.org/help/api/tou.html
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

import httpx
from pydantic import AwareDatetime, TypeAdapter

from shared.model.manifest import Manifest
from shared.model.paper import ARXIV_ID, without_version
from shared.model.sources import ArxivFacts, ArxivRecord, Reason
from shared.store import web

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LIMITS = web.Limits(seconds=15.0, max_bytes=8_000_000)
"""fetch has 120 s and asks once: a slow arXiv costs the run no more. A record is 3 KB."""
MAX_TEXT_CHARS = 500
"""Characters of a comment or a reference; arXiv takes longer ones, and readers do not."""

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_PAGE = re.compile(r"/abs/(?P<id>.+?)(?:v(?P<version>\d{1,4}))?$", re.ASCII)
_DOI = re.compile(r"10\.\d{4,9}/\S+", re.ASCII)
_time = TypeAdapter(AwareDatetime).validate_python


class OddAnswerError(ValueError):
    """An answer that is not an Atom feed, or one that a hardened parser refuses."""


class ArxivAnswer(NamedTuple):
    """What arXiv answered, verbatim where it did, and what it means."""

    verbatim: bytes | None
    facts: ArxivFacts


def asked_before(earlier: Iterable[Manifest]) -> ArxivFacts:
    """The answers that earlier reads of a day got."""
    facts = ArxivFacts()
    for manifest in sorted(earlier, key=lambda manifest: manifest.read_at):
        facts = facts.joined(manifest.arxiv)
    return facts


def new_papers(papers: Iterable[str], earlier: Iterable[Manifest]) -> list[str]:
    """The papers without a record. Where arXiv's index lags, its answer lacks papers that exist: asked again."""
    known = asked_before(earlier).records
    return [paper for paper in papers if paper not in known]


def ask(client: httpx.Client, url: str, papers: Iterable[str], now: datetime) -> ArxivAnswer:
    """What arXiv states about these papers. Never raises: what goes wrong is the reason why facts are missing."""
    wanted = [paper for paper in dict.fromkeys(papers) if ARXIV_ID.fullmatch(paper)]
    if not wanted:
        return ArxivAnswer(None, ArxivFacts())
    try:
        answer = _get(client, url, wanted)
    except web.NoAnswerError as error:
        return ArxivAnswer(None, _none(wanted, error.reason))
    except Exception:  # noqa: BLE001 - whatever it is, it must not cost the day
        return ArxivAnswer(None, _none(wanted, "odd"))
    if answer.status != 200:
        return ArxivAnswer(answer.body, _none(wanted, _refused(answer.status)))
    try:
        records = read(answer.body, now)
    except Exception:  # noqa: BLE001 - the same
        return ArxivAnswer(answer.body, _none(wanted, "odd"))
    found = {paper: records[without_version(paper)] for paper in wanted if without_version(paper) in records}
    missing = _none([paper for paper in wanted if paper not in found], "unknown")
    return ArxivAnswer(answer.body, missing.model_copy(update={"records": found}))


def _get(client: httpx.Client, url: str, wanted: Sequence[str]) -> web.Answer:
    question = urlencode({"id_list": ",".join(wanted), "max_results": len(wanted)}, safe=",/")
    address = f"{url.rstrip('/')}/api/query?{question}"
    return web.get(client, address, LIMITS, {"Accept": "application/atom+xml"})


def read(feed: bytes, now: datetime) -> dict[str, ArxivRecord]:
    """The records of an answer by id without version; an odd field costs itself. Raises OddAnswerError."""
    from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415 - most runs need it not

    try:
        root = fromstring(feed, forbid_dtd=True)
    except (ParseError, ValueError) as error:  # ValueError: entities and document types, which no feed of arXiv has
        raise OddAnswerError(f"not a feed: {error!r}") from error
    if root.tag != f"{_ATOM}feed":
        raise OddAnswerError(f"not a feed: {root.tag!r}")
    entries = ((_PAGE.search(_text(entry, f"{_ATOM}id") or ""), entry) for entry in root.iter(f"{_ATOM}entry"))
    return {page["id"]: _record(page["version"], entry, now) for page, entry in entries if page}


def _record(version: str | None, entry: "Element", now: datetime) -> ArxivRecord:
    doi = _text(entry, f"{_ARXIV}doi") or ""
    primary = entry.find(f"{_ARXIV}primary_category")
    return ArxivRecord(
        read_at=now,
        version=int(version) if version else None,
        published_at=_moment(entry, f"{_ATOM}published"),
        updated_at=_moment(entry, f"{_ATOM}updated"),
        primary_category=primary.get("term") if primary is not None else None,
        categories=tuple(term for each in entry.iter(f"{_ATOM}category") if (term := each.get("term"))),
        comment=_text(entry, f"{_ARXIV}comment"),
        journal_reference=_text(entry, f"{_ARXIV}journal_ref"),
        doi=doi if _DOI.fullmatch(doi) else None,
    )


def _text(entry: "Element", tag: str) -> str | None:
    """An element's text in one line; None where it has none."""
    return " ".join((entry.findtext(tag) or "").split())[:MAX_TEXT_CHARS] or None


def _moment(entry: "Element", tag: str) -> datetime | None:
    try:
        return _time(_text(entry, tag))
    except ValueError:
        return None


def _refused(status: int) -> Reason:
    return "throttled" if status == 429 else "down" if status >= 500 else "odd"


def _none(papers: Iterable[str], reason: Reason) -> ArxivFacts:
    return ArxivFacts(missing=dict.fromkeys(papers, reason))

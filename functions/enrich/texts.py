"""Asks Hugging Face for the whole text of a paper.

`GET /papers/{id}.md` answers the paper as Markdown, 404 with a page as long as a paper for one that it does not know,
and its own page of the paper for one that arXiv has no HTML of. Pages allow 100 requests in 5 minutes and address, 200
with a token.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from threading import Event, Lock
from time import monotonic
from typing import NamedTuple
from urllib.parse import quote

import httpx

from functions.enrich.sources.answers import AnyAnswer
from functions.enrich.sources.api import Api, NoFactsError
from shared.model.sources import PaperText, Reason
from shared.store import keys, web
from shared.store.bucket import Bucket
from shared.text.paper.blocks import HEAD, body_of
from shared.text.paper.sections import Section, read_sections

LIMITS = web.Limits(seconds=10.0, max_bytes=2_000_000)
"""A text: the longest that was seen has 180 KB."""
SECONDS_APART = 3.0
"""Between two questions: fetch spaces the messages, this the papers of a batch and of a local run."""
MAX_PAUSE_SECONDS = 120
"""Until the one more try: the deadline is computed from it."""
VARIABLE, URL = "HF_URL", "https://huggingface.co"
HEADERS = {"Accept": "text/markdown"}
MARKDOWN = "text/markdown; charset=utf-8"
PASSING: frozenset[Reason] = frozenset({"down", "throttled", "slow"})
"""Reasons that may be over at the next attempt."""

TextStore = Callable[[str, str, bytes], None]
"""Stores a paper's text under its hash."""
MIN_CHARS = 5_000
"""Of the text without its head."""
MIN_SECTIONS = 3
FIRST_SECTIONS = re.compile(r"introduction|background|overview", re.IGNORECASE)

_SOURCE = re.compile(r"^URL Source: *https?://arxiv\.org/html/(\S+?)(v\d+)?/? *$", re.MULTILINE)
_VERSION = re.compile(
    r"arxiv\.org/html/(?P<linked>[\w./-]{5,30}?)v(?P<version>\d{1,2})\b"
    r"|^\s?arXiv:(?P<stamped>[\w./-]{5,30}?)v(?P<of>\d{1,2}) +\[",
    re.MULTILINE,
)
_REFERENCES = re.compile(r"^\W{0,9}(?:References|Bibliography)\b", re.MULTILINE | re.IGNORECASE)
_ENDED = re.compile(r"[.!?)\]}\"'”’:;|>*`\d]\W{0,5}\Z")


class Asked(NamedTuple):
    """What came of asking for a text."""

    answer: AnyAnswer
    again_in: int | None = None
    """Seconds after which one more try may help; None where none would."""


class TextSource:
    """Where whole texts are asked for, one at a time, and where they are stored."""

    def __init__(self, api: Api, store: TextStore, seconds_apart: float = SECONDS_APART) -> None:
        self._api, self._store, self._seconds_apart = api, store, seconds_apart
        self._lock, self._next_at = Lock(), monotonic()

    def ask(self, paper_id: str, kept: AnyAnswer | None, overdue: float, now: datetime) -> Asked:
        """Waits for its turn, and asks, if that is over by `overdue` (monotonic). Else it comes back once."""
        path = f"/papers/{quote(paper_id)}.md"
        if kept and kept.holds(path, now):
            return Asked(kept)
        with self._lock:
            starts_at = max(self._next_at, monotonic())
            if starts_at + LIMITS.seconds > overdue:
                return Asked(AnyAnswer(asked=path, read_at=now, reason="slow"), 0)
            Event().wait(starts_at - monotonic())
            self._next_at = starts_at + self._seconds_apart
            return _ask(self._api, self._store, paper_id, kept if kept and kept.asked == path else None, now)


def source(client: httpx.Client, address: str, token: Callable[[], str], bucket: Bucket) -> TextSource:
    """Hugging Face at an address. Its texts are stored in the bucket."""
    api = Api(client, address, token, HEADERS, LIMITS)
    return TextSource(api, lambda paper, sha256, body: bucket.put(keys.text(paper, sha256), body, MARKDOWN))


def _ask(api: Api, store: TextStore, paper_id: str, known: AnyAnswer | None, now: datetime) -> Asked:
    """One question, conditional where a text is known."""
    path = f"/papers/{quote(paper_id)}.md"
    facts = known.facts if known and isinstance(known.facts, PaperText) else None
    try:
        answer = api.get(path, known.etag if known and facts else "", now)
        if answer.status == 304 and facts:
            facts = facts.model_copy(update={"read_at": now})
            return Asked(AnyAnswer(asked=path, read_at=now, etag=known.etag if known else "", facts=facts))
        facts = _read(answer, paper_id, now)
    except NoFactsError as error:
        pause = min(api.pause(now), MAX_PAUSE_SECONDS) if error.reason in PASSING else None
        return Asked(AnyAnswer(asked=path, read_at=now, reason=error.reason), pause)
    store(paper_id, facts.sha256, answer.body)
    return Asked(AnyAnswer(asked=path, read_at=now, etag=answer.headers.get("etag", ""), facts=facts))


def _read(answer: web.Answer, paper_id: str, now: datetime) -> PaperText:
    """What the answer is. Raises NoFactsError: a status that nobody foresaw counts as throttled."""
    if answer.status in (404, 410, 451):
        raise NoFactsError("unknown" if answer.status == 404 else "gone", f"HTTP {answer.status}")
    if answer.status != 200:
        raise NoFactsError("down" if answer.status >= 500 else "throttled", f"HTTP {answer.status}")
    markdown = answer.body.decode("utf-8", errors="replace")
    if not is_whole_text(markdown, paper_id):
        raise NoFactsError("odd", f"not the whole text of {paper_id}: {markdown[:100]!r}")
    sha256 = hashlib.sha256(answer.body).hexdigest()
    return PaperText(read_at=now, sha256=sha256, version=version_of(markdown, paper_id))


def is_whole_text(markdown: str, paper_id: str) -> bool:
    """Whether it is made from this paper's HTML at arXiv, with an introduction and further sections, to its end."""
    head = markdown.partition(HEAD)[0]
    source = _SOURCE.search(head) if HEAD in markdown else None
    body = body_of(markdown)
    if not source or source[1] != paper_id or len(body) < MIN_CHARS:
        return False
    sections = read_sections(markdown)
    has_first = any(FIRST_SECTIONS.search(section.heading) for section in sections)
    return has_first and len(_main(sections)) >= MIN_SECTIONS and not _is_cut(body, sections)


def version_of(markdown: str, paper_id: str) -> int | None:
    """The arXiv version that the text was made from, by the addresses of its pictures or by arXiv's stamp."""
    for found in _VERSION.finditer(markdown):
        if paper_id in (found["linked"], found["stamped"]):
            return int(found["version"] or found["of"])
    return None


def _main(sections: tuple[Section, ...]) -> list[Section]:
    """The sections that are part of no other."""
    level = min((section.level for section in sections if section.kind == "introduction"), default=2)
    return [section for section in sections if section.level <= level and section.kind != "abstract"]


def _is_cut(body: str, sections: tuple[Section, ...]) -> bool:
    """Whether a text without conclusion and references breaks off within a sentence."""
    has_end = bool(_REFERENCES.search(body)) or any(section.kind == "conclusion" for section in sections)
    return not has_end and not _ENDED.search(body.rstrip())

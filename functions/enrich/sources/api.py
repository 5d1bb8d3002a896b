"""A source's interface over HTTP, asked politely: conditionally, within limits, and not while it throttles."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import httpx

from shared.model.sources import Reason
from shared.store import web

LIMITS = web.Limits(seconds=10.0, max_bytes=1_000_000)
"""For each request. All papers of a batch are asked for at once: what a source that hangs costs is once this."""
MAX_REDIRECTS = 2
"""A repository that was renamed twice."""
REDIRECTS = frozenset({301, 302, 307, 308})
PAUSE_SECONDS = 60
"""How long a source that throttles without saying for how long is left alone, as GitHub asks for."""
MAX_PAUSE_SECONDS = 3600
"""GitHub's limit resets every hour."""

THROTTLED = (b"rate limit", b"abuse detection")
BLOCKED = (b"access blocked", b"unavailable due to")
"""Of a repository that GitHub has taken down: https://docs.github.com/en/site-policy/content-removal-policies."""

_RATE_LIMIT = re.compile(r"\bt=(\d+)")
"""Seconds to the next window: https://huggingface.co/docs/hub/rate-limits."""


class NoFactsError(RuntimeError):
    """The source gave no facts, for this reason."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason: Reason = reason


class Document(NamedTuple):
    """A JSON object and its ETag; no object where it is still the one of the ETag that was sent."""

    body: Mapping[str, Any] | None
    etag: str


class Api:
    """One source at one address. Follows redirects within its host only; remembers until when it throttles."""

    def __init__(
        self,
        client: httpx.Client,
        url: str,
        token: Callable[[], str] | None = None,
        headers: Mapping[str, str] | None = None,
        limits: web.Limits = LIMITS,
    ) -> None:
        self._client, self._url, self._token, self._headers = client, url.rstrip("/"), token, dict(headers or {})
        self._limits = limits
        self._closed_until: datetime | None = None

    def get_document(self, path: str, etag: str, now: datetime) -> Document:
        """The JSON object at a path. Raises NoFactsError."""
        return _document(self.get(path, etag, now), etag)

    def pause(self, now: datetime) -> int:
        """Seconds until the source may be asked again: 0 where it does not throttle."""
        return max(0, ceil((self._closed_until - now).total_seconds())) if self._closed_until else 0

    def get(self, path: str, etag: str, now: datetime) -> web.Answer:
        """The answer at a path, whatever it is, where its redirects lead. Raises NoFactsError where there is none."""
        address = f"{self._url}{path}"
        for _ in range(1 + MAX_REDIRECTS):
            if self._closed_until and now < self._closed_until:
                raise NoFactsError("throttled", f"{address}: not before {self._closed_until}")
            answer = self._ask(address, etag)
            self._note_limit(answer, now)
            if answer.status not in REDIRECTS:
                return answer
            address = self._target(address, answer.headers.get("location", ""))
        raise NoFactsError("odd", f"{path}: too many redirects")

    def _ask(self, address: str, etag: str) -> web.Answer:
        token = self._token() if self._token else ""
        headers = {
            **self._headers,
            **({"Authorization": f"Bearer {token}"} if token else {}),
            **({"If-None-Match": etag} if etag else {}),
        }
        try:
            return web.get(self._client, address, self._limits, headers)
        except web.NoAnswerError as error:
            raise NoFactsError(error.reason, str(error)) from error

    def _note_limit(self, answer: web.Answer, now: datetime) -> None:
        spent = answer.headers.get("x-ratelimit-remaining") == "0"
        if answer.status == 429 or spent or _says_throttled(answer):
            self._closed_until = now + timedelta(seconds=min(_pause(answer.headers, now), MAX_PAUSE_SECONDS))

    def _target(self, address: str, location: str) -> str:
        """Where a redirect leads, if that is the same host: another one must not see the token."""
        try:
            target = urljoin(address, location)
            same = urlsplit(target)[:2] == urlsplit(self._url)[:2]
        except ValueError:
            target, same = "", False
        if not location or not same:
            raise NoFactsError("odd", f"{address}: leads away, to {location!r}")
        return target


def _says_throttled(answer: web.Answer) -> bool:
    body = answer.body.lower()
    return answer.status == 403 and ("retry-after" in answer.headers or any(words in body for words in THROTTLED))


def _pause(headers: Mapping[str, str], now: datetime) -> int:
    """Seconds until the source answers again, as it says so itself."""
    if (asked := web.retry_after(headers)) is not None:
        return ceil(asked)
    if headers.get("x-ratelimit-reset", "").isdecimal():
        return max(0, int(headers["x-ratelimit-reset"]) - int(now.astimezone(UTC).timestamp()))
    limit = _RATE_LIMIT.search(headers.get("ratelimit", ""))
    return int(limit[1]) if limit else PAUSE_SECONDS


def _document(answer: web.Answer, etag: str) -> Document:
    if answer.status == 304 and etag:
        return Document(None, etag)
    if answer.status != 200:
        raise NoFactsError(_refused(answer), f"HTTP {answer.status}: {answer.body[:200]!r}")
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise NoFactsError("odd", f"not JSON: {answer.body[:100]!r}") from error
    if not isinstance(body, dict):
        raise NoFactsError("odd", f"not an object: {answer.body[:100]!r}")
    return Document(body, answer.headers.get("etag", ""))


def _refused(answer: web.Answer) -> Reason:
    spent = answer.status == 403 and answer.headers.get("x-ratelimit-remaining") == "0"
    if answer.status == 429 or spent or _says_throttled(answer):
        return "throttled"
    if answer.status == 403 and any(words in answer.body.lower() for words in BLOCKED):
        return "gone"
    reasons: Mapping[int, Reason] = {404: "unknown", 408: "slow", 410: "gone", 451: "gone"}
    return reasons.get(answer.status, "down" if answer.status >= 500 else "odd")

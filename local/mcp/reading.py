"""Reads the files of a published site, from a folder or over HTTP, within limits."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import httpx

from local.arguments import UsageError
from shared.store import web

MAX_BYTES = 8_000_000
"""Of a file: the data of 100 papers with whole texts have 2 million."""
MAX_SECONDS = 30.0
"""For all files of one question: a search reads some 40."""
FILE_SECONDS = 8.0
ABSENT = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
"""A bucket that may not be listed answers 403 for a file that is not there."""

Read = Callable[[str], bytes | None]
"""The file at an address of the site; None where there is none. Raises AnswerError."""


class AnswerError(RuntimeError):
    """A question has no answer. The message says what is wrong and what to do."""


class Source(NamedTuple):
    """A published site."""

    name: str
    """Its address, or its folder."""
    open: Callable[[], Read]
    """What reads it for one question."""


def open_folder(folder: Path) -> Source:
    """The site of an archive's folder, or a folder that is the site. Raises UsageError where it is no folder."""
    if not folder.is_dir():
        raise UsageError(f"--out: there is no folder {str(folder)!r}. `daily-papers digest` makes one.")
    site = folder / "site" if (folder / "site").is_dir() else folder
    return Source(str(site), lambda: partial(_read_file, site.resolve()))


def open_site(address: str) -> Source:
    """The site at an address. Raises UsageError where that is none."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise UsageError(f"--site: {address!r}: {error}") from error
    if url.scheme not in ("https", "http") or not url.host or url.userinfo or url.query or url.fragment:
        raise UsageError(f"--site: {address!r} is not an address such as https://papers.example.org")
    base = address.removesuffix("/index.html").rstrip("/")
    return Source(base, lambda: partial(_read_answer, base, monotonic() + MAX_SECONDS))


def _read_file(site: Path, address: str) -> bytes | None:
    try:
        file = (site / address).resolve()
        if not file.is_relative_to(site) or not file.is_file():
            return None
        if file.stat().st_size > MAX_BYTES:
            raise AnswerError(f"{address} has more than {MAX_BYTES:,} bytes and is not read.")
        return file.read_bytes()
    except OSError as error:
        raise AnswerError(
            f"{address} cannot be read: {error.strerror}. The operator of the server can mend it."
        ) from error


def _read_answer(base: str, overdue: float, address: str) -> bytes | None:
    limits = web.Limits(seconds=min(FILE_SECONDS, max(overdue - monotonic(), 0.0)), max_bytes=MAX_BYTES)
    try:
        answer = web.get(web.client(), f"{base}/{address}", limits)
    except web.NoAnswerError as error:
        raise AnswerError(f"{base} gave no answer ({error.reason}). Ask again in a minute.") from error
    if answer.status == HTTPStatus.OK:
        return answer.body
    if answer.status in ABSENT:
        return None
    if httpx.codes.is_redirect(answer.status):
        raise AnswerError(
            f"{base} leads elsewhere, which is not followed. Start the server with the address it leads to."
        )
    raise AnswerError(f"{base} answered with status {answer.status}. Ask again in a minute.")

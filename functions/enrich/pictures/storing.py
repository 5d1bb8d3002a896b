"""Stores the pictures of a paper, each once under the hash of its content, for the site to show.

Videos are linked and not fetched. arXiv's figures are not shown: only some licences allow it, and arXiv's answer does
not say which one a paper has.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as OverdueError
from functools import partial
from threading import BoundedSemaphore, Lock, Thread
from time import monotonic
from typing import NamedTuple

import httpx

from functions.enrich.pictures.download import NoPictureError, download
from functions.enrich.pictures.encoding import BrokenPictureError, Encoded, encode
from shared.model.facts import NARROW, WIDE, Picture
from shared.model.frozen import Frozen
from shared.model.sources import Reason
from shared.store import keys
from shared.store.bucket import Bucket

MAX_PICTURES = 8
"""Of a paper; the recorded lists name up to seven."""
MAX_SECONDS = 20.0
"""For all pictures of a paper: a server that sends a byte at a time is abandoned."""
AT_ONCE = 8
"""Pictures in work in this process, whatever the number of papers: up to 64 MB before they are decoded."""
CONTENT_TYPE = "image/webp"
CACHE_CONTROL = "public, max-age=31536000, immutable"
"""The name holds the content's hash."""
HASH_DIGITS = 16

_SLOTS = BoundedSemaphore(AT_ONCE)
_DECODER = Lock()
"""One picture is decoded at a time, so that memory is bounded by the largest."""


class MissingPicture(Frozen):
    """A picture that the site cannot show, and why; `detail` is for the log."""

    address: str
    reason: Reason
    detail: str


class StoredPictures(NamedTuple):
    """A paper's pictures, with their path and size where they are stored, and those that are missing."""

    pictures: tuple[Picture, ...]
    missing: tuple[MissingPicture, ...] = ()


def with_stored(paper_id: str, pictures: tuple[Picture, ...], bucket: Bucket) -> tuple[Picture, ...]:
    """The pictures with those that were put on the site by their place, `1-640.webp`; nothing is fetched."""
    return _placed(paper_id, pictures, bucket.list(_prefix(paper_id)))


def store_pictures(paper_id: str, pictures: tuple[Picture, ...], web: httpx.Client, bucket: Bucket) -> StoredPictures:
    """Fetches and stores what is not there yet, by `download.client()`. What cannot be fetched costs itself alone."""
    there = bucket.list(_prefix(paper_id))
    fetched = _fetch_all([picture.address for picture in pictures if picture.address], web)
    shown: list[Picture] = []
    missing: dict[str, MissingPicture] = {}
    for picture in _placed(paper_id, pictures, there):
        outcome = fetched.get(picture.address or "")
        if isinstance(outcome, Encoded):
            shown.append(_store(paper_id, picture, outcome, there, bucket))
            continue
        shown.append(picture)
        if outcome and not picture.path:
            missing[outcome.address] = outcome
    return StoredPictures(tuple(shown), tuple(missing.values()))


def _prefix(paper_id: str) -> str:
    return f"{keys.SITE}{keys.pictures(paper_id)}"


def _placed(paper_id: str, pictures: tuple[Picture, ...], there: Iterable[str]) -> tuple[Picture, ...]:
    held = set(there)

    def placed(place: int, picture: Picture) -> Picture:
        for width in (WIDE, NARROW):
            path = keys.picture(paper_id, str(place), width)
            if keys.SITE + path in held:
                return picture.model_copy(update={"path": path})
        return picture

    return tuple(placed(place, picture) for place, picture in enumerate(pictures, start=1))


def _store(paper_id: str, picture: Picture, encoded: Encoded, there: Mapping[str, str], bucket: Bucket) -> Picture:
    widest = max(encoded.files)
    name = hashlib.sha256(encoded.files[widest]).hexdigest()[:HASH_DIGITS]
    for width, file in encoded.files.items():
        key = keys.SITE + keys.picture(paper_id, name, width)
        if key not in there:
            bucket.put(key, file, CONTENT_TYPE, CACHE_CONTROL)
    path = keys.picture(paper_id, name, widest)
    return picture.model_copy(update={"path": path, "width": encoded.width, "height": encoded.height})


def _fetch_all(addresses: list[str], web: httpx.Client) -> dict[str, Encoded | MissingPicture]:
    """What came of each address, all asked at once, each once."""
    overdue = monotonic() + MAX_SECONDS
    each = list(dict.fromkeys(addresses))
    begun = {address: _start(partial(_fetch, web, address, overdue)) for address in each[:MAX_PICTURES]}
    too_many = f"the paper has more than {MAX_PICTURES} pictures"
    return {
        **{address: _outcome(address, future, overdue) for address, future in begun.items()},
        **{address: _missing(address, "odd", too_many) for address in each[MAX_PICTURES:]},
    }


def _start(work: Callable[[], Encoded]) -> "Future[Encoded]":
    """The work in a thread of its own, which does not keep the process from ending."""
    future: Future[Encoded] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - it is raised where the result is asked for
            future.set_exception(error)

    Thread(target=run, name="picture", daemon=True).start()
    return future


def _fetch(web: httpx.Client, address: str, overdue: float) -> Encoded:
    slots = _SLOTS
    if not slots.acquire(timeout=max(0.0, overdue - monotonic())):
        raise OverdueError
    try:
        body = download(web, address)
        with _DECODER:
            return encode(body)
    finally:
        slots.release()


def _outcome(address: str, future: "Future[Encoded]", overdue: float) -> Encoded | MissingPicture:
    try:
        return future.result(timeout=max(0.0, overdue - monotonic()))
    except NoPictureError as error:
        return _missing(address, error.reason, str(error))
    except BrokenPictureError as error:
        return _missing(address, "odd", f"{address}: {error}")
    except OverdueError:
        return _missing(address, "slow", f"{address}: not done after {MAX_SECONDS} seconds")
    except Exception as error:  # noqa: BLE001 - a picture must not cost the paper, whatever it is
        return _missing(address, "odd", f"{address}: {type(error).__name__}: {error}")


def _missing(address: str, reason: Reason, detail: str) -> MissingPicture:
    return MissingPicture(address=address, reason=reason, detail=detail)

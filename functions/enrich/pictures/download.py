"""One picture's bytes, within limits."""

from functools import cache
from time import monotonic

import httpx

from functions.enrich.pictures import addresses
from shared.model.sources import Reason
from shared.store import web
from shared.store.deadline import bounded, tls

SECONDS = 10.0
"""From the first question to the last byte, redirects included."""
MAX_BYTES = 8 * 1024**2
"""Screenshots and photographs are smaller; what is larger is a film, or is meant to do harm."""
MAX_REDIRECTS = 3
HEADERS = {"Accept": "image/webp,image/png,image/jpeg,image/gif", "Accept-Encoding": "identity"}
"""Not compressed on the way: a picture already is, and a little that unpacks to a lot is a trap."""
REASONS: dict[int, Reason] = {404: "gone", 410: "gone", 429: "throttled"}


class NoPictureError(RuntimeError):
    """There is no picture to be had, and why."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason: Reason = reason


@cache
def client() -> httpx.Client:
    """The client that pictures are fetched with.

    No connection is kept: it is to an address, and another host at that address must not be asked over it.
    """
    connections = bounded(httpx.HTTPTransport(verify=tls(), limits=httpx.Limits(max_keepalive_connections=0)))
    return httpx.Client(
        transport=addresses.PublicTransport(connections), headers={"User-Agent": web.USER_AGENT}, follow_redirects=False
    )


def download(client: httpx.Client, address: str) -> bytes:
    """What is at the address, or where it leads; every step is checked. Raises NoPictureError."""
    overdue = monotonic() + SECONDS
    asked = address
    for _ in range(1 + MAX_REDIRECTS):
        answer = _get(client, asked, overdue - monotonic())
        if answer.status == 200:
            return answer.body
        location = answer.headers.get("location", "")
        if answer.status not in (301, 302, 303, 307, 308) or not location:
            raise NoPictureError(_reason(answer.status), f"{asked}: HTTP {answer.status}")
        asked = _joined(asked, location)
    raise NoPictureError("odd", f"{address}: more than {MAX_REDIRECTS} redirects")


def _get(client: httpx.Client, address: str, seconds: float) -> web.Answer:
    if seconds <= 0:
        raise NoPictureError("slow", f"{address}: more than {SECONDS} seconds")
    try:
        return web.get(client, addresses.checked(address), web.Limits(seconds, MAX_BYTES), HEADERS)
    except addresses.RefusedAddressError as error:
        raise NoPictureError("odd", str(error)) from error
    except web.NoAnswerError as error:
        raise NoPictureError(error.reason, str(error)) from error


def _joined(address: str, location: str) -> str:
    try:
        return str(httpx.URL(address).join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise NoPictureError("odd", f"{address}: leads to {location!r}, which is no address: {error}") from error


def _reason(status: int) -> Reason:
    return REASONS.get(status, "down" if status >= 500 else "odd")

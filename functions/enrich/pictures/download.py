"""One picture's bytes, within limits: from known hosts, over https, at addresses of the public internet."""

import ipaddress
import socket
from collections.abc import Callable
from functools import cache
from time import monotonic

import httpx

from shared.model.sources import Reason
from shared.store import web
from shared.store.deadline import bounded, tls

HOSTS = frozenset({"cdn-thumbnails.huggingface.co", "cdn-uploads.huggingface.co"})
"""Where Hugging Face keeps what the list names: of 608 recorded addresses of pictures and videos none is elsewhere."""
PORT = 443
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
"""All of IPv6 that machines of the internet have; IPv4 in the form of IPv6 is outside it, or a tunnel."""
SECONDS = 10.0
"""From the first question to the last byte, redirects included."""
MAX_BYTES = 8 * 1024**2
"""Screenshots and photographs are smaller; what is larger is a film, or is meant to do harm."""
MAX_REDIRECTS = 3
HEADERS = {"Accept": "image/webp,image/png,image/jpeg,image/gif", "Accept-Encoding": "identity"}
"""Not compressed on the way: a picture already is, and a little that unpacks to a lot is a trap."""
REASONS: dict[int, Reason] = {404: "gone", 410: "gone", 429: "throttled"}


class RefusedAddressError(ValueError):
    """An address, of the web or of the network, that must not be asked."""


def checked(address: str) -> str:
    """The address as it will be asked, read by the reader that asks it. Raises RefusedAddressError."""
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError) as error:
        raise RefusedAddressError(f"{address!r} is not an address: {error}") from error
    if url.scheme != "https":
        raise RefusedAddressError(f"{address!r} is not https")
    if url.userinfo or url.port is not None:
        raise RefusedAddressError(f"{address!r} names a user or a port")
    if url.host not in HOSTS:
        raise RefusedAddressError(f"{address!r} is not at one of Hugging Face's hosts for pictures")
    return str(url)


def is_public(address: str) -> bool:
    """Whether this address of a machine is on the public internet, and is no other address in disguise."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):  # Python before 3.12.4 takes tunnels to anywhere for global
        return parsed.is_global and parsed in GLOBAL_UNICAST and not (parsed.sixtofour or parsed.teredo)
    return parsed.is_global and not (parsed.is_multicast or parsed.is_reserved)


def resolved(host: str) -> list[str]:
    """The addresses of the host's machines, the preferred first. Raises httpx's ConnectError."""
    try:
        found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpx.ConnectError(f"{host} cannot be resolved: {error}") from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class PublicTransport(httpx.BaseTransport):
    """Asks the very address that it has checked, so that no second resolution can lead elsewhere.

    The request names the host as before, and the certificate must be the host's.
    """

    def __init__(self, transport: httpx.BaseTransport, resolve: Callable[[str], list[str]] = resolved) -> None:
        self._transport, self._resolve = transport, resolve

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Tries one address after another. Raises RefusedAddressError where any is not public: that is no accident."""
        host = request.url.host
        addresses = self._resolve(host)
        for address in addresses:
            if not is_public(address):
                raise RefusedAddressError(f"{host} is at {address}, which is not on the public internet")
        failed = httpx.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                return self._transport.handle_request(_at(request, address))
            except httpx.ConnectError as error:
                failed = error
        raise failed

    def close(self) -> None:
        """Closes the connections."""
        self._transport.close()


def _at(request: httpx.Request, address: str) -> httpx.Request:
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.host},
    )


class NoPictureError(RuntimeError):
    """There is no picture to be had, and why."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason: Reason = reason


@cache
def client() -> httpx.Client:
    """No connection is kept: it is to an address, and another host at that address must not be asked over it."""
    connections = bounded(httpx.HTTPTransport(verify=tls(), limits=httpx.Limits(max_keepalive_connections=0)))
    return httpx.Client(
        transport=PublicTransport(connections), headers={"User-Agent": web.USER_AGENT}, follow_redirects=False
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
            reason = REASONS.get(answer.status, "down" if answer.status >= 500 else "odd")
            raise NoPictureError(reason, f"{asked}: HTTP {answer.status}")
        asked = _joined(asked, location)
    raise NoPictureError("odd", f"{address}: more than {MAX_REDIRECTS} redirects")


def _get(client: httpx.Client, address: str, seconds: float) -> web.Answer:
    if seconds <= 0:
        raise NoPictureError("slow", f"{address}: more than {SECONDS} seconds")
    try:
        return web.get(client, checked(address), web.Limits(seconds, MAX_BYTES), HEADERS)
    except RefusedAddressError as error:
        raise NoPictureError("odd", str(error)) from error
    except web.NoAnswerError as error:
        raise NoPictureError(error.reason, str(error)) from error


def _joined(address: str, location: str) -> str:
    try:
        return str(httpx.URL(address).join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise NoPictureError("odd", f"{address}: leads to {location!r}, which is no address: {error}") from error

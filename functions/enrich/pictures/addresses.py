"""Who may be asked for a picture: known hosts, over https, at addresses of the public internet."""

import ipaddress
import socket
from collections.abc import Callable

import httpx

HOSTS = frozenset({"cdn-thumbnails.huggingface.co", "cdn-uploads.huggingface.co"})
"""Where Hugging Face keeps what the list names: of 608 recorded addresses of pictures and videos none is elsewhere."""
PORT = 443
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
"""All of IPv6 that machines of the internet have; IPv4 in the form of IPv6 is outside it, or a tunnel."""


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

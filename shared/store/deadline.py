"""Bounds a whole HTTP exchange by one point in time.

httpx bounds each read alone: a server that sends its headers a byte at a time would hold a function until it is killed.
"""

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from math import inf
from time import monotonic
from typing import Any

import httpcore
import httpx

_overdue: ContextVar[float] = ContextVar("overdue", default=inf)


@contextmanager
def ends_at(overdue: float) -> Iterator[None]:
    """Lets the exchanges of a bounded transport time out at this point of the monotonic clock."""
    token = _overdue.set(overdue)
    try:
        yield
    finally:
        _overdue.reset(token)


def bounded(transport: httpx.HTTPTransport) -> httpx.HTTPTransport:
    """The transport, its connections bounded by `ends_at`. httpx has no public way to choose their backend."""
    transport._pool._network_backend = _Backend()  # noqa: SLF001
    return transport


@cache
def tls() -> ssl.SSLContext:
    """The trusted authorities. Read once: it takes tens of milliseconds."""
    return httpx.create_ssl_context()


def bounded_client(**options: Any) -> httpx.Client:
    """A client with these options whose transports, those of the environment's proxies included, are bounded."""
    client = httpx.Client(verify=tls(), **options)
    for transport in (client._transport, *client._mounts.values()):  # noqa: SLF001
        if isinstance(transport, httpx.HTTPTransport):
            bounded(transport)
    return client


def _left(timeout: float | None, error: type[Exception]) -> float | None:
    left = _overdue.get() - monotonic()
    if left <= 0:
        raise error("the whole exchange took too long")
    return timeout if left == inf else min(left, inf if timeout is None else timeout)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.SyncBackend):
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(super().connect_tcp(host, port, left, local_address, socket_options))

"""Pictures, whole and broken, and an internet that holds them."""

import struct
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import httpx
from PIL import Image, ImageDraw

from functions.enrich.pictures.download import PublicTransport

HOST = "cdn-uploads.huggingface.co"
ADDRESS = f"https://{HOST}/production/kite.png"
PUBLIC = "18.65.3.1"
RED, GREEN, BLUE, WHITE = (220, 0, 0), (0, 160, 0), (0, 0, 220), (255, 255, 255)

Answering = Callable[[httpx.Request], httpx.Response]


def drawn(size: tuple[int, int] = (800, 500), mode: str = "RGB") -> Image.Image:
    """Red above left, green above right, blue below."""
    image = Image.new("RGB", size, BLUE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0] // 2, size[1] // 2), RED)
    draw.rectangle((size[0] // 2, 0, size[0], size[1] // 2), GREEN)
    return image.convert(mode)


def written(image: Image.Image, kind: str, **options: Any) -> bytes:
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def png(size: tuple[int, int] = (800, 500)) -> bytes:
    return written(drawn(size), "PNG")


def png_that_claims(width: int, height: int) -> bytes:
    """A header of any size, and one line of pixels that unpack to a hundred million."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", _packed_line()), (b"IEND", b""))
    packed = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


@cache
def _packed_line() -> bytes:
    return zlib.compress(bytes(100_000_000), 1)


def gif_with_a_frame_of(width: int, height: int) -> bytes:
    """On a screen of 32 by 32."""
    frame = struct.pack("<4HB", 0, 0, width, height, 0)
    return b"GIF89a" + struct.pack("<2H3B", 32, 32, 0, 0, 0) + b"," + frame + b"\x02\x02\x44\x01\x00;"


def seen(body: bytes) -> Image.Image:
    """A stored file, as a browser sees it."""
    with Image.open(BytesIO(body)) as image:
        assert image.format == "WEBP"
        image.load()
        return image


def near(colour: Any, expected: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 24 for one, other in zip(colour, expected, strict=True))


class Internet:
    """The fake internet: who answers what, at which address, and what was asked of which machine."""

    def __init__(self, answering: Answering | None = None, machines: list[str] | None = None) -> None:
        self.answering = answering or (lambda _: httpx.Response(200, content=png()))
        self.machines = [PUBLIC] if machines is None else machines
        self.asked: list[tuple[str, str]] = []
        self.resolved: list[str] = []

    def client(self) -> httpx.Client:
        return httpx.Client(transport=PublicTransport(httpx.MockTransport(self._answer), self._resolve))

    def _resolve(self, host: str) -> list[str]:
        self.resolved.append(host)
        return self.machines

    def _answer(self, request: httpx.Request) -> httpx.Response:
        assert request.extensions["sni_hostname"] == request.headers["Host"], "the certificate would not be the host's"
        self.asked.append((request.url.host, f"https://{request.headers['Host']}{request.url.raw_path.decode()}"))
        return self.answering(request)

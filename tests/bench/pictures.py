"""What pictures cost: time to encode one, and requests and bytes of a paper."""

import time
from collections.abc import Iterator
from io import BytesIO
from statistics import median

import boto3
import httpx
from moto import mock_aws
from PIL import Image

from functions.enrich.pictures.download import PublicTransport
from functions.enrich.pictures.encoding import encode
from functions.enrich.pictures.storing import store_pictures
from shared.model.facts import Picture
from shared.store.bucket import Bucket
from tests.bench.figures import Figure

HOST = "cdn-thumbnails.huggingface.co"
PAPERS = 50
SIZES = {"a thumbnail of 1200 x 648": ((1200, 648), "PNG"), "a photograph of 20 megapixels": ((5477, 3652), "JPEG")}
"""As Hugging Face draws its thumbnails, and the largest that somebody may upload from a camera."""
ROUNDS = 5
TARGET_MS = {"a thumbnail of 1200 x 648": 150.0, "a photograph of 20 megapixels": 1000.0}


def figures() -> Iterator[Figure]:
    """Milliseconds of a picture, and what the pictures of a day ask of others."""
    bodies = {name: drawn(size, kind) for name, (size, kind) in SIZES.items()}
    for name, body in bodies.items():
        how = f"decoded and encoded in two widths, {len(body) // 1024} KB, median of {ROUNDS}"
        yield Figure(name, median(_milliseconds(body) for _ in range(ROUNDS)), "ms", TARGET_MS[name], how)
    yield from _day(next(iter(bodies.values())))


def drawn(size: tuple[int, int], kind: str) -> bytes:
    """A picture of this size."""
    target = BytesIO()
    Image.effect_noise((size[0] // 8, size[1] // 8), 40).convert("RGB").resize(size).save(target, kind)
    return target.getvalue()


def _milliseconds(body: bytes) -> float:
    began = time.perf_counter()
    encode(body)
    return 1000 * (time.perf_counter() - began)


def _day(body: bytes) -> Iterator[Figure]:
    """One thumbnail a paper and one figure for every fifth, as the recorded lists have it."""
    asked: list[int] = []

    def answering(_: httpx.Request) -> httpx.Response:
        asked.append(len(body))
        return httpx.Response(200, content=body)

    web = httpx.Client(transport=PublicTransport(httpx.MockTransport(answering), lambda _: ["18.65.3.1"]))
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket="bench")
        archive = Bucket(client, "bench")
        for number in range(PAPERS):
            names = [f"{number}.png", f"{number}-figure.png"][: 1 + (number % 5 == 0)]
            pictures = tuple(Picture(role="figure", address=f"https://{HOST}/{name}") for name in names)
            store_pictures(f"2602.{number:05}", pictures, web, archive)
    yield Figure("requests for pictures", len(asked) / PAPERS, "a paper", None, f"a day of {PAPERS} papers")
    yield Figure("bytes of pictures", sum(asked) / PAPERS / 1024, "KB a paper", None, "as fetched")

"""The pictures of a paper, stored once; one that is bad costs itself."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from threading import BoundedSemaphore, Event, Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest
from moto import mock_aws

from functions.enrich.pictures import storing
from functions.enrich.pictures.encoding import Encoded, encode
from functions.enrich.pictures.storing import MissingPicture, store_pictures, with_stored
from shared.model.facts import Picture
from shared.store import aws
from shared.store.bucket import Bucket
from tests.factories.days import ONE, THREE
from tests.factories.picture_files import HOST, Internet, png, png_that_claims, seen

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

SITE = f"site/pictures/{ONE}/"
PAGE = b"<!doctype html><h1>Service Unavailable</h1>"


def picture(name: str = "kite.png", role: str = "figure") -> Picture:
    return Picture.model_validate({"role": role, "address": f"https://{HOST}/{name}"})


@pytest.fixture(scope="module")
def client() -> "S3Client":
    return aws.s3.__wrapped__()


@pytest.fixture
def archive(client: "S3Client") -> Iterator[Bucket]:
    with mock_aws():
        client.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-2"})
        yield Bucket(client, "bucket")


def holding(**files: bytes | int | Callable[[], bytes]) -> Internet:
    """An internet that answers with these by the name before the dot: a body, a status, or what is called."""

    def answering(request: httpx.Request) -> httpx.Response:
        found = files[urlsplit(str(request.url)).path.strip("/").split(".")[0]]
        if isinstance(found, int):
            return httpx.Response(found)
        return httpx.Response(200, content=found if isinstance(found, bytes) else found())

    return Internet(answering)


def test_a_picture_is_stored_in_two_widths_under_its_content_and_kept_by_browsers_for_ever(
    archive: Bucket, client: "S3Client"
) -> None:
    (stored,), missing = store_pictures(ONE, (picture(),), Internet().client(), archive)

    assert missing == ()
    assert (stored.width, stored.height) == (640, 400)
    assert stored.path is not None
    narrow = stored.path.replace("-640.", "-320.")
    assert set(archive.list("")) == {f"site/{stored.path}", f"site/{narrow}"}
    assert seen(archive.get(f"site/{stored.path}")).size == (640, 400)
    assert seen(archive.get(f"site/{narrow}")).size == (320, 200)
    for key in archive.list(""):
        head = client.head_object(Bucket="bucket", Key=key)
        assert (head["ContentType"], head["CacheControl"]) == ("image/webp", "public, max-age=31536000, immutable")


def test_what_is_not_about_the_file_stays(archive: Bucket) -> None:
    before = picture(role="thumbnail").model_copy(update={"alt": "A kite"})
    ((after,), _) = store_pictures(ONE, (before,), Internet().client(), archive)
    assert (after.role, after.address, after.alt) == (before.role, before.address, before.alt)


def test_the_same_content_is_stored_once_and_a_changed_picture_has_a_new_name(
    archive: Bucket, client: "S3Client"
) -> None:
    first, _ = store_pictures(ONE, (picture(),), Internet().client(), archive)
    written_at = {key: client.head_object(Bucket="bucket", Key=key)["LastModified"] for key in archive.list("")}
    client.meta.events.register("before-call.s3.PutObject", _never, unique_id="never")
    try:
        again, _ = store_pictures(ONE, (picture(),), Internet().client(), archive)
    finally:
        client.meta.events.unregister("before-call.s3.PutObject", _never, unique_id="never")
    assert again == first
    assert archive.list("").keys() == written_at.keys()

    changed, _ = store_pictures(ONE, (picture(),), holding(kite=png((900, 300))).client(), archive)
    assert changed[0].path not in {first[0].path, None}
    assert written_at.keys() < archive.list("").keys()


def _never(**_: object) -> None:
    raise AssertionError("what was there was written again")


def test_a_picture_that_is_named_twice_is_asked_for_once(archive: Bucket) -> None:
    internet = Internet()
    (one, two), _ = store_pictures(ONE, (picture(role="thumbnail"), picture()), internet.client(), archive)
    assert one.path == two.path
    assert len(internet.asked) == 1


def test_a_narrow_picture_is_one_file(archive: Bucket) -> None:
    (stored,), _ = store_pictures(ONE, (picture(),), holding(kite=png((200, 100))).client(), archive)
    assert (stored.width, stored.height) == (200, 100)
    assert list(archive.list("")) == [f"site/{stored.path}"]
    assert str(stored.path).endswith("-320.webp")


def test_an_old_paper_has_a_folder_without_a_slash_in_its_name(archive: Bucket) -> None:
    (stored,), _ = store_pictures(THREE, (picture(),), Internet().client(), archive)
    assert str(stored.path).startswith("pictures/cs_0601003/")


def test_bad_pictures_cost_themselves_and_say_why(archive: Bucket) -> None:
    internet = holding(
        page=PAGE,
        gone=404,
        busy=429,
        down=503,
        bomb=png_that_claims(200_000, 200_000),
        half=png()[:900],
        drawing=b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        kite=png(),
    )
    names = ["page.png", "gone.png", "busy.png", "down.png", "bomb.png", "half.png", "drawing.png", "kite.png"]
    shown, missing = store_pictures(ONE, tuple(map(picture, names)), internet.client(), archive)

    assert [each.path is not None for each in shown] == [False] * 7 + [True]
    assert [(urlsplit(each.address).path[1:-4], each.reason) for each in missing] == [
        ("page", "odd"),
        ("gone", "gone"),
        ("busy", "throttled"),
        ("down", "down"),
        ("bomb", "odd"),
        ("half", "odd"),
        ("drawing", "odd"),
    ]
    for key in archive.list(""):
        assert seen(archive.get(key)).format == "WEBP"
    assert len(archive.list("")) == 2


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/a.png", "https://pictures.example/a.png", "https://[", "a.png", "data:,x"]
)
def test_an_address_that_may_not_be_asked_is_a_missing_picture(archive: Bucket, address: str) -> None:
    internet = Internet()
    bad = Picture(role="figure", address=address)
    shown, missing = store_pictures(ONE, (bad, Picture(role="figure")), internet.client(), archive)
    assert shown == (bad, Picture(role="figure"))
    assert [(each.address, each.reason) for each in missing] == [(address, "odd")]
    assert internet.asked == []
    assert not archive.list("")


def test_whatever_goes_wrong_with_a_picture_the_paper_goes_on(archive: Bucket) -> None:
    def broken() -> bytes:
        raise ZeroDivisionError("surprise")

    _, missing = store_pictures(ONE, (picture(),), holding(kite=broken).client(), archive)
    assert [(each.reason, "surprise" in each.detail) for each in missing] == [("odd", True)]


def test_a_host_that_never_ends_its_answer_is_left_behind(archive: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    released = Event()

    def hanging() -> bytes:
        released.wait(60)
        return png()

    def start_and_wait(work: "partial[Encoded]") -> "Future[Encoded]":
        begun = start(work)
        if "hanging" not in work.args[1]:
            begun.result(timeout=60)
        return begun

    start = storing._start
    monkeypatch.setattr(storing, "_start", start_and_wait)
    monkeypatch.setattr(storing, "MAX_SECONDS", 0.0)
    try:
        internet = holding(hanging=hanging, kite=png())
        shown, missing = store_pictures(ONE, (picture("hanging.png"), picture()), internet.client(), archive)
    finally:
        released.set()
    assert [each.path is not None for each in shown] == [False, True]
    assert [each.reason for each in missing] == ["slow"]


def test_pictures_come_side_by_side_but_only_so_many_and_are_decoded_one_by_one(
    archive: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, together, coming, decoding = Lock(), Event(), [0, 0], [0, 0]

    @contextmanager
    def counted(running: list[int]) -> Iterator[None]:
        with lock:
            running[0] += 1
            running[1] = max(running)
        yield
        with lock:
            running[0] -= 1

    def slowly() -> bytes:
        with counted(coming):
            if coming[0] > 1:
                together.set()
            together.wait(5)
            time.sleep(0.05)
        return png()

    def watched(body: bytes) -> Encoded:
        with counted(decoding):
            time.sleep(0.01)
            return encode(body)

    monkeypatch.setattr(storing, "encode", watched)
    monkeypatch.setattr(storing, "_SLOTS", BoundedSemaphore(3))
    store_pictures(ONE, tuple(picture(f"kite.{n}.png") for n in range(8)), holding(kite=slowly).client(), archive)
    assert 2 <= coming[1] <= 3
    assert decoding[1] == 1


def test_a_paper_of_a_hundred_pictures_has_its_first_eight(archive: Bucket) -> None:
    internet = Internet()
    many = tuple(picture(f"{number}.png") for number in range(100))
    shown, missing = store_pictures(ONE, many, internet.client(), archive)
    assert [each.path is not None for each in shown] == [True] * 8 + [False] * 92
    assert len(missing) == 92
    assert len(internet.asked) == 8


def test_pictures_that_were_put_there_by_their_place_are_found(archive: Bucket) -> None:
    for name in ("1-640.webp", "1-320.webp", "3-320.webp", "4-640.webp", "00ff00ff00ff00ff-640.webp", "notes.txt"):
        archive.put(f"{SITE}{name}", b"x")
    archive.put("site/pictures/2602.00002/2-640.webp", b"x")
    shown = with_stored(ONE, (picture("a.png", "thumbnail"), picture("b.png"), picture("c.png")), archive)
    assert [each.path for each in shown] == [f"pictures/{ONE}/1-640.webp", None, f"pictures/{ONE}/3-320.webp"]
    assert {each.width for each in shown} == {None}


def test_a_picture_that_was_put_there_stands_in_for_one_that_does_not_come(archive: Bucket) -> None:
    archive.put(f"{SITE}1-640.webp", b"x")
    (shown,), missing = store_pictures(ONE, (picture(),), holding(kite=404).client(), archive)
    assert shown.path == f"pictures/{ONE}/1-640.webp"
    assert missing == ()


def test_a_bucket_that_fails_fails_the_attempt(archive: Bucket) -> None:
    class Full(Bucket):
        def put(self, *_: object, **__: object) -> None:
            raise OSError("the bucket is away")

    full = Full(aws.s3.__wrapped__(), "bucket")
    with pytest.raises(OSError, match="the bucket is away"):
        store_pictures(ONE, (picture(),), Internet().client(), full)


def test_a_missing_picture_is_the_same_when_it_is_read_again() -> None:
    missing = MissingPicture(address="https://x", reason="gone", detail="HTTP 404")
    assert MissingPicture.model_validate_json(missing.model_dump_json()) == missing

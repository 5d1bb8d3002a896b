"""Whatever comes is re-encoded: upright, on white, at most 640 pixels wide; or it is not a picture."""

import json
import subprocess
import sys
import warnings
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, PngImagePlugin
from PIL.ExifTags import Base

from functions.enrich.pictures import encoding
from functions.enrich.pictures.encoding import BrokenPictureError, encode
from tests.factories.picture_files import (
    BLUE,
    GREEN,
    RED,
    WHITE,
    drawn,
    gif_with_a_frame_of,
    near,
    png,
    png_that_claims,
    seen,
    written,
)

MEGABYTES = 512
"""What the issue asks of a 20-megapixel picture."""
STATUS = Path("/proc/self/status")
PEAK = f"""
import json, re, sys
from pathlib import Path
from functions.enrich.pictures.encoding import encode
files = encode(Path(sys.argv[1]).read_bytes()).files
print(json.dumps([list(files), int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("{STATUS}").read_text())[1]) / 1024]))
"""


def corners(body: bytes) -> list[Any]:
    """The colours above left, above right, and below."""
    image = seen(body)
    width, height = image.size
    return [
        image.getpixel((width // 6, height // 6)),
        image.getpixel((width * 5 // 6, height // 6)),
        image.getpixel((width // 2, height * 5 // 6)),
    ]


def shows(body: bytes, *colours: tuple[int, int, int]) -> bool:
    return all(near(found, expected) for found, expected in zip(corners(body), colours, strict=True))


WHOLE = {
    "png": png(),
    "png of a palette": written(drawn().quantize(8), "PNG"),
    "png with alpha": written(drawn(mode="RGBA"), "PNG"),
    "png of more bytes a line": written(drawn(), "PNG", interlace=1),
    "jpeg": written(drawn(), "JPEG"),
    "progressive jpeg": written(drawn(), "JPEG", progressive=True),
    "jpeg for print": written(drawn(mode="CMYK"), "JPEG"),
    "several jpegs in one": written(drawn(), "MPO", save_all=True, append_images=[Image.new("RGB", (800, 500))]),
    "webp": written(drawn(), "WEBP"),
    "lossless webp with alpha": written(drawn(mode="RGBA"), "WEBP", lossless=True),
    "gif": written(drawn(), "GIF"),
    "gif that moves": written(drawn(), "GIF", save_all=True, append_images=[Image.new("RGB", (800, 500))]),
    "webp that moves": written(drawn(), "WEBP", save_all=True, append_images=[Image.new("RGB", (800, 500))]),
    "png that moves": written(drawn(), "PNG", save_all=True, append_images=[Image.new("RGB", (800, 500))]),
}


@pytest.mark.parametrize("body", WHOLE.values(), ids=WHOLE)
def test_every_kind_of_picture_comes_out_as_its_first_frame_in_two_widths(body: bytes) -> None:
    encoded = encode(body)
    assert (encoded.width, encoded.height) == (640, 400)
    assert {width: seen(file).size for width, file in encoded.files.items()} == {640: (640, 400), 320: (320, 200)}
    for file in encoded.files.values():
        assert shows(file, RED, GREEN, BLUE)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "I;16"])
def test_shades_of_grey_stay_what_they_are(mode: str) -> None:
    grey = Image.new("L", (400, 400), 100)
    image = (
        Image.frombytes("I;16", (400, 400), (100 * 256).to_bytes(2, "little") * 160_000)
        if mode == "I;16"
        else grey.convert(mode)
    )
    colour = seen(encode(written(image, "PNG")).files[640]).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert near(colour, (100, 100, 100))


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((2000, 1000), {640: (640, 320), 320: (320, 160)}),
        ((641, 640), {640: (640, 639), 320: (320, 320)}),
        ((500, 1000), {640: (500, 1000), 320: (320, 640)}),
        ((321, 100), {640: (321, 100), 320: (320, 100)}),
        ((320, 100), {320: (320, 100)}),
        ((100, 400), {320: (100, 400)}),
        ((1000, 10_000), {640: (640, 6400), 320: (320, 3200)}),
    ],
)
def test_no_picture_is_made_wider_than_it_was(size: tuple[int, int], expected: dict[int, tuple[int, int]]) -> None:
    encoded = encode(png(size))
    assert {width: seen(file).size for width, file in encoded.files.items()} == expected
    assert (encoded.width, encoded.height) == expected[max(expected)]


@pytest.mark.parametrize(
    ("kind", "orientation"), [*(("JPEG", orientation) for orientation in range(1, 9)), ("PNG", 6), ("WEBP", 6)]
)
def test_a_picture_that_lies_on_its_side_is_set_upright(kind: str, orientation: int) -> None:
    turned = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    image = drawn((1600, 1000))
    lying = image.transpose(turned[orientation]) if orientation in turned else image
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    encoded = encode(written(lying, kind, exif=exif))
    assert (encoded.width, encoded.height) == (640, 400)
    assert shows(encoded.files[640], RED, GREEN, BLUE)
    assert shows(encoded.files[320], RED, GREEN, BLUE)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_what_is_transparent_is_white(kind: str) -> None:
    image = Image.new("RGBA", (800, 500), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 400, 250), (*RED, 255))
    assert shows(encode(written(image, kind)).files[640], RED, WHITE, WHITE)


def test_a_colour_that_stands_for_transparent_is_white() -> None:
    assert shows(encode(written(drawn(), "PNG", transparency=BLUE)).files[640], RED, GREEN, WHITE)
    keyed = drawn().quantize(8)
    body = written(keyed, "PNG", transparency=keyed.getpixel((400, 490)))
    assert shows(encode(body).files[640], RED, GREEN, WHITE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_the_file_is_taken_along_but_the_picture(kind: str) -> None:
    exif = Image.Exif()
    exif[Base.Artist] = "Somebody"
    exif[Base.GPSInfo] = {1: "N", 2: (37.0, 33.0, 58.0)}
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "Somebody's phone")
    more: dict[str, Any] = {"pnginfo": notes} if kind == "PNG" else {"xmp": b"<x>Somebody</x>"}
    body = written(drawn(), kind, exif=exif, icc_profile=b"Somebody's screen", **more)
    for file in encode(body).files.values():
        assert b"Somebody" not in file
        assert set(seen(file).info) <= {"background", "loop", "timestamp", "duration"}
        assert not any(chunk in file for chunk in (b"EXIF", b"XMP ", b"ICCP", b"ANIM"))


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><script>alert(1)</script></svg>'
BROKEN = {
    "nothing": b"",
    "a page that says there is an error": b"<!doctype html><title>503</title><h1>Service Unavailable</h1>",
    "svg": SVG,
    "svg with a picture's first bytes": b"\x89PNG\r\n\x1a\n" + SVG,
    "json": b'{"error": "not found"}',
    "a script": b"#!/bin/sh\nrm -rf /\n",
    "a program": b"\x7fELF" + bytes(500),
    "a video": b"\x00\x00\x00\x20ftypisom" + bytes(500),
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 640 360\n(/etc/passwd) (r) file\n%%EOF\n",
    "pdf": b"%PDF-1.7\n%%EOF\n",
    "xpm": b'/* XPM */\nstatic char *x[] = {"640 360 1 1", "a c #ff0000", "' + b"a" * 640 + b'"};',
    "bmp": written(drawn(), "BMP"),
    "tiff": written(drawn(), "TIFF"),
    "ico": written(drawn((64, 64)), "ICO"),
    "the first half of a png": png()[: len(png()) // 2],
    "the first half of a jpeg": written(drawn(), "JPEG")[:3000],
    "the first half of a webp": written(drawn(), "WEBP")[:600],
    "the first half of a gif": written(drawn(), "GIF")[:700],
    "the first bytes of a png": png()[:20],
    "a png of 40 gigapixels": png_that_claims(200_000, 200_000),
    "a png of 2 gigapixels": png_that_claims(46_000, 46_000),
    "a png of 100 megapixels": png_that_claims(10_000, 10_000),
    "a png of a little more than 40 megapixels": png_that_claims(8001, 5000),
    "a png of no pixels": png_that_claims(0, 0),
    "a png of one pixel": png((1, 1)),
    "a png that is as thin as a hair": png_that_claims(4_000_000, 10),
    "a strip": png((1100, 100)),
    "a gif whose frame is as large as a frame can be": gif_with_a_frame_of(65_535, 65_535),
    "a gif whose frame is larger than 40 megapixels": gif_with_a_frame_of(8224, 7200),
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_what_is_not_a_picture_that_can_be_shown_is_none(body: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # as in Lambda: only our own limit is left
        with pytest.raises(BrokenPictureError) as raised:
            encode(body)
    assert "0x" not in str(raised.value), "the reason is stored and must be the same the next time"


def test_a_picture_of_too_many_pixels_is_refused_before_any_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", lambda _: pytest.fail("pixels were decoded"))
    with pytest.raises(BrokenPictureError, match=r"8001 x 5000 is more than 40000000 pixels"):
        encode(png_that_claims(8001, 5000))


def test_there_is_no_way_for_a_stranger_to_have_another_program_read_the_file() -> None:
    assert encoding.FORMATS == ("JPEG", "PNG", "GIF", "WEBP")


SMALL = [written(drawn((64, 48)), kind) for kind in ("PNG", "JPEG", "GIF", "WEBP")]


@given(st.sampled_from(SMALL), st.randoms(use_true_random=False), st.integers(1, 20))
def test_a_file_with_wrong_bytes_in_it_is_a_picture_or_is_none(body: bytes, random: Random, count: int) -> None:
    changed = bytearray(body)
    for _ in range(count):
        changed[random.randrange(len(changed))] = random.randrange(256)
    try:
        files = encode(bytes(changed)).files
    except BrokenPictureError:
        return
    assert all(file.startswith(b"RIFF") and file[8:12] == b"WEBP" for file in files.values())


@pytest.mark.extra
@pytest.mark.skipif(not STATUS.exists(), reason="this machine does not tell the peak of a process")
@pytest.mark.parametrize(
    ("kind", "mode", "options"),
    [
        ("JPEG", "RGB", {"progressive": True, "subsampling": 0}),
        ("PNG", "RGBA", {"compress_level": 1}),
        ("WEBP", "RGBA", {"quality": 20, "method": 0}),
    ],
    ids=["progressive jpeg", "png with alpha", "webp with alpha"],
)
def test_a_picture_of_20_megapixels_needs_less_than_512_megabytes(
    kind: str, mode: str, options: dict[str, Any], tmp_path: Path
) -> None:
    image = (
        Image.effect_noise((500, 400), 60).convert("RGB").resize((5000, 4000), Image.Resampling.NEAREST).convert(mode)
    )
    if mode == "RGBA":
        image.putalpha(128)
    path = tmp_path / "large"
    path.write_bytes(written(image, kind, **options))
    root = Path(encoding.__file__).parents[3]
    done = subprocess.run((sys.executable, "-c", PEAK, str(path)), cwd=root, capture_output=True, text=True, check=True)
    widths, peak = json.loads(done.stdout)
    assert widths == [640, 320]
    assert peak < MEGABYTES

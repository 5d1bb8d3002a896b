"""Pictures as the site holds them: WebP, upright, on white, no wider than shown, and without any other data."""

from collections.abc import Mapping
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps
from PIL.ExifTags import Base

from shared.model.facts import NARROW, WIDE

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
"""Pillow reads forty more, some by calling other programs: a stranger does not choose among them."""
MAX_PIXELS = 40_000_000
"""In WebP they take 620 MB while they are decoded, one picture at a time; the function has 1,024."""
MIN_SIDE_PIXELS = 16
"""Pixels: what is smaller is there to count readers."""
MAX_ELONGATION = 10
"""How much longer one side may be than the other: a strip is no picture on a page, and WebP ends at 16,383 pixels."""
QUALITY = 80
"""Of 100; 90 takes two fifths more bytes."""
REDUCING_GAP = 2
"""Pixels are averaged down to no less than twice the size that the picture gets: as good to the eye, and quicker."""
BAND = 128
"""Lines, about, that are brought into colour at a time, so that no second copy of the whole picture is made."""
SIDEWAYS = (5, 6, 7, 8)
"""Values of the EXIF orientation that turn a picture by 90 degrees."""


class BrokenPictureError(ValueError):
    """What came is not a picture, or not one that can be shown."""


class Encoded(NamedTuple):
    """A picture in one or two sizes, the wider first, by the name of its width."""

    width: int
    height: int
    files: Mapping[int, bytes]


def encode(body: bytes) -> Encoded:
    """The first frame of a picture, re-encoded. Raises BrokenPictureError."""
    try:
        picture = _decode(body)
        wide = _webp(picture)
        if picture.width <= NARROW:
            return Encoded(*picture.size, {NARROW: wide})
        narrow = picture.resize(_fitting(picture.size, NARROW), Image.Resampling.LANCZOS)
        return Encoded(*picture.size, {WIDE: wide, NARROW: _webp(narrow)})
    except BrokenPictureError:
        raise
    except Exception as error:  # a decoder that is fed by strangers raises whatever it likes
        raise BrokenPictureError(f"cannot be read as a picture: {type(error).__name__}") from error


def _decode(body: bytes) -> Image.Image:
    """As wide as it is shown. Its size is known, and refused, before anything is decoded."""
    with Image.open(BytesIO(body), formats=FORMATS) as image:
        _check(image.size)
        sideways = image.getexif().get(Base.Orientation) in SIDEWAYS
        width, height = image.size[::-1] if sideways else image.size
        width, height = _fitting((width, height), WIDE)
        size = (height, width) if sideways else (width, height)
        image.draft(None, (size[0] * REDUCING_GAP, size[1] * REDUCING_GAP))
        small = _averaged(image, max(1, min(image.width // size[0], image.height // size[1]) // REDUCING_GAP))
        small.info = image.info
        return _on_white(ImageOps.exif_transpose(small.resize(size, Image.Resampling.LANCZOS)))


def _check(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > MAX_PIXELS:
        raise BrokenPictureError(f"{width} x {height} is more than {MAX_PIXELS} pixels")
    if min(size) < MIN_SIDE_PIXELS:
        raise BrokenPictureError(f"{width} x {height} is too small to be seen")
    if max(size) > MAX_ELONGATION * min(size):
        raise BrokenPictureError(f"{width} x {height} is too long and thin to be seen")


def _fitting(size: tuple[int, int], most: int) -> tuple[int, int]:
    """The size with this width, or its own where that is less."""
    width = min(size[0], most)
    return width, max(1, round(size[1] * width / size[0]))


def _averaged(image: Image.Image, factor: int) -> Image.Image:
    """In colour, each square of `factor` pixels made one."""
    lines = BAND * factor
    bands = [
        _in_colour(image.crop((0, top, image.width, min(top + lines, image.height)))).reduce(factor)
        for top in range(0, image.height, lines)
    ]
    whole = Image.new(bands[0].mode, (bands[0].width, sum(band.height for band in bands)))
    for place, band in enumerate(bands):
        whole.paste(band, (0, place * BAND))
    return whole


def _in_colour(image: Image.Image) -> Image.Image:
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.point(lambda value: value / 256)
    return image if image.mode == "RGB" else image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    """On a new sheet, so that nothing is taken along but the pixels."""
    sheet = Image.new("RGB", image.size, "white")
    sheet.paste(image, mask=image if image.mode == "RGBA" else None)
    return sheet


def _webp(image: Image.Image) -> bytes:
    target = BytesIO()
    image.save(target, "WEBP", quality=QUALITY)
    return target.getvalue()

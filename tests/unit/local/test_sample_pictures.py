"""The sample day's pictures: small, of one size, and drawn the same every time."""

from random import Random

from PIL import Image

from local.sample import draw
from local.sample.sheet import Sheet

KILOBYTES = {640: 8, 320: 4}


def test_every_paper_has_a_small_picture_in_both_widths_and_mobile_agent_a_figure() -> None:
    expected = {
        f"{paper_id}/{number}-{width}.webp": (width, width * 9 // 16)
        for paper_id, drawings in draw.DRAWINGS.items()
        for number, _ in enumerate(drawings, start=1)
        for width in KILOBYTES
    }
    there = {path.relative_to(draw.FOLDER).as_posix(): path for path in draw.FOLDER.glob("*/*.webp")}
    assert there.keys() == expected.keys()
    assert "2602.16855/2-640.webp" in there
    for name, path in there.items():
        with Image.open(path) as picture:
            assert (picture.format, picture.size) == ("WEBP", expected[name])
            assert path.stat().st_size <= KILOBYTES[picture.width] * 1024, name


def test_a_picture_is_drawn_the_same_every_time() -> None:
    for paper_id, drawings in draw.DRAWINGS.items():
        for drawing in drawings:
            first, second = Sheet(), Sheet()
            drawing(first, Random(paper_id))
            drawing(second, Random(paper_id))
            assert first.image.tobytes() == second.image.tobytes()

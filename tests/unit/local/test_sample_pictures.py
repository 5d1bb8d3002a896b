"""The sample day's pictures: small and of one size."""

from PIL import Image

from tests.factories.places import ROOT

PICTURES = ROOT / "local/sample/pictures"
KILOBYTES = {640: 8, 320: 4}


def test_every_picture_is_small_and_there_in_both_widths() -> None:
    there = sorted(PICTURES.glob("*/*.webp"))
    assert {(path.parent.name, path.stem.split("-")[0]) for path in there} >= {("2602.16855", "1"), ("2602.16855", "2")}
    for path in there:
        number, width = path.stem.split("-")
        with Image.open(path) as picture:
            assert (picture.format, picture.size) == ("WEBP", (int(width), int(width) * 9 // 16))
            assert path.stat().st_size <= KILOBYTES[picture.width] * 1024, path.name
        assert all(path.with_name(f"{number}-{other}.webp").exists() for other in KILOBYTES), path.name

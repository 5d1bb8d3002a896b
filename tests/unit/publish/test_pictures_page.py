"""Pictures on the page of a day: their place is kept before they come, and they say what they are."""

import pytest

from functions.publish.render import page
from shared.model.facts import Picture
from tests.factories import html_reader
from tests.factories.digests import EDITION, digest, facts, paper
from tests.factories.html_reader import Element

FOLDER = "pictures/2602.00001"
TITLE = 'Kites "R" Us & <b>'


def _images(*pictures: Picture, language: str = "ko", papers: int = 1) -> list[Element]:
    shown = [paper(number + 1, title=TITLE, facts=facts(pictures=pictures)) for number in range(papers)]
    found = html_reader.read(page.render(digest(shown, language=language), EDITION)).all("img")
    return [image for image in found if image.attributes["class"] != "small"]


def _picture(name: str = "00ff-640.webp", role: str = "figure", **fields: object) -> Picture:
    return Picture.model_validate({"role": role, "path": f"{FOLDER}/{name}", **fields})


def test_a_picture_has_its_own_size_in_both_widths() -> None:
    (image,) = _images(_picture(width=500, height=900))
    assert (image.attributes["width"], image.attributes["height"]) == ("500", "900")
    assert image.attributes["srcset"] == f"../{FOLDER}/00ff-320.webp 320w, ../{FOLDER}/00ff-640.webp 500w"
    assert image.attributes["src"] == f"../{FOLDER}/00ff-640.webp"
    assert image.attributes["sizes"]


def test_a_picture_of_unknown_size_has_the_usual_box() -> None:
    (image,) = _images(_picture())
    assert (image.attributes["width"], image.attributes["height"]) == ("640", "360")
    assert image.attributes["srcset"].endswith("640w")


def test_a_picture_of_one_file_names_no_other() -> None:
    (image,) = _images(_picture("00ff-320.webp", width=200, height=100))
    assert image.attributes["src"] == f"../{FOLDER}/00ff-320.webp"
    assert not {"srcset", "sizes"} & image.attributes.keys()


@pytest.mark.parametrize(("language", "word"), [("ko", "그림"), ("en", "Picture")])
def test_a_picture_says_what_it_is_to_those_who_do_not_see_it(language: str, word: str) -> None:
    thumbnail = _picture(role="thumbnail")
    images = _images(thumbnail, _picture(), _picture(alt='A "kite" & <i>'), language=language)
    assert [image.attributes["alt"] for image in images] == [f"{word} 1: {TITLE}", 'A "kite" & <i>']


def test_all_but_the_first_picture_of_a_page_wait_until_they_are_near() -> None:
    shown = [paper(number, facts=facts(pictures=(_picture(role="thumbnail"), _picture()))) for number in (1, 2)]
    images = html_reader.read(page.render(digest(shown), EDITION)).all("img")
    assert [image.attributes.get("loading") for image in images] == [None, *["lazy"] * 3]


def test_the_glance_shows_the_small_copy_and_leaves_words_to_the_title() -> None:
    shown = [paper(1, facts=facts(pictures=(_picture(width=500, height=900),)))]
    (image,) = html_reader.read(page.render(digest(shown), EDITION)).all("img", **{"class": "small"})
    assert image.attributes["src"] == f"../{FOLDER}/00ff-320.webp"
    assert (image.attributes["width"], image.attributes["height"], image.attributes["alt"]) == ("500", "900", "")

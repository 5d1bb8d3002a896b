"""The facts that the list carries, as one typed value."""

from typing import Any

import pytest

from shared.model.facts import Code, Facts, facts_from_listing
from tests.factories.days import MORNING, paper


def facts(**fields: Any) -> Facts:
    return facts_from_listing(paper(**fields))


def test_what_the_list_states_is_taken_over() -> None:
    stated: dict[str, Any] = {
        "abstract": "We propose a kite.",
        "paraphrased": True,
        "published_at": MORNING,
        "withdrawn_at": MORNING,
        "authors": ("Kim Ha-neul",),
        "organisation": "Kite Laboratory",
        "summary": "A kite.",
        "keywords": ("kites",),
        "comments": 3,
        "project_page": "https://kite.example/",
    }
    found = facts(**stated)
    assert {name: getattr(found, name) for name in stated} == stated


def test_a_paper_of_which_little_is_known_has_empty_facts() -> None:
    assert facts(abstract="") == Facts(abstract="")


@pytest.mark.parametrize(
    ("code", "page", "shown_code", "shown_page"),
    [
        (None, None, None, None),
        ("https://github.com/kite/two", None, "https://github.com/kite/two", None),
        (None, "https://github.com/kite/two", "https://github.com/kite/two", None),
        (None, "https://GitHub.com/kite/two", "https://GitHub.com/kite/two", None),
        ("https://github.com/kite/two", "https://github.com/kite/two", "https://github.com/kite/two", None),
        (
            "https://github.com/kite/two",
            "https://github.com/kite/page",
            "https://github.com/kite/two",
            "https://github.com/kite/page",
        ),
        (None, "https://kite.github.io/", None, "https://kite.github.io/"),
        (None, "https://github.com.kite.example/", None, "https://github.com.kite.example/"),
        (None, "https://kite.example/github.com", None, "https://kite.example/github.com"),
    ],
)
def test_a_project_page_on_github_is_the_code_where_none_is_named(
    code: str | None, page: str | None, shown_code: str | None, shown_page: str | None
) -> None:
    found = facts(code=code, project_page=page)
    assert (found.code and found.code.address, found.project_page) == (shown_code, shown_page)


def test_stars_belong_to_code() -> None:
    assert facts(code="https://github.com/kite/two", stars=7).code == Code(
        address="https://github.com/kite/two", stars=7
    )
    assert facts(stars=7).code is None


def test_pictures_and_videos_are_told_apart_by_the_end_of_their_path() -> None:
    names = ["a.png", "b.MP4", "c.jpeg", "d.mov", "e.qt", "f.webm", "g.GIF?download=true", "h.webp#x", "i.svg", "mp4"]
    found = facts(media=tuple(f"https://pictures.example/{name}" for name in names))
    assert [str(picture.address).rsplit("/", 1)[1] for picture in found.pictures] == [
        "a.png",
        "c.jpeg",
        "g.GIF?download=true",
        "h.webp#x",
    ]
    assert [address.rsplit("/", 1)[1] for address in found.videos] == ["b.MP4", "d.mov", "e.qt", "f.webm"]


def test_the_thumbnail_comes_before_the_figures() -> None:
    found = facts(thumbnail="https://pictures.example/small.png", media=("https://pictures.example/kite.png",))
    assert [picture.role for picture in found.pictures] == ["thumbnail", "figure"]


def test_a_thumbnail_without_a_known_ending_is_a_picture() -> None:
    assert len(facts(thumbnail="https://pictures.example/thumbnail/7").pictures) == 1


def test_a_thumbnail_that_is_a_video_is_a_video() -> None:
    found = facts(thumbnail="https://pictures.example/kite.mp4")
    assert found.pictures == ()
    assert found.videos == ("https://pictures.example/kite.mp4",)

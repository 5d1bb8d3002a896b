"""The list as it comes: an odd field costs itself, an odd row costs itself, nothing costs the list."""

import json
from typing import Any

import pytest

from functions.fetch.lists import rows
from shared.model.paper import Paper
from tests.factories.places import FIXTURES

GOOD = {"paper": {"id": "2602.00001", "title": "A Good Row", "upvotes": 5}}


def fixture(name: str) -> list[Any]:
    found: list[Any] = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def papers(name: str) -> tuple[Paper, ...]:
    return rows.read(fixture(name)).papers


def test_every_field_of_a_whole_row_is_read() -> None:
    listing = rows.read(fixture("whole"))
    (paper,) = listing.papers
    assert listing.odd_fields == ()
    assert paper.model_dump(mode="json") == {
        "id": "2602.00001",
        "title": "A Kite With Everything",
        "abstract": "Kites fall. We propose a kite that stays up.",
        "paraphrased": False,
        "published_at": "2026-02-19T10:00:00Z",
        "withdrawn_at": None,
        "authors": ["Kim Ha-neul"],
        "organisation": "Kite Laboratory",
        "upvotes": 17,
        "comments": 1,
        "code": "https://github.com/kite/two/tree/main",
        "stars": 1234,
        "project_page": "https://kite.example/",
        "thumbnail": "https://pictures.example/small.png",
        "media": [],
        "summary": "A kite that stays up.",
        "keywords": ["kites", "wind"],
    }


def test_titles_are_as_they_are_but_for_line_breaks_and_lost_latex() -> None:
    lost = {r"\textbf{Bold}": "Bold", r"\$OneKite": "$OneKite"}
    expected = [" ".join(row["paper"]["title"].split()) for row in fixture("titles")]
    for before, after in lost.items():
        expected = [title.replace(before, after) for title in expected]
    titles = [paper.title for paper in papers("titles")]
    assert titles == expected
    assert max(map(len, titles)) > 200
    assert not any("\n" in title for title in titles)


def test_a_row_of_2024_without_thumbnail_has_its_picture_from_the_singular_field() -> None:
    (paper,) = papers("old_form")
    assert paper.thumbnail == "https://pictures.example/kite.png"
    assert paper.published_at is not None
    assert paper.published_at.hour == 10, "the paper's own time, not the row's shifted one"


def test_a_thumbnail_wins_over_the_singular_field() -> None:
    row = GOOD | {"thumbnail": "https://pictures.example/new.png", "mediaUrl": "https://pictures.example/old.png"}
    assert rows.read([row]).papers[0].thumbnail == "https://pictures.example/new.png"


@pytest.mark.parametrize("name", ["old_form", "titles", "withdrawn", "media", "many_authors"])
def test_what_a_row_does_not_carry_is_not_odd(name: str) -> None:
    listing = rows.read(fixture(name))
    assert listing.refused == ()
    assert listing.odd_fields == ()


def test_a_repeated_id_counts_once_where_it_stands_first() -> None:
    listing = rows.read(fixture("repeated"))
    assert [(paper.id, paper.upvotes) for paper in listing.papers] == [("2602.00001", 9), ("2602.00002", 5)]
    assert listing.refused == ()


def test_a_refused_row_does_not_hide_a_good_one_of_the_same_id() -> None:
    listing = rows.read([{"paper": {"id": "2602.00001"}}, GOOD])
    assert [paper.title for paper in listing.papers] == ["A Good Row"]
    assert [(row.index, row.paper) for row in listing.refused] == [(0, "2602.00001")]


def test_all_of_more_than_a_hundred_authors_are_kept_in_order() -> None:
    (paper,) = papers("many_authors")
    assert len(paper.authors) == 110
    assert (paper.authors[0], paper.authors[-1]) == ("Ada Ahn", "Kai Kim")


def test_a_withdrawn_paper_says_when() -> None:
    withdrawn, other = papers("withdrawn")
    assert str(withdrawn.withdrawn_at) == "2026-02-20 08:00:00+00:00"
    assert other.withdrawn_at is None


def test_media_keep_every_http_address_whatever_it_shows() -> None:
    (paper,) = papers("media")
    assert [address.rsplit("/", 1)[1] for address in paper.media] == [
        "kite.mp4",
        "kite.qt",
        "kite.webm",
        "kite.png",
        "kite.GIF?size=2",
    ]


def test_odd_rows_are_refused_by_name_and_the_good_one_stays() -> None:
    listing = rows.read(fixture("odd_rows"))
    assert [paper.id for paper in listing.papers] == ["2602.00007"]
    assert [(row.index, row.paper, row.field, row.reason) for row in listing.refused] == [
        *((index, None, "paper", "is not an object") for index in range(8)),
        (8, None, "paper.id", "is missing"),
        (9, "2602.00002", "paper.title", "is missing"),
        (10, "2602.00003", "paper.title", "is not text"),
        (11, "2602.00004", "paper.title", "is empty"),
        (12, "../x", "paper.id", "is not an arXiv id"),
        (13, None, "paper.id", "is not an arXiv id"),
        (14, "2602.00006/", "paper.id", "is not an arXiv id"),
        (15, "", "paper.id", "is not an arXiv id"),
    ]
    assert listing.refused[12].value == "'../x'"


def test_odd_fields_cost_themselves_and_are_named() -> None:
    listing = rows.read(fixture("odd_fields"))
    assert listing.refused == ()
    assert len(listing.papers) == 10
    named: dict[str, list[str]] = {}
    for odd in listing.odd_fields:
        named.setdefault(odd.paper, []).append(odd.field)
    assert named == {
        "2602.00001": ["paper.upvotes"],
        "2602.00002": ["paper.upvotes"],
        "2602.00003": ["paper.upvotes"],
        "2602.00004": ["paper.upvotes"],
        "2602.00005": ["paper.projectPage"],
        "2602.00006": ["paper.githubRepo", "paper.projectPage"],
        "2602.00009": [
            "paper.summary",
            "paper.publishedAt",
            "paper.withdrawnAt",
            "paper.authors",
            "paper.upvotes",
            "numComments",
            "paper.githubRepo",
            "paper.githubStars",
            "paper.projectPage",
            "thumbnail",
            "paper.mediaUrls",
            "paper.ai_summary",
            "paper.ai_keywords",
        ],
    }
    assert all(paper.upvotes == 0 for paper in listing.papers[:4])
    assert [paper.comments for paper in listing.papers[:8]] == [1] * 8, "the other fields of the row are kept"


def test_odd_elements_of_a_list_cost_themselves() -> None:
    paper = papers("odd_fields")[9]
    assert paper.authors == ("Kim Ha-neul",)
    assert paper.keywords == ("kites",)
    assert paper.media == ("https://pictures.example/kite.png",)


def test_half_characters_and_control_characters_do_not_reach_a_text() -> None:
    half, control = papers("odd_fields")[6:8]
    assert half.title == "Half a ?"
    assert half.authors == ("?",)
    assert control.title == "Control Char acters"
    assert control.abstract == "One two three"


@pytest.mark.parametrize(
    "address",
    [
        "kite.example/two",
        "//kite.example/two",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://kite.example/",
        "file:///etc/passwd",
        "https://",
        "https:///two",
        "https://[::1",
        "https://kite.example/a b",
        "https://kite.example/\n.png",
        f"https://kite.example/{'x' * 2000}",
        "",
    ],
)
def test_an_address_that_is_not_http_is_left_out(address: str) -> None:
    (paper,) = rows.read([{"paper": GOOD["paper"] | {"projectPage": address}}]).papers
    assert paper.project_page is None


@pytest.mark.parametrize(
    "paper_id",
    [
        *("2602.00001\n", " 2602.00001", "２６０２.00001", "2602.1", "2602.000001", "2602.00001v", "cs/06010011"),
        *("CS/0601001", "cs//0601001", "cs/0601001/x", "a/../1", "..", "https://arxiv.org/abs/2602.00001"),
    ],
)
def test_an_id_that_could_name_another_key_or_page_is_refused(paper_id: str) -> None:
    listing = rows.read([{"paper": {"id": paper_id, "title": "A Kite"}}, GOOD])
    assert [paper.title for paper in listing.papers] == ["A Good Row"]
    assert [row.field for row in listing.refused] == ["paper.id"]


@pytest.mark.parametrize("paper_id", ["2602.00001", "0704.0001", "cs/0601001", "math.GT/0309136"])
def test_ids_of_both_forms_are_taken(paper_id: str) -> None:
    assert [paper.id for paper in rows.read([{"paper": {"id": paper_id, "title": "A Kite"}}]).papers] == [paper_id]


def test_two_versions_of_a_paper_are_one() -> None:
    listed = [{"paper": {"id": each, "title": "A Kite"}} for each in ("2602.00001v2", "2602.00001", "cs/0601001v1")]
    assert [paper.id for paper in rows.read(listed).papers] == ["2602.00001", "cs/0601001"]


@pytest.mark.parametrize("paper_id", ["2602.00001v" + "1" * 2000, "a" * 2000 + "/0601001"], ids=["version", "archive"])
def test_an_id_that_is_too_long_for_a_key_is_refused(paper_id: str) -> None:
    assert rows.read([{"paper": {"id": paper_id, "title": "A Kite"}}]).papers == ()


def test_a_value_that_is_shown_is_cut() -> None:
    listing = rows.read(
        [{"paper": GOOD["paper"] | {"upvotes": "x" * 9999}}, ["x" * 9999], {"paper": {"id": "y" * 9999}}]
    )
    assert len(listing.odd_fields[0].value) == 200
    assert [len(row.value) for row in listing.refused] == [200, 200]
    assert len(listing.refused[1].paper or "") == 200


def test_a_text_without_end_is_refused_or_left_out() -> None:
    long_title = {"paper": {"id": "2602.00002", "title": "x" * 300_000}}
    long_abstract = {"paper": GOOD["paper"] | {"summary": "x" * 300_000}}
    listing = rows.read([long_title, long_abstract])
    assert [(row.paper, row.field) for row in listing.refused] == [("2602.00002", "paper.title")]
    assert [(paper.title, paper.abstract) for paper in listing.papers] == [("A Good Row", "")]


def test_no_rows_are_an_empty_list() -> None:
    assert rows.read([]) == ((), (), ())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://github.com/flyers/\nkite", "https://github.com/flyers/kite"),
        ("https://github.com/flyers/kite\n", "https://github.com/flyers/kite"),
        ("https://github.com/flyers/\r\n  kite", "https://github.com/flyers/kite"),
        ("https://github.com/flyers/kite\nhttps://github.com/flyers/wind", "https://github.com/flyers/kite"),
        ("https://github.com/flyers/kite, https://github.com/flyers/wind", "https://github.com/flyers/kite"),
        ("https://github.com/flyers/kite and https://github.com/flyers/wind", "https://github.com/flyers/kite"),
        ("https://github.com/flyers/kitehttps://github.com/flyers/wind", "https://github.com/flyers/kite"),
        ("https://github.com/flyers/kite.", "https://github.com/flyers/kite"),
    ],
)
def test_a_repository_keeps_its_link_whatever_stands_around_it(value: str, expected: str) -> None:
    (paper,) = rows.read([{"paper": GOOD["paper"] | {"githubRepo": value}}]).papers
    assert paper.code == expected


@pytest.mark.parametrize("ending", [".", ",", ";", ".,"])
def test_a_project_page_loses_the_punctuation_of_its_sentence(ending: str) -> None:
    (paper,) = rows.read([{"paper": GOOD["paper"] | {"projectPage": f"https://kite.example/two{ending}"}}]).papers
    assert paper.project_page == "https://kite.example/two"


def test_an_abstract_has_at_most_4000_characters_and_ends_after_a_word() -> None:
    (paper,) = rows.read([{"paper": GOOD["paper"] | {"summary": "kites " * 1000}}]).papers
    assert len(paper.abstract) == 3995
    assert paper.abstract.endswith(" kites")


def test_a_paper_has_at_most_500_authors_and_50_pictures() -> None:
    many = {"authors": [{"name": f"Kim {n}"} for n in range(900)], "mediaUrls": ["https://kite.example/a.png"] * 90}
    (paper,) = rows.read([{"paper": GOOD["paper"] | many}]).papers
    assert (len(paper.authors), len(paper.media)) == (500, 50)
    assert paper.authors[-1] == "Kim 499"


def test_a_sentence_of_hugging_face_that_is_too_long_is_cut_and_not_lost() -> None:
    (paper,) = rows.read([{"paper": GOOD["paper"] | {"ai_summary": "It flies. " * 150}}]).papers
    assert len(paper.summary or "") == 1499


def test_title_abstract_sentence_and_authors_have_their_lost_latex() -> None:
    row = {
        "title": r"KiteNet^2: texttt{F}ast",
        "summary": r"\method flies 6times faster (sim5x).",
        "ai_summary": r"A 360^circ view.",
        "authors": [{"name": r"Peter St\ütz"}],
    }
    (paper,) = rows.read([{"paper": GOOD["paper"] | row}]).papers
    assert paper.title == "KiteNet²: Fast"
    assert paper.abstract == "KiteNet² flies 6× faster (~5x)."
    assert paper.summary == "A 360° view."
    assert paper.authors == ("Peter Stütz",)

"""What `make digest` was asked, and the one line that names what is wrong."""

from pathlib import Path

import pytest

from local.arguments import LOCAL, UsageError, Wish, parameters_of, read
from local.sample.stored import SAMPLE_DAY
from shared.model.span import Day, parse
from tests.factories.places import ROOT

# make hands over every option, empty where it was not given
NOTHING = dict.fromkeys(("day", "week", "month", "listing", "model", "sources"), "") | {"out": "out"}


def asked(parameters: str = "", **given: str) -> Wish:
    return read(NOTHING | given, parameters_of(parameters))


@pytest.fixture
def listing(tmp_path: Path) -> str:
    file = tmp_path / "list of a day.json"
    file.write_text("[]")
    return str(file)


@pytest.mark.parametrize("given", [{}, NOTHING])
def test_without_options_it_is_the_bundled_sample_day_in_two_languages(given: dict[str, str]) -> None:
    wish = read(given)
    assert wish.sample
    assert wish.day == Day(SAMPLE_DAY)
    assert wish.listing is not None
    assert wish.listing.is_file()
    assert wish.sample_analyses
    assert wish.parameters == LOCAL | {"Languages": "ko,en", "Sources": "none"}
    assert wish.out == Path("out")


def test_a_day_is_read_from_the_live_list() -> None:
    assert asked(day="2026-02-20") == Wish(Day.parse("2026-02-20"), None, Path("out"), LOCAL)


def test_a_laptop_asks_no_model_unless_it_is_told_to() -> None:
    assert asked(day="2026-02-20").parameters["Model"] == "draft"
    assert asked(day="2026-02-20", model="openai:small").parameters["Model"] == "openai:small"
    assert asked(day="2026-02-20", parameters="ModelSeconds=60").parameters["ModelSeconds"] == "60"


def test_latest_leaves_the_day_open() -> None:
    assert asked(day="latest").day is None
    assert not asked(day="latest").sample


def test_a_week_or_a_month_is_made_of_the_days_that_out_has(listing: str) -> None:
    assert asked(week="2026-W08").day == parse("2026-W08")
    assert not asked(month="2026-02").sample
    recorded = asked(month="2026-02", listing=listing)
    assert (recorded.day, recorded.listing) == (parse("2026-02"), Path(listing))


def test_a_recorded_answer_is_taken_for_its_day(listing: str) -> None:
    wish = asked(day="2026-02-20", listing=listing)
    assert (wish.day, wish.listing, wish.sample) == (Day.parse("2026-02-20"), Path(listing), False)


def test_a_recorded_answer_asks_no_source_unless_told_to(listing: str) -> None:
    recorded = {"day": "2026-02-20", "listing": listing}
    assert asked(**recorded).parameters["Sources"] == "none"
    assert asked(**recorded, sources="all").parameters["Sources"] == "arxiv,github,huggingface,text,pictures"
    assert asked(**recorded, parameters="Sources=github").parameters["Sources"] == "github"
    assert asked(sources="arxiv,github").parameters["Sources"] == "arxiv,github"
    assert "Sources" not in asked(day="2026-02-20").parameters, "a live day has the template's default"


def test_a_model_wins_over_the_same_parameter_and_over_the_sample() -> None:
    wish = asked(model="draft", parameters="Model=openai:small")
    assert wish.parameters["Model"] == "draft"
    assert (wish.sample, wish.sample_analyses) == (True, False)
    assert asked(model="draft").parameters["Model"] == "draft"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Languages=ko", {"Languages": "ko"}),
        ("Languages=ko,en TopPapers=3", {"Languages": "ko,en", "TopPapers": "3"}),
        ("Author='Kim Ha-neul'", {"Author": "Kim Ha-neul"}),
        ('BlogTitle="연 = kite"', {"BlogTitle": "연 = kite"}),
        ("ReaderEmail=", {"ReaderEmail": ""}),
        ("SiteUrl=https://x.example/?a=b", {"SiteUrl": "https://x.example/?a=b"}),
        ("  ", {}),
    ],
)
def test_parameters_are_pairs_and_a_value_with_blanks_stands_in_quotes(text: str, expected: dict[str, str]) -> None:
    assert asked(day="latest", parameters=text).parameters == LOCAL | expected


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"day": "yesterday"}, "DAY: 'yesterday' is neither a date such as 2026-02-20 nor latest"),
        ({"day": "2026-02-30"}, "DAY: '2026-02-30' is neither a date such as 2026-02-20 nor latest"),
        ({"day": "20.02.2026"}, "DAY: '20.02.2026' is neither a date such as 2026-02-20 nor latest"),
        ({"day": "Latest"}, "DAY: 'Latest' is neither a date such as 2026-02-20 nor latest"),
        ({"day": "2026-02-20", "listing": "/nowhere.json"}, "LISTING: there is no file '/nowhere.json'"),
        ({"day": "2026-02-20", "listing": "/"}, "LISTING: there is no file '/'"),
        ({"listing": "x.json"}, "DAY: LISTING=x.json needs the day that it is of, such as DAY=2026-02-20"),
        ({"day": "latest", "listing": "x"}, "DAY: LISTING=x needs the day that it is of, such as DAY=2026-02-20"),
        ({"day": "2026-W08"}, "DAY: '2026-W08' is neither a date such as 2026-02-20 nor latest"),
        ({"week": "2026-08"}, "WEEK: '2026-08' is not a week such as 2026-W08"),
        ({"month": "2026-W08"}, "MONTH: '2026-W08' is not a month such as 2026-02"),
        ({"week": "2026-W08", "month": "2026-02"}, "WEEK and MONTH: only one of them can be made"),
        ({"day": "latest", "week": "2026-W08"}, "DAY and WEEK: only one of them can be made"),
        ({"parameters": "Languages"}, "PARAMETERS: 'Languages' is not Name=value"),
        ({"parameters": "Author=Kim Ha-neul"}, "PARAMETERS: 'Ha-neul' is not Name=value"),
        ({"parameters": "Author='Kim"}, 'PARAMETERS: No closing quotation, got "Author=\'Kim"'),
    ],
)
def test_a_bad_argument_is_one_line_that_names_it(given: dict[str, str], line: str) -> None:
    with pytest.raises(UsageError) as raised:
        asked(**given)
    assert str(raised.value) == line


@pytest.mark.parametrize("out", ["", "pyproject.toml"])
def test_an_out_that_is_no_folder_of_its_own_is_refused(out: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(UsageError, match=r"^OUT: "):
        asked(out=out)

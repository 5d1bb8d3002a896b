"""The bundled sample day: a small list that holds the traps, and analyses that say no more than it does."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from local.sample import stored
from local.sample.stored import SAMPLE_DAY, analyses
from shared.model.analysis import Analysis, Statement
from shared.store import keys
from tests.factories.places import ROOT

REPOSITORY = ROOT
RECORDED = REPOSITORY.parent / "shared" / "data" / "huggingface"
LISTING: list[dict[str, Any]] = json.loads((REPOSITORY / "local" / "sample" / "listing.json").read_text("utf-8"))
PAPERS: dict[str, dict[str, Any]] = {row["paper"]["id"]: row["paper"] for row in LISTING}
LANGUAGES = ("ko", "en")
BEST = 10
SHINGLE_WORDS = 8

each_language = pytest.mark.parametrize("language", LANGUAGES)
needs_recorded_answers = pytest.mark.skipif(
    not RECORDED.is_dir(), reason="the recorded answers are not beside the repo"
)


def recorded_papers(pattern: str = "**/*.json") -> Iterator[dict[str, Any]]:
    for path in sorted(RECORDED.glob(pattern)):
        yield from (row["paper"] for row in json.loads(path.read_text("utf-8")))


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + SHINGLE_WORDS]) for start in range(len(words) - SHINGLE_WORDS + 1)}


def prose(analysis: Analysis) -> list[Statement]:
    return [part for part in (analysis.one_line, analysis.developer_view, analysis.detail) if part]


def statements(analysis: Analysis) -> list[Statement]:
    return [*prose(analysis), *analysis.key_points, *analysis.practice_ideas, *analysis.risks]


def reasons(analysis: Analysis) -> list[str]:
    return [reason for graded in (analysis.difficulty, analysis.reliability) if graded for reason in graded.reasons]


def list_items(analysis: Analysis) -> list[str]:
    points = [item.text for item in (*analysis.key_points, *analysis.practice_ideas, *analysis.risks)]
    stated = [resource.text for resource in analysis.availability] + [number.measures for number in analysis.numbers]
    return points + stated + reasons(analysis)


def all_texts(analysis: Analysis) -> list[str]:
    values = [number.value for number in analysis.numbers]
    return [statement.text for statement in statements(analysis)] + list_items(analysis) + values


def fields(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield name, part
            yield from fields(part)
    elif isinstance(value, list):
        for part in value:
            yield from fields(part)


def test_the_list_has_twelve_papers_in_the_order_of_the_endpoint() -> None:
    order = [(paper["upvotes"], paper["publishedAt"]) for paper in PAPERS.values()]
    assert len(PAPERS) == len(LISTING) == 12
    assert order == sorted(order, reverse=True)


def test_the_list_holds_the_traps() -> None:
    assert "organization" not in PAPERS["2602.16968"]
    assert PAPERS["2602.15922"]["mediaUrls"][0].endswith(".mp4")
    assert len(PAPERS["2602.16855"]["mediaUrls"]) == 2
    assert "2^{128}" in PAPERS["2602.14178"]["title"]
    assert PAPERS["2602.15569"]["title"].startswith('"')


def test_every_paper_of_the_list_has_pictures() -> None:
    pictures = REPOSITORY / "local" / "sample" / "pictures"
    assert {folder.name for folder in pictures.iterdir() if any(folder.iterdir())} == PAPERS.keys()


def test_every_abstract_is_a_paraphrase_that_says_so() -> None:
    for row in LISTING:
        assert row["paper"]["paraphrased"] is True
        assert row["summary"] == row["paper"]["summary"]
        assert 80 <= len(row["paper"]["summary"].split()) <= 160


def test_the_list_names_no_person_but_the_authors_and_no_sentence_of_hugging_face() -> None:
    found = dict(fields(LISTING))
    assert found.keys().isdisjoint({"user", "avatar", "avatarUrl", "submittedBy", "submittedOnDailyBy", "ai_summary"})


@needs_recorded_answers
def test_ids_titles_names_votes_and_addresses_are_real() -> None:
    recorded = {paper["id"]: paper for paper in recorded_papers("*.json") if paper["id"] in PAPERS}
    same = ("title", "publishedAt", "upvotes", "projectPage", "githubRepo", "githubStars", "mediaUrls", "ai_keywords")
    for paper_id, paper in PAPERS.items():
        real = recorded[paper_id]
        assert [paper.get(field) for field in same] == [real.get(field) for field in same]
        assert [author["name"] for author in paper["authors"]] == [author["name"] for author in real["authors"]]
        assert paper.get("organization", {}).get("fullname") == real.get("organization", {}).get("fullname")


@needs_recorded_answers
def test_no_text_of_ours_has_eight_words_running_of_a_recorded_abstract() -> None:
    real = set[tuple[str, ...]]()
    for paper in recorded_papers():
        real |= shingles(paper.get("summary", "")) | shingles(paper.get("ai_summary", ""))
    ours = [paper["summary"] for paper in PAPERS.values()]
    ours += [text for analysis in analyses("en").values() for text in all_texts(analysis)]
    assert [text for text in ours if shingles(text) & real] == []


@needs_recorded_answers
def test_every_number_of_a_paraphrase_is_in_the_real_abstract_or_title() -> None:
    for real in recorded_papers():
        if ours := PAPERS.get(real["id"]):
            assert numbers(ours["summary"]) <= numbers(f"{real['title']} {real['summary']}"), real["id"]


@each_language
def test_every_paper_has_an_analysis_and_the_ten_best_a_complete_one(language: str) -> None:
    for place, (paper_id, analysis) in enumerate(analyses(language).items(), start=1):
        assert [bool(point.role and point.sources) for point in analysis.key_points] == [True] * 3, paper_id
        assert analysis.tags
        complete = bool(analysis.developer_view and analysis.difficulty and analysis.reliability and analysis.detail)
        assert complete == (place <= BEST), paper_id
        assert (len(analysis.practice_ideas) in (2, 3)) == (place <= BEST), paper_id
        assert (len(analysis.risks) in (1, 2, 3)) == (place <= BEST), paper_id


@each_language
def test_every_source_stands_in_the_paraphrase_word_for_word(language: str) -> None:
    for paper_id, analysis in analyses(language).items():
        abstract = PAPERS[paper_id]["summary"]
        sources = [source for statement in statements(analysis) for source in statement.sources]
        assert [source for source in sources if source not in abstract] == []
        for number in analysis.numbers:
            assert number.source in abstract
            assert set(re.findall(r"\d+(?:\.\d+)?", number.value)) <= set(re.findall(r"\d+(?:\.\d+)?", number.source))


@each_language
def test_every_number_of_an_analysis_is_in_the_paraphrase_or_the_title(language: str) -> None:
    for paper_id, analysis in analyses(language).items():
        known = numbers(f"{PAPERS[paper_id]['title']} {PAPERS[paper_id]['summary']}")
        assert [text for text in all_texts(analysis) if not numbers(text) <= known] == []


@each_language
def test_every_address_of_an_analysis_is_in_the_list(language: str) -> None:
    listed = {address.rstrip(".") for address in re.findall(r'https://[^\s"]+', json.dumps(LISTING))}
    for analysis in analyses(language).values():
        assert all(found.address in listed for found in analysis.availability if found.address)


@each_language
def test_every_field_of_the_stored_analyses_is_one_that_the_value_has(language: str) -> None:
    contents = json.loads((stored.ANALYSES / f"{language}.json").read_text("utf-8"))
    read = {name for analysis in analyses(language).values() for name, _ in fields(analysis.model_dump(mode="json"))}
    assert {name for content in contents.values() for name, _ in fields(content)} <= read


def test_grades_are_the_same_in_both_languages_and_not_the_same_for_all_papers() -> None:
    grades = {
        language: [(a.difficulty and a.difficulty.grade, a.reliability and a.reliability.grade) for a in found.values()]
        for language, found in ((language, analyses(language)) for language in LANGUAGES)
    }
    assert grades["ko"] == grades["en"]
    assert {difficulty for difficulty, _ in grades["ko"]} >= {"low", "medium", "high"}
    assert {reliability for _, reliability in grades["ko"]} >= {"unknown", "medium", "high"}


def test_tags_are_the_same_in_both_languages() -> None:
    korean, english = analyses("ko"), analyses("en")
    assert {paper_id: korean[paper_id].tags for paper_id in PAPERS} == {
        paper_id: english[paper_id].tags for paper_id in PAPERS
    }


def test_korean_is_written_in_one_register() -> None:
    for analysis in analyses("ko").values():
        for text in all_texts(analysis):
            assert not re.search(r"니다\b|세요\b|[–—]| - ", text), text
        assert [part.text for part in prose(analysis) if not part.text.endswith("다.")] == []
        assert [item for item in list_items(analysis) if item.endswith(("다", "."))] == []


def test_an_analysis_says_that_it_is_the_sample_and_cost_nothing() -> None:
    provenance = analyses("en")["2602.13515"].provenance
    assert (provenance.source, provenance.prompt_version, provenance.made_at) == ("sample", "sample.1", None)
    assert (provenance.text_read, provenance.cost_usd) == ("abstract", 0.0)


def test_what_the_day_has_already_is_left_as_it_is(tmp_path: Path) -> None:
    of_a_model = tmp_path / keys.summary(SAMPLE_DAY, "ko", "2602.13515")
    of_a_model.parent.mkdir(parents=True)
    of_a_model.write_text("a model's")
    stored.write(tmp_path, ["ko", "xx"])
    assert of_a_model.read_text() == "a model's"
    assert len(list((tmp_path / keys.summaries(SAMPLE_DAY)).rglob("*.json"))) == 12
    other = of_a_model.with_name("2602.14178.json").read_bytes()
    assert Analysis.model_validate_json(other) == analyses("ko")["2602.14178"]

"""The digest of a day, put together from what lies in the bucket."""

from datetime import timedelta
from typing import Any

import pytest

from functions.publish.model.assembly import Content, assemble, sources
from functions.publish.model.closing import Close, DayState
from functions.publish.model.digest import Digest, Missing, Theme
from functions.publish.publish import fingerprint_of
from functions.publish.settings import SiteConfig
from shared.model.analysis import Analysis
from shared.model.facts import EnrichedPaper, Facts
from shared.model.interests import parse
from shared.model.manifest import ListedPaper, Manifest, RefusedRow
from shared.model.paper import Paper
from shared.store import keys
from tests.factories.days import FRIDAY, MORNING, ONE, THREE, TWO, analysis, manifest, paper

COMPLETE = Close(status="complete", missing={})
EDITION = SiteConfig(languages=("ko",))
EVENING = MORNING + timedelta(hours=11)


def state(*manifests: Manifest, **changes: Any) -> DayState:
    about = {"day": FRIDAY, "manifests": manifests, "enriched": {}, "summaries": {}, "failures": {}} | changes
    return DayState(**about)


def assembled(*manifests: Manifest, ranked_at: Any = None, close: Close = COMPLETE, **known: Any) -> Digest:
    content = Content(**({"enriched": {}, "analyses": {}} | known))
    return assemble(state(*manifests), "ko", close, content, ranked_at)


def order(digest: Digest) -> list[tuple[int, str, int, bool]]:
    return [(each.rank, each.id, each.upvotes, each.late) for each in digest.papers]


def test_the_papers_stand_in_the_order_of_the_read() -> None:
    assert order(assembled(manifest([paper(TWO, 9), paper(ONE, 5)]))) == [(1, TWO, 9, False), (2, ONE, 5, False)]


def test_the_first_published_ranking_stays_with_the_newest_votes_and_what_came_later_follows() -> None:
    evening = manifest([paper(THREE, 99), paper(ONE, 50), paper(TWO, 10)], EVENING)
    digest = assembled(evening, manifest([paper(TWO, 9), paper(ONE, 5)]), ranked_at=MORNING)
    assert order(digest) == [(1, TWO, 10, False), (2, ONE, 50, False), (3, THREE, 99, True)]
    assert (digest.ranked_at, digest.read_at) == (MORNING, EVENING)


def test_before_anything_was_published_the_newest_ranking_counts() -> None:
    evening = manifest([paper(ONE, 50), paper(TWO, 10)], EVENING)
    digest = assembled(manifest([paper(TWO, 9), paper(ONE, 5)]), evening)
    assert order(digest) == [(1, ONE, 50, False), (2, TWO, 10, False)]


def test_late_papers_of_several_reads_stand_in_the_order_in_which_they_came() -> None:
    noon = manifest([paper(ONE, 5), paper(THREE, 1)], MORNING + timedelta(hours=3))
    evening = manifest([paper(TWO, 99), paper(ONE, 5)], EVENING)
    digest = assembled(manifest([paper(ONE, 5)]), noon, evening, ranked_at=MORNING)
    assert [each.id for each in digest.papers] == [ONE, THREE, TWO]


def test_late_papers_keep_their_places_when_a_later_read_lists_them_again() -> None:
    reads = [
        manifest([paper(ONE, 5)]),
        manifest([paper(THREE, 1), paper(ONE, 5)], MORNING + timedelta(hours=3)),
        manifest([paper(TWO, 99), paper(ONE, 5)], EVENING),
        manifest([paper(TWO, 99), paper(THREE, 7)], EVENING + timedelta(hours=20)),
    ]
    for known in (reads[:3], reads):
        assert [each.id for each in assembled(*known, ranked_at=MORNING).papers] == [ONE, THREE, TWO]


def test_a_paper_that_left_the_list_keeps_its_place_and_its_last_votes() -> None:
    digest = assembled(manifest([paper(TWO, 9), paper(ONE, 5)]), manifest([paper(ONE, 6)], EVENING), ranked_at=MORNING)
    assert order(digest) == [(1, TWO, 9, False), (2, ONE, 6, False)]


def test_an_empty_read_after_a_full_one_changes_no_place() -> None:
    digest = assembled(manifest([paper(ONE, 5)]), manifest([], EVENING), ranked_at=MORNING)
    assert order(digest) == [(1, ONE, 5, False)]
    assert digest.read_at == EVENING


@pytest.mark.parametrize("ranked_at", [MORNING, MORNING - timedelta(days=1)])
def test_a_ranking_that_is_empty_or_gone_is_replaced_by_the_newest_with_papers(ranked_at: Any) -> None:
    digest = assembled(manifest([]), manifest([paper(ONE, 5)], EVENING), ranked_at=ranked_at)
    assert order(digest) == [(1, ONE, 5, False)]
    assert digest.ranked_at == EVENING


def test_a_day_without_papers_is_a_digest_without_papers() -> None:
    digest = assembled(manifest([]), close=Close(status="empty", missing={}))
    assert (digest.status, digest.papers, digest.listed, digest.themes, digest.cost_usd) == ("empty", (), 0, (), 0)


def test_the_analysis_is_shown_with_where_it_came_from() -> None:
    made = analysis(0.01)
    (shown,) = assembled(manifest([paper(ONE)]), analyses={ONE: made}).papers
    assert (shown.analysis, shown.source, shown.provenance) == (made, "model", made.provenance)


def test_a_paper_without_an_analysis_has_a_draft_and_keeps_its_place_with_the_reason() -> None:
    close = Close(status="deadline", missing={TWO: "failed", ONE: "deadline"})
    digest = assembled(manifest([paper(ONE), paper(TWO), paper(THREE)]), close=close, analyses={THREE: analysis()})
    assert [each.source for each in digest.papers] == ["draft", "draft", "model"]
    assert digest.missing == (
        Missing(id=ONE, title=f"Paper {ONE}", reason="deadline"),
        Missing(id=TWO, title=f"Paper {TWO}", reason="failed"),
    )
    assert digest.status == "deadline"


def test_a_paper_without_an_abstract_has_no_draft() -> None:
    (shown,) = assembled(manifest([paper(ONE, abstract="")])).papers
    assert (shown.analysis, shown.source, shown.provenance) == (None, "none", None)


def test_what_cannot_be_read_counts_as_failed() -> None:
    digest = assembled(manifest([paper(ONE), paper(TWO)]), unreadable=(TWO,), analyses={ONE: analysis()})
    assert [(each.id, each.reason) for each in digest.missing] == [(TWO, "failed")]


def test_stored_facts_win_over_the_rows_and_votes_and_title_are_the_rows() -> None:
    stored = EnrichedPaper(id=ONE, title="Old", facts=Facts(abstract="Stored.", organisation="Kite Laboratory"))
    (shown,) = assembled(manifest([paper(ONE, 7, title="New")]), enriched={ONE: stored}).papers
    assert (shown.facts.abstract, shown.facts.organisation) == ("Stored.", "Kite Laboratory")
    assert (shown.title, shown.upvotes) == ("New", 7)


def test_themes_are_the_tags_that_most_papers_carry_equal_ones_by_name() -> None:
    tags = {ONE: ("RAG", "Agent"), TWO: ("Agent", "Zoo"), THREE: ("Agent", "Video", "Audio", "Math")}
    made = {paper_id: analysis(tags=each) for paper_id, each in tags.items()}
    digest = assembled(manifest([paper(each) for each in tags]), analyses=made)
    assert digest.themes == (
        Theme(tag="Agent", papers=3),
        *(Theme(tag=tag, papers=1) for tag in ("Audio", "Math", "RAG")),
    )


def test_papers_with_code_are_counted() -> None:
    rows = [paper(ONE, code="https://github.com/kite/two"), paper(TWO)]
    assert assembled(manifest(rows)).with_code == 1


@pytest.mark.parametrize(
    ("costs", "total"),
    [([], 0.0), ([0.25, 0.5], 0.75), ([0.25, 0.0], 0.25), ([0.25, None], None), ([None, None], None)],
)
def test_the_cost_is_the_sum_and_unknown_where_one_is_unknown(costs: list[float | None], total: float | None) -> None:
    ids = (ONE, TWO)[: len(costs)]
    made: dict[str, Analysis] = {each: analysis(cost) for each, cost in zip(ids, costs, strict=True)}
    assert assembled(manifest([paper(each) for each in ids]), analyses=made).cost_usd == total


def test_refused_rows_and_model_are_the_newest_reads() -> None:
    refused = RefusedRow(index=0, paper=None, field="paper", value="None", reason="is not an object")
    evening = manifest([paper(ONE)], EVENING, refused=(refused,), model="newer")
    digest = assembled(evening, manifest([paper(ONE)], model="older"))
    assert (digest.refused_rows, digest.model) == ((refused,), "newer")


KO, EN = (keys.summary(FRIDAY, language, ONE) for language in ("ko", "en"))
FACTS = keys.enriched(FRIDAY, ONE)
FAILURE = keys.failure(FRIDAY, "summarize", ONE, "ko")
MORNING_READ, EVENING_READ = manifest([paper(ONE)]), manifest([paper(ONE)], EVENING)
BASE = state(MORNING_READ, EVENING_READ, enriched={FACTS: "a"}, summaries={KO: "a"})
KNOWN = fingerprint_of(sources(BASE, "ko", COMPLETE), EDITION)


@pytest.mark.parametrize(
    "other",
    [
        state(EVENING_READ, MORNING_READ, enriched={FACTS: "a"}, summaries={KO: "a"}),
        state(MORNING_READ, EVENING_READ, enriched={FACTS: "a"}, summaries={EN: "a", KO: "a"}),
        state(MORNING_READ, EVENING_READ, enriched={FACTS: "a"}, summaries={KO: "a"}, failures={FAILURE: "a"}),
    ],
    ids=["order of the reads", "another language", "a failure that was made up for"],
)
def test_what_a_digest_does_not_follow_from_makes_no_new_one(other: DayState) -> None:
    assert fingerprint_of(sources(other, "ko", COMPLETE), EDITION) == KNOWN


@pytest.mark.parametrize(
    ("other", "close", "config"),
    [
        (state(MORNING_READ, enriched={FACTS: "a"}, summaries={KO: "a"}), COMPLETE, EDITION),
        (state(MORNING_READ, EVENING_READ, enriched={FACTS: "b"}, summaries={KO: "a"}), COMPLETE, EDITION),
        (state(MORNING_READ, EVENING_READ, enriched={FACTS: "a"}, summaries={KO: "b"}), COMPLETE, EDITION),
        (state(MORNING_READ, EVENING_READ, enriched={FACTS: "a"}, summaries={}), COMPLETE, EDITION),
        (BASE, Close(status="deadline", missing={}), EDITION),
        (BASE, Close(status="complete", missing={ONE: "failed"}), EDITION),
        (BASE, Close(status="complete", missing={ONE: "deadline"}), EDITION),
        (BASE, COMPLETE, SiteConfig(languages=("ko",), author="someone")),
        (BASE, COMPLETE, SiteConfig(languages=("ko", "en"))),
    ],
    ids=["a read", "facts", "an analysis", "no analysis", "status", "missing", "reason", "author", "languages"],
)
def test_whatever_a_digest_follows_from_makes_a_new_one(other: DayState, close: Close, config: SiteConfig) -> None:
    assert fingerprint_of(sources(other, "ko", close), config) != KNOWN


def test_the_same_papers_missing_in_another_order_are_the_same() -> None:
    both = (Close(status="complete", missing={ONE: "failed", TWO: "failed"}),)
    turned = Close(status="complete", missing={TWO: "failed", ONE: "failed"})
    assert fingerprint_of(sources(BASE, "ko", both[0]), EDITION) == fingerprint_of(sources(BASE, "ko", turned), EDITION)


def test_fetch_decides_which_papers_are_of_interest_and_a_tag_of_the_model_only_marks() -> None:
    rows = (
        ListedPaper(rank=1, plan="full", paper=paper(TWO, 9), interests=()),
        ListedPaper(rank=2, plan="full", paper=paper(ONE, 5), interests=("kites",)),
    )
    read = manifest().model_copy(update={"papers": rows})
    tagged = {each: analysis().model_copy(update={"tags": ("RAG",)}) for each in (ONE, TWO)}
    content = Content(enriched={}, analyses=tagged)
    digest = assemble(state(read), "ko", COMPLETE, content, None, parse("tag:RAG, kites"))
    assert [(each.interests, each.interests_of_model) for each in digest.papers] == [
        ((), ("RAG",)),
        (("kites",), ("RAG",)),
    ]


def test_a_read_of_release_1_0_has_its_interests_decided_by_the_same_words() -> None:
    kite = Paper(id=ONE, title="A Kite", abstract="We study retrieval-augmented generation (RAG).")
    digest = assemble(
        state(manifest([kite])), "ko", COMPLETE, Content(enriched={}, analyses={}), None, parse("tag:RAG, author:x")
    )
    assert digest.papers[0].interests == ("RAG",)

"""The order of a list, and what is planned for each place."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from functions.fetch.plan.budget import Spending, plans
from shared.model.interests import Interest, matching
from shared.model.manifest import ListedPaper, Plan
from shared.model.paper import Paper
from shared.text.vocabulary import tags

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def rank(
    papers: Sequence[Paper],
    papers_in_full: int,
    earlier_plans: Mapping[str, Plan],
    spending: Spending | None = None,
    interests: Sequence[Interest] = (),
    texts: int = 0,
) -> tuple[ListedPaper, ...]:
    """By votes, then time of publication, then id, all descending. A paper keeps the plan of an earlier read."""
    ordered = sorted(papers, key=lambda paper: (paper.upvotes, paper.published_at or _LONG_AGO, paper.id), reverse=True)
    met = [_met(paper, interests) for paper in ordered]
    planned = plans(len(ordered), papers_in_full, spending, {place for place, found in enumerate(met) if found}, texts)
    return tuple(
        ListedPaper(
            rank=place,
            plan=earlier_plans.get(paper.id, planned[place - 1]),
            paper=paper,
            interests=met[place - 1],
        )
        for place, paper in enumerate(ordered, start=1)
    )


def _met(paper: Paper, interests: Sequence[Interest]) -> tuple[str, ...]:
    """The interests that the paper meets by its own words: nobody has analysed it yet."""
    return matching(interests, paper, tags(paper.title, paper.abstract)) if interests else ()

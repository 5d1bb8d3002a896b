"""The order of a list, and what is planned for each place."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from functions.fetch.plan.budget import Spending, plans
from shared.model.facts import facts_from_listing
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
) -> tuple[ListedPaper, ...]:
    """By votes, then time of publication, then id, all descending. A paper keeps the plan of an earlier read."""
    ordered = sorted(papers, key=lambda paper: (paper.upvotes, paper.published_at or _LONG_AGO, paper.id), reverse=True)
    of_interest = {place for place, paper in enumerate(ordered) if _meets(paper, interests)}
    planned = plans(len(ordered), papers_in_full, spending, of_interest)
    return tuple(
        ListedPaper(
            rank=place,
            plan=earlier_plans.get(paper.id, planned[place - 1]),
            paper=paper,
        )
        for place, paper in enumerate(ordered, start=1)
    )


def _meets(paper: Paper, interests: Sequence[Interest]) -> bool:
    """Whether the paper meets an interest, by its own words: nobody has analysed it yet."""
    facts = facts_from_listing(paper)
    return bool(interests and matching(interests, paper.title, facts, tags(paper.title, paper.abstract)))

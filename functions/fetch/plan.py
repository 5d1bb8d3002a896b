"""The order of a list, and what is planned for each place, so that a digest stays within its budget."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from shared.model.interests import Interest, matching
from shared.model.manifest import ListedPaper, Plan
from shared.model.paper import Paper
from shared.model.prices import Price, Usage
from shared.text.vocabulary import tags

FREE_MODELS = ("draft", "sample")
EXPECTED: Mapping[Plan, Usage] = {
    "text": Usage(input_tokens=11_000, output_tokens=2300),
    "full": Usage(input_tokens=1500, output_tokens=1600),
    "short": Usage(input_tokens=950, output_tokens=450),
}
"""Tokens of an analysis: the prompt as `make bench` measures it, an abstract, and an answer of usual length."""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
CHEAPER: Mapping[Plan, Plan] = {"text": "full", "full": "short", "short": "draft"}


class Spending(NamedTuple):
    """What a paper of each plan is expected to cost, and what a digest may cost: USD, or tokens."""

    of: Mapping[Plan, float]
    most: float


def spending(model: str, price: Price | None, languages: int, most_usd: float, most_tokens: int) -> Spending | None:
    """What counts against the budget: USD where the model's price is known, else tokens; nothing for a free model."""
    if model in FREE_MODELS:
        return None
    costs: dict[Plan, float] = {plan: languages * _cost(usage, price) for plan, usage in EXPECTED.items()}
    return Spending({**costs, "draft": 0.0}, most_usd if price else most_tokens)


def _cost(usage: Usage, price: Price | None) -> float:
    """USD, thoughts included; tokens where the price is not known."""
    if price is None:
        return usage.input_tokens + usage.output_tokens
    return price.of(usage.model_copy(update={"output_tokens": usage.output_tokens + price.reasoning}))


def plans(
    papers: int, papers_in_full: int, spending: Spending | None, of_interest: Collection[int] = (), texts: int = 0
) -> tuple[Plan, ...]:
    """The plan of each place, best first: full for the best and for those of interest (0 is first), short for the rest.

    The first `texts` of the full ones are read from their whole text. What exceeds the budget is taken from the last
    places first: whole texts, then short ones become drafts, then full ones short. Those of interest lose last.
    """
    in_full = [place for place in range(papers) if place < papers_in_full or place in of_interest]
    planned: list[Plan] = [
        "text" if place in in_full[:texts] else "full" if place in in_full else "short" for place in range(papers)
    ]
    if spending is None:
        return tuple(planned)
    expected = sum(spending.of[plan] for plan in planned)
    last_first = sorted(range(papers), key=lambda place: (place in of_interest, -place))
    steps: Sequence[Plan] = ("text", "short", "full", "short")
    for step in steps:
        for place in last_first:
            if expected <= spending.most:
                return tuple(planned)
            if planned[place] == step:
                cheaper = CHEAPER[step]
                expected += spending.of[cheaper] - spending.of[step]
                planned[place] = cheaper
    return tuple(planned)


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
    # by the paper's own words: nobody has analysed it yet
    met = [matching(interests, paper, tags(paper.title, paper.abstract)) if interests else () for paper in ordered]
    planned = plans(len(ordered), papers_in_full, spending, {place for place, found in enumerate(met) if found}, texts)
    return tuple(
        ListedPaper(rank=place, plan=earlier_plans.get(paper.id, plan), paper=paper, interests=found)
        for place, (paper, plan, found) in enumerate(zip(ordered, planned, met, strict=True), start=1)
    )

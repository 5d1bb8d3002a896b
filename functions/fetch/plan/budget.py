"""What is planned for each place of a list, so that a digest stays within its budget."""

from collections.abc import Collection, Mapping

from shared.model.frozen import Frozen
from shared.model.manifest import Plan
from shared.model.prices import Price, Usage

FREE_MODELS = ("draft", "sample")
EXPECTED: Mapping[Plan, Usage] = {
    "text": Usage(input_tokens=11_000, output_tokens=2300),
    "full": Usage(input_tokens=1500, output_tokens=1600),
    "short": Usage(input_tokens=950, output_tokens=450),
}
"""Tokens of an analysis: the prompt as `make bench` measures it, an abstract, and an answer of usual length."""
CHEAPER: Mapping[Plan, Plan] = {"text": "full", "full": "short", "short": "draft"}


class Spending(Frozen):
    """What an analysis of each plan is expected to cost, and what a digest may cost: USD, or tokens."""

    text: float
    full: float
    short: float
    most: float

    def of(self, plan: Plan) -> float:
        """What one paper is expected to cost."""
        return {"text": self.text, "full": self.full, "short": self.short, "draft": 0.0}[plan]


def spending(model: str, price: Price | None, languages: int, most_usd: float, most_tokens: int) -> Spending | None:
    """What counts against the budget: USD where the model's price is known, else tokens; nothing for a free model."""
    if model in FREE_MODELS:
        return None
    costs = {plan: languages * _cost(usage, price) for plan, usage in EXPECTED.items()}
    most = most_usd if price else most_tokens
    return Spending(text=costs["text"], full=costs["full"], short=costs["short"], most=most)


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
    expected = sum(map(spending.of, planned))
    last_first = sorted(range(papers), key=lambda place: (place in of_interest, -place))
    for step in ("text", "short", "full", "short"):
        for place in last_first:
            if expected <= spending.most:
                return tuple(planned)
            if planned[place] == step:
                cheaper = CHEAPER[planned[place]]
                expected += spending.of(cheaper) - spending.of(planned[place])
                planned[place] = cheaper
    return tuple(planned)

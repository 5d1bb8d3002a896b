"""What a model's tokens cost."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from shared.model.frozen import Frozen

MILLION = 1_000_000
OPENAI = "https://api.openai.com/"
"""Another server's model of the same name has another price."""


class Usage(Frozen):
    """The tokens of a call, or of several."""

    input_tokens: int
    output_tokens: int
    is_estimated: bool = False
    """Counted from characters, because the model's service did not count or not in numbers."""


class Price(Frozen):
    """USD for a million tokens."""

    input: float
    output: float
    reasoning: int = 0
    """Tokens that the model is expected to think before an answer."""

    def of(self, usage: Usage) -> float:
        """USD for one call."""
        return (usage.input_tokens * self.input + usage.output_tokens * self.output) / MILLION


def price(model: str, given: str = "", base_url: str = OPENAI) -> Price | None:
    """The price that was given as `input/output`, else the one of the table; None where neither knows the model."""
    if given:
        read, written = given.split("/")
        return Price(input=float(read), output=float(written))
    service, _, name = model.partition(":")
    if service == "openai" and not base_url.startswith(OPENAI):
        return None
    listed = _table().get(service, {})
    return listed.get(name) or listed.get(name.partition(".")[2])


def cost(price: Price | None, calls: Iterable[Usage]) -> float | None:
    """USD for some calls; None where the price is not known."""
    return total(price.of(usage) if price else None for usage in calls)


def add(calls: Sequence[Usage]) -> Usage:
    """The tokens of several calls; estimated where one is."""
    return Usage(
        input_tokens=sum(usage.input_tokens for usage in calls),
        output_tokens=sum(usage.output_tokens for usage in calls),
        is_estimated=any(usage.is_estimated for usage in calls),
    )


def total(costs: Iterable[float | None]) -> float | None:
    """The sum of some costs; None where one is not known."""
    known = list(costs)
    return None if None in known else round(sum(cost for cost in known if cost), 8)


@cache
def _table() -> Mapping[str, Mapping[str, Price]]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return {
        service: {name: Price.model_validate(each) for name, each in models.items()}
        for service, models in tomllib.loads(text).items()
        if isinstance(models, dict)
    }

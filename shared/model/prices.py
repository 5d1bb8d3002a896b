"""What a model's tokens cost."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from shared.model.frozen import Frozen

MILLION = 1_000_000
OPENAI = "https://api.openai.com/"
"""Another server's model of the same name has another price."""


class Usage(Frozen):
    """The tokens of one call, as the model's service counted them."""

    input_tokens: int
    output_tokens: int


class Price(Frozen):
    """USD for a million tokens."""

    input: float
    output: float

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


def cost(price: Price | None, calls: Iterable[Usage | None]) -> float | None:
    """USD for some calls; None where the price or the tokens of one are not known."""
    return total(price.of(usage) if price and usage else None for usage in calls)


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

"""What the log says of an attempt."""

from typing import Any

from functions.summarize.step import Attempt
from shared.model.analysis import Provenance
from shared.model.prices import Usage


def fields(
    attempt: Attempt, outcome: str, seconds: float, tokens: Usage | Provenance | None, cost_usd: float | None
) -> dict[str, Any]:
    """Of one line per attempt: a day's cost is the sum of its lines. `cost_usd` is None where no price is known."""
    message = attempt.message
    return {
        "day": str(message.day),
        "paper": message.id,
        "language": message.language,
        "outcome": outcome,
        "attempt": attempt.number,
        "seconds": round(seconds, 3),
        "input_tokens": tokens.input_tokens if tokens else 0,
        "output_tokens": tokens.output_tokens if tokens else 0,
        "cost_usd": cost_usd,
    }

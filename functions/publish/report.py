"""Log lines and metrics of what publish did, as values."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from functions.publish.model.digest import Digest
from functions.publish.notices import drafted_percent, parameter_of
from functions.publish.posting import Posted
from functions.publish.publish import Outcome
from functions.publish.reconcile import Reconciled
from shared.model.span import Day, Span


def name(span: Span) -> dict[str, Any]:
    """The field of the log that names a span: `day`, `week` or `month`."""
    return {"day" if isinstance(span, Day) else span.unit: str(span)}


class Line(NamedTuple):
    """A line of the log."""

    level: Literal["info", "warning"]
    text: str
    fields: dict[str, Any]


class Metric(NamedTuple):
    """A value of a metric."""

    name: str
    unit: Literal["Count", "Percent"]
    value: float


def report(result: Reconciled, seconds: float) -> Iterator[Line | Metric]:
    """What came of a day, week or month. `seconds`: how long all of it took."""
    for outcome in result.outcomes:
        about = name(result.span) | {"language": outcome.digest.language}
        if outcome.revised:
            yield from _published(outcome, about | {"seconds": round(seconds, 3)})
        if outcome.mail == "sent":
            yield Line("info", "A mail was sent.", about)
        elif outcome.mail == "given_up":
            yield Line("warning", "A mail is given up: SNS did not answer, so it may have arrived.", about)
            yield Metric("DeliveryFailed", "Count", 1)
        if outcome.withheld:
            yield Line("warning", "A mail that was due is withheld.", about | {"reason": outcome.withheld})
            yield Metric("DeliveryFailed", "Count", 1)
        for posted in outcome.posted:
            yield from _posted(posted, about | {"channel": posted.channel})


def _published(outcome: Outcome, about: dict[str, Any]) -> Iterator[Line | Metric]:
    digest = outcome.digest
    fields = about | {"status": digest.status, "revision": digest.revision, "papers": digest.listed}
    if not isinstance(digest, Digest):
        yield Line("info", "A week or month was published.", fields)
        return
    missing = [missing.model_dump() for missing in digest.missing]
    yield Line("info", "A digest was published.", fields | {"missing": missing, "cost_usd": digest.cost_usd})
    yield Metric("DraftedShare", "Percent", drafted_percent(outcome))


def _posted(posted: Posted, about: dict[str, Any]) -> Iterator[Line | Metric]:
    """A channel is named; its address and token are secrets and stand nowhere."""
    reason = {"reason": posted.reason} if posted.reason else {}
    if posted.outcome == "sent":
        yield Line("info", "A message was posted.", about | reason)
    else:
        text = f"A message was not taken: look at the parameter {parameter_of(posted.channel)}."
        yield Line("warning", text, about | {"outcome": posted.outcome} | reason)
    if posted.outcome == "refused":
        yield Metric("DeliveryFailed", "Count", 1)

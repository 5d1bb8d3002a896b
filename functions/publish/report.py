"""What publish reports of a day, week or month: log lines, metrics, and notices with the command that mends it."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Literal, NamedTuple

from functions.publish.channels import WEBHOOK
from functions.publish.model.digest import Digest
from functions.publish.posting import Posted
from functions.publish.publish import Outcome
from functions.publish.reconcile import Reconciled
from shared.model.span import Day, Month, Span
from shared.store import keys
from shared.store.bucket import Bucket
from shared.store.notices import Notice

MAX_DRAFTED_PERCENT = 50
"""The threshold of DraftedShareAlarm."""
MAX_OVERDUE_HOURS = 20
"""The threshold of DayOverdueAlarm."""
DAYS_WATCHED = 7


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


Report = Line | Metric | Notice
NOT_DELIVERED = Metric("DeliveryFailed", "Count", 1)


def name(span: Span) -> dict[str, Any]:
    """The field of the log that names a span: `day`, `week` or `month`."""
    return {"day" if isinstance(span, Day) else span.unit: str(span)}


def report(result: Reconciled, seconds: float) -> Iterator[Report]:
    """What came of a day, week or month. `seconds`: how long all of it took."""
    span = result.span
    for outcome in result.outcomes:
        language = outcome.digest.language
        about = name(span) | {"language": language}
        notice = partial(Notice, span=str(span), language=language)
        if outcome.revised:
            yield from _published(outcome, about | {"seconds": round(seconds, 3)})
        if outcome.mail == "sent":
            yield Line("info", "A mail was sent.", about)
        elif outcome.mail == "given_up":
            yield Line("warning", "A mail is given up: SNS did not answer, so it may have arrived.", about)
            yield NOT_DELIVERED
            text = "SNS did not answer, so the mail may not have arrived and is not tried again."
            yield notice(cause="mail-given-up", text=text, command=f"resend {span} {language}")
        if outcome.withheld:
            yield Line("warning", "A mail that was due is withheld.", about | {"reason": outcome.withheld})
            yield NOT_DELIVERED
            text = f"The page is published and its mail is withheld: {outcome.withheld}."
            yield notice(cause="mail-withheld", text=text, command=f"replay {span} --from publish --mail")
        for posted in outcome.posted:
            yield from _posted(posted, about | {"channel": posted.channel}, notice)
        if outcome.revised and (drafted := _drafted_percent(outcome)) > MAX_DRAFTED_PERCENT:
            text = f"{drafted:.0f} % of the papers have a draft where a model was asked; status shows the reasons."
            yield notice(cause="drafted", text=text, command=f"replay {span} --from summarize")


def _published(outcome: Outcome, about: dict[str, Any]) -> Iterator[Line | Metric]:
    digest = outcome.digest
    fields = about | {"status": digest.status, "revision": digest.revision, "papers": digest.listed}
    if not isinstance(digest, Digest):
        yield Line("info", "A week or month was published.", fields)
        return
    missing = [missing.model_dump() for missing in digest.missing]
    yield Line("info", "A digest was published.", fields | {"missing": missing, "cost_usd": digest.cost_usd})
    yield Metric("DraftedShare", "Percent", _drafted_percent(outcome))


def _drafted_percent(outcome: Outcome) -> float:
    """The share of a day's papers without the analysis that was asked for."""
    digest = outcome.digest
    return 100 * len(digest.missing) / digest.listed if isinstance(digest, Digest) and digest.listed else 0.0


def _posted(posted: Posted, about: dict[str, Any], notice: partial[Notice]) -> Iterator[Report]:
    """A channel is named; its address and token are secrets and stand nowhere."""
    reason = {"reason": posted.reason} if posted.reason else {}
    if posted.outcome in ("sent", "held"):
        text = "A message was posted." if posted.outcome == "sent" else "A message is held back."
        yield Line("info", text, about | reason)
        return
    parameter = "WebhookParameter" if posted.channel == WEBHOOK else "ChannelsPath"
    line = f"A message was not taken: look at the parameter {parameter}."
    yield Line("warning", line, about | {"outcome": posted.outcome} | reason)
    if posted.outcome == "refused":
        yield NOT_DELIVERED
        reason_and_look = f"{posted.reason}. Look at the parameter {parameter}."
        text = f"The channel {posted.channel!r} did not take the message: {reason_and_look}"
        yield notice(cause=f"{posted.channel}-refused", text=text, command="doctor")


def failed(span: Span) -> Notice:
    """Of a day, week or month that could not be published."""
    text = "It could not be published. The log of publish holds the error. Every tick tries it again."
    return Notice(span=str(span), cause="failed", text=text, command="status")


def overdue(day: Day, hours: float, *, was_read: bool) -> Notice | None:
    """Of a day that is not settled; None while there is time."""
    if hours <= MAX_OVERDUE_HOURS:
        return None
    text = f"It ended {hours:.0f} hours ago and is not published."
    command = "status" if was_read else f"backfill {day} --mail"
    return Notice(span=str(day), cause="overdue", text=text, command=command)


def first_day(bucket: Bucket, now: datetime) -> date:
    """The first day that the stack is to publish: the day of its first tick, which the first scheduled read is of."""
    known = keys.first_since(bucket.list(keys.SINCE))
    if not known:
        bucket.put(keys.since(now.date()), b"")
    return known or now.date()


def read_days(bucket: Bucket, now: datetime) -> set[date]:
    """The days that were read, of the months that the days watched are in."""
    months = {keys.manifests_of_month(Month.of(day)) for day in _watched(now)}
    return keys.days_read(key for month in months for key in bucket.list(month))


def oldest_unsettled(read: Collection[date], open_days: Collection[date], since: date, now: datetime) -> Day | None:
    """The oldest of the days watched, from `since` on, that was not read or has an open read."""
    unsettled = (day for day in _watched(now) if day >= since and (day not in read or day in open_days))
    return next(map(Day, unsettled), None)


def overdue_hours(day: Day | None, now: datetime) -> float:
    """Hours since the day's end; 0 where every day is settled."""
    return (now - day.ended_at).total_seconds() / 3600 if day else 0.0


def _watched(now: datetime) -> list[date]:
    """The last days that have ended, oldest first."""
    return [now.date() - timedelta(days=back) for back in range(DAYS_WATCHED, 0, -1)]

"""What publish tells the operators: what readers miss, with the command that mends it."""

from collections.abc import Iterator

from functions.publish.channels import WEBHOOK
from functions.publish.model.digest import Digest
from functions.publish.publish import Outcome
from functions.publish.reconcile import Reconciled
from shared.model.span import Day, Span
from shared.store.notices import Notice

MAX_DRAFTED_PERCENT = 50
"""The threshold of DraftedShareAlarm."""
MAX_OVERDUE_HOURS = 20
"""The threshold of DayOverdueAlarm."""


def notices(result: Reconciled) -> Iterator[Notice]:
    """What the operators should know of a day, week or month."""
    for outcome in result.outcomes:
        about = {"span": str(result.span), "language": outcome.digest.language}
        for cause, text, command in _causes(result.span, outcome):
            yield Notice(cause=cause, text=text, command=command, **about)


def _causes(span: Span, outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    if outcome.withheld:
        text = f"The page is published and its mail is withheld: {outcome.withheld}."
        yield "mail-withheld", text, f"replay {span} --from publish --mail"
    if outcome.mail == "given_up":
        text = "SNS did not answer, so the mail may not have arrived and is not tried again."
        yield "mail-given-up", text, f"resend {span} {outcome.digest.language}"
    for posted in (each for each in outcome.posted if each.outcome == "refused"):
        look = f"Look at the parameter {parameter_of(posted.channel)}."
        text = f"The channel {posted.channel!r} did not take the message: {posted.reason}. {look}"
        yield f"{posted.channel}-refused", text, "doctor"
    if outcome.revised and (drafted := drafted_percent(outcome)) > MAX_DRAFTED_PERCENT:
        text = f"{drafted:.0f} % of the papers have a draft where a model was asked; status shows the reasons."
        yield "drafted", text, f"replay {span} --from summarize"


def parameter_of(channel: str) -> str:
    """The template's parameter that a channel comes from."""
    return "WebhookParameter" if channel == WEBHOOK else "ChannelsPath"


def drafted_percent(outcome: Outcome) -> float:
    """The share of a day's papers without the analysis that was asked for."""
    digest = outcome.digest
    if not isinstance(digest, Digest) or not digest.listed:
        return 0.0
    return 100 * len(digest.missing) / digest.listed


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

"""Notices to the operators: one line for each cause, day and language, sent once however often the cause is met."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.model.frozen import Frozen
from shared.model.span import Span
from shared.store import aws, keys
from shared.store.bucket import Bucket

MAX_AGE = timedelta(days=14)
"""Of the end of a span. Older ones are read by a backfill, which reports them itself."""


class Notice(Frozen):
    """What happened to a day, week or month, and the command that mends it."""

    span: str
    cause: str
    """A code, such as `mail-withheld`."""
    text: str
    """One sentence."""
    command: str
    """Of `daily-papers`, without the stack."""
    language: str = ""
    """Empty where it is about all of them."""

    @property
    def subject(self) -> str:
        """Short and ASCII, as SNS asks for."""
        return f"[Daily Papers] {self.about}: {self.cause}"

    @property
    def about(self) -> str:
        """The day, and the language where there is one."""
        return f"{self.span} {self.language}".rstrip()

    def line(self, stack: str) -> str:
        """The mail's one line."""
        return f"{self.about}: {self.text} Run: daily-papers {self.command} --stack {stack}"


@dataclass(frozen=True)
class Operators:
    """The topic of the operators, and the bucket that remembers what they know."""

    bucket: Bucket
    topic: str
    stack: str

    def notify(self, notice: Notice, span: Span, now: datetime) -> bool:
        """Sends the notice, unless it was sent before or the span is old. Returns whether it was sent.

        The claim comes first: a send that fails is not repeated, since an alarm rings for the same cause.
        """
        if now - span.ended_at > MAX_AGE:
            return False
        if not self.bucket.create(keys.notice(span, notice.cause, notice.language), notice):
            return False
        aws.sns().publish(TopicArn=self.topic, Subject=notice.subject, Message=notice.line(self.stack))
        return True

"""Sends dead letters back to the queues that they came from. What is no message of ours stays where it is."""

from collections.abc import Iterator, Mapping
from typing import Any

import click

from local.operate.options import of_stack
from local.operate.stack import Stack
from shared.model.frozen import Frozen
from shared.model.messages import MalformedMessageError, Message, PaperEnriched, PaperFound, read

DEAD_LETTERS = ("DeadLetters", "DeadLettersFifo")
QUEUES: Mapping[type[Frozen], str] = {PaperFound: "EnrichQueue", PaperEnriched: "SummarizeQueue"}
"""Where a message is worked on again. Publish works from the bucket and needs none of its messages back."""
HIDDEN_SECONDS = 60
"""How long a letter is ours: it is deleted only after it was sent."""
WAIT_SECONDS = 1
"""SQS then asks all of its servers: without waiting, an empty answer says little."""
MAX_LETTERS = 10_000


@click.command("redrive")
@of_stack
def run_redrive(stack: Stack) -> None:
    """Sends dead letters back to their queues, once their cause is mended."""
    count = 0
    for outcome, body in redrive(stack):
        click.echo(f"{outcome}: {body}")
        count += 1
    click.echo(f"{count} dead letters")


def redrive(stack: Stack) -> Iterator[tuple[str, str]]:
    """Empties both dead-letter queues of the messages that a queue takes back. Yields the outcome and body of each."""
    sqs = stack.client("sqs")
    for name in DEAD_LETTERS:
        seen: set[str] = set()
        while letter := _receive(sqs, stack[name]):
            if letter["MessageId"] in seen or len(seen) >= MAX_LETTERS:
                break
            seen.add(letter["MessageId"])
            message = _message(letter["Body"])
            target = QUEUES.get(type(message)) if message else None
            if message and target:
                stack.queue(target).send([message])
            if message:
                sqs.delete_message(QueueUrl=stack[name], ReceiptHandle=letter["ReceiptHandle"])
            yield _outcome(message, target), letter["Body"][:200]


def _receive(sqs: Any, url: str) -> dict[str, Any] | None:
    found = sqs.receive_message(
        QueueUrl=url, MaxNumberOfMessages=1, VisibilityTimeout=HIDDEN_SECONDS, WaitTimeSeconds=WAIT_SECONDS
    )
    return next(iter(found.get("Messages", ())), None)


def _message(body: str) -> Message | None:
    try:
        return read(body, Frozen)  # type: ignore[return-value]
    except MalformedMessageError:
        return None


def _outcome(message: Message | None, target: str | None) -> str:
    if message is None:
        return "kept, not a message of this project"
    return f"sent to {target}" if target else "deleted, publish works from the bucket"

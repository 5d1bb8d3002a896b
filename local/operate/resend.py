"""Mails a day, week or month again, as it was mailed the first time. SNS cannot mail one address: all get it again."""

import json
from collections import Counter
from typing import Any

import click

from local.operate.options import SpanType, of_stack
from local.operate.stack import OperateError, Stack
from shared.model.span import Span
from shared.store import keys

CONFIRMED = "arn:"
"""What the ARN of a confirmed subscription begins with; another one reads PendingConfirmation."""


@click.command("resend")
@click.argument("span", metavar="DAY", type=SpanType())
@click.argument("language")
@click.option("--yes", is_flag=True, help="Do not ask.")
@of_stack
def run_resend(stack: Stack, span: Span, language: str, *, yes: bool) -> None:
    """Mails a day, week or month again to everybody who chose it."""
    find_mail(stack, span, language)
    addresses = ", ".join(f"{count} by {protocol}" for protocol, count in count_addresses(stack).items())
    click.echo(f"The topic has these confirmed subscriptions: {addresses or 'none'}.")
    click.echo("SNS mails all of them whose filter policy takes the language and period. It cannot mail one address.")
    if not yes:
        click.confirm(f"Mail {span} in {language} again?", abort=True)
    click.echo(f"Sent as {resend(stack, span, language)}.")


def count_addresses(stack: Stack) -> Counter[str]:
    """Subscriptions of the Readers topic by protocol; those without a confirmation are left out."""
    pages = stack.client("sns").get_paginator("list_subscriptions_by_topic").paginate(TopicArn=stack["ReadersTopic"])
    return Counter(
        each["Protocol"]
        for page in pages
        for each in page["Subscriptions"]
        if each["SubscriptionArn"].startswith(CONFIRMED)
    )


def find_mail(stack: Stack, span: Span, language: str) -> dict[str, Any]:
    """The stored mail. Raises OperateError where there is none."""
    key = keys.mailed(span, language)
    if key not in stack.bucket.list(key):
        raise OperateError(f"{span} was never mailed in {language}: there is no {key}")
    record: dict[str, Any] = json.loads(stack.bucket.get(key))
    if not record.get("body"):
        raise OperateError(f"{span} was not mailed in {language}: {record.get('status')} ({record.get('reason')})")
    return record


def resend(stack: Stack, span: Span, language: str) -> str:
    """Publishes the stored mail with the attributes that filter policies go by. Returns its message id."""
    record = find_mail(stack, span, language)
    attributes = {"language": language, "period": span.kind, "edition": str(span)}
    answer = stack.client("sns").publish(
        TopicArn=stack["ReadersTopic"],
        Subject=record["subject"],
        Message=record["body"],
        MessageAttributes={name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()},
    )
    return str(answer["MessageId"])

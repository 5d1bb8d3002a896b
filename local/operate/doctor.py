"""Looks at everything that an installation needs from outside, and says in words what to do about it."""

from collections.abc import Iterator, Mapping
from typing import Any

import click
import httpx
from botocore.exceptions import BotoCoreError, ClientError

from local.endings import IN_PART
from local.operate import pause
from local.operate.options import of_stack
from local.operate.redrive import DEAD_LETTERS
from local.operate.resend import CONFIRMED
from local.operate.stack import Stack
from shared.model.frozen import Frozen
from shared.store import keys

SECRETS = ("OpenAiKeyParameter", "GitHubTokenParameter", "HuggingFaceTokenParameter", "WebhookParameter")
"""Parameters of the template that name an SSM parameter."""
SECONDS = 10
RING_ALARM = "DeadLettersAlarm"


class Check(Frozen):
    """One thing that was looked at. `advice` says what to do where it is not well."""

    name: str
    is_well: bool
    advice: str = ""


@click.command("doctor")
@click.option("--ring", "rings", is_flag=True, help="Set an alarm off to see its mail arrive.")
@of_stack
def run_doctor(stack: Stack, *, rings: bool) -> None:
    """Looks at schedules, keys, model, queues, subscriptions and site, and prints what to do."""
    is_well = True
    for check in examine(stack):
        click.echo(f"{'ok  ' if check.is_well else 'LOOK'}  {check.name:28} {check.advice}".rstrip())
        is_well = is_well and check.is_well
    if rings:
        ring(stack)
        click.echo("An alarm was set off: its mail arrives at the operators' addresses within minutes.")
    if not is_well:
        raise SystemExit(IN_PART)


def examine(stack: Stack) -> Iterator[Check]:
    """Every check, in the order in which a mail reaches its reader."""
    parameters = stack.parameters
    for examine_part in (_schedules, _secrets, _model, _dead_letters, _subscriptions, _site):
        try:
            yield from examine_part(stack, parameters)
        except (ClientError, BotoCoreError, httpx.HTTPError) as error:
            yield Check(name=examine_part.__name__.strip("_"), is_well=False, advice=f"could not be looked at: {error}")


def ring(stack: Stack) -> None:
    """Sets an alarm off, so that its mail arrives; CloudWatch resets it within minutes."""
    stack.client("cloudwatch").set_alarm_state(
        AlarmName=stack[RING_ALARM], StateValue="ALARM", StateReason="A test by daily-papers doctor --ring."
    )


def _schedules(stack: Stack, _: Mapping[str, str]) -> Iterator[Check]:
    paused = pause.is_paused(stack)
    yield Check(name="schedules", is_well=not paused, advice="They are paused: daily-papers resume." if paused else "")


def _secrets(stack: Stack, parameters: Mapping[str, str]) -> Iterator[Check]:
    for parameter in SECRETS:
        if name := parameters.get(parameter):
            try:
                stack.client("ssm").get_parameter(Name=name, WithDecryption=True)
            except ClientError as error:
                advice = f"{name} cannot be read ({error.response['Error']['Code']}): put it as a SecureString."
                yield Check(name=parameter, is_well=False, advice=advice)
            else:
                yield Check(name=parameter, is_well=True)
    if path := parameters.get("ChannelsPath"):
        pages = stack.client("ssm").get_paginator("get_parameters_by_path").paginate(Path=path)
        count = sum(len(page["Parameters"]) for page in pages)
        advice = "" if count else f"{path} holds no parameter: put one for each chat."
        yield Check(name="ChannelsPath", is_well=bool(count), advice=advice)


def _model(stack: Stack, parameters: Mapping[str, str]) -> Iterator[Check]:
    service, _, name = parameters.get("Model", "").partition(":")
    if service == "bedrock":
        message: list[dict[str, Any]] = [{"role": "user", "content": [{"text": "Say yes."}]}]
        try:
            stack.client("bedrock-runtime").converse(modelId=name, messages=message, inferenceConfig={"maxTokens": 16})
        except ClientError as error:
            text = error.response["Error"].get("Message", "")
            advice = f"{name} cannot be called: {text} Ask for access to it in the Bedrock console of this region."
            yield Check(name="Model", is_well=False, advice=advice)
        else:
            yield Check(name="Model", is_well=True)
    elif service == "openai":
        status = _openai_status(stack, parameters)
        advice = f"{parameters.get('OpenAiBaseUrl')} answers {status}: look at OpenAiBaseUrl and the key."
        yield Check(name="Model", is_well=status == 200, advice="" if status == 200 else advice)


def _openai_status(stack: Stack, parameters: Mapping[str, str]) -> int:
    headers = {}
    if name := parameters.get("OpenAiKeyParameter"):
        value = stack.client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
        headers["Authorization"] = f"Bearer {value}"
    return httpx.get(f"{parameters['OpenAiBaseUrl'].rstrip('/')}/models", headers=headers, timeout=SECONDS).status_code


def _dead_letters(stack: Stack, _: Mapping[str, str]) -> Iterator[Check]:
    sqs = stack.client("sqs")
    for name in DEAD_LETTERS:
        found = sqs.get_queue_attributes(QueueUrl=stack[name], AttributeNames=["ApproximateNumberOfMessages"])
        count = int(found["Attributes"]["ApproximateNumberOfMessages"])
        advice = f"{count} messages failed for good: mend the cause, then daily-papers redrive." if count else ""
        yield Check(name=name, is_well=not count, advice=advice)


def _subscriptions(stack: Stack, _: Mapping[str, str]) -> Iterator[Check]:
    for topic in ("ReadersTopic", "OperatorsTopic"):
        pages = stack.client("sns").get_paginator("list_subscriptions_by_topic").paginate(TopicArn=stack[topic])
        found = [each["SubscriptionArn"].startswith(CONFIRMED) for page in pages for each in page["Subscriptions"]]
        pending = found.count(False)
        advice = f"{pending} of {len(found)} wait for the link in their mail to be opened." if pending else ""
        if not found:
            advice = "Nobody subscribes to it."
        yield Check(name=topic, is_well=bool(found) and not pending, advice=advice)


def _site(stack: Stack, parameters: Mapping[str, str]) -> Iterator[Check]:
    if not stack.bucket.list(f"{keys.SITE}{keys.FRONT}"):
        advice = "There is no page yet; the first one follows the next day's list."
        yield Check(name="site", is_well=False, advice=advice)
    elif address := parameters.get("SiteUrl"):
        status = httpx.get(f"{address.rstrip('/')}/index.html", timeout=SECONDS).status_code
        yield Check(name="site", is_well=status == 200, advice="" if status == 200 else f"{address} answers {status}.")
    else:
        yield Check(name="site", is_well=True)

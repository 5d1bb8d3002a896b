"""The job of `make emulate`: a day from list to mail, what must be refused, and an update from release 1.0."""

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import boto3

from local.arguments import SAMPLE
from local.listing import serve
from shared.model.span import Day
from tests.emulator.cloud import Emulator, emulator
from tests.emulator.commands import check_commands
from tests.emulator.deployment import Mailbox, Stack, artifacts_for_this_machine, deploy
from tests.emulator.hosting import Stranger, check_cloudfront, check_private, check_sign_up, check_website
from tests.emulator.permissions import check_roles, check_strangers
from tests.emulator.release_1_0 import FIRST_DAY, LAST_DAY, deploy_release, fill
from tests.emulator.runtime import check_alone
from tests.factories import model_stub

DAY = date(2026, 2, 20)
PAPERS = 5
PUBLISHED_WITHIN = 90.0
"""Seconds."""
KEY = "/daily-papers/key"
LAMBDA_PYTHON = (3, 13)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Says how long a part of the job took."""
    started = time.monotonic()
    yield
    print(f"{time.monotonic() - started:6.1f} s  {name}", flush=True)


@contextmanager
def outside(folder: Path) -> Iterator[str]:
    """The parameters that aim a stack at the outside world of this machine: a list and a model."""
    listing = folder / "listing.json"
    rows = json.loads((SAMPLE / "listing.json").read_bytes())[:PAPERS]
    listing.write_text(json.dumps(rows), encoding="utf-8")
    with serve(listing, Day(DAY)) as lists, model_stub.running() as model:
        model.behaviour = model_stub.anything
        addresses = f"HfUrl={lists} ArxivUrl={lists} GitHubUrl={lists} OpenAiBaseUrl={model.address}/v1"
        yield f"{addresses} Model=openai:stub OpenAiKeyParameter={KEY} Sources=arxiv,github,huggingface"


def a_day_is_published_and_mailed_once(template: Path, parameters: str) -> None:
    """From the list to one mail at a subscriber."""
    with step("sam deploy of a new stack"):
        stack = deploy(template, "fresh", f"{parameters} Hosting=cloudfront SignUp=true")
    mailbox = Mailbox(stack, "ko")
    with step(f"{PAPERS} papers from the list to the mail"):
        stack.invoke("FetchFunction", {"day": str(DAY), "mail": True})
        digest = stack.wait_for_day(str(DAY), PUBLISHED_WITHIN)
    problems = list(stack.logged_problems())
    assert problems == [], problems[0]
    assert digest["status"] == "complete"
    assert [paper["source"] for paper in digest["papers"]] == ["model"] * PAPERS
    assert len(mailbox.take()) == 1


def each_function_answers_alone(folder: Path, account: Emulator) -> None:
    """The built artifact and the layer hold all that a function imports."""
    with step("each function of the artifact alone"):
        check_alone(folder, folder / "build", Stack("fresh"), account.environment, str(DAY), datetime.now(UTC))


def operators_are_served() -> None:
    """The commands of `daily-papers` on the deployed stack."""
    with step("the operator's commands"):
        check_commands(Stack("fresh"), str(DAY), PAPERS)


def a_stack_of_release_1_0_is_updated(folder: Path, template: Path, parameters: str) -> None:
    """Its bucket, its topics and its reader stay; what was under way is published, and the next day is mailed once."""
    with step("sam deploy of release 1.0"):
        before = deploy_release(folder, "updated")
    mailbox = Mailbox(before, "ko")
    fill(before)
    with step("sam deploy of this template over it"):
        after = deploy(template, "updated", parameters)
    for kept in ("Bucket", "ReadersTopic", "OperatorsTopic"):
        assert after.names[kept] == before.names[kept], kept
    with step("the next day, and the message that was under way"):
        after.invoke("FetchFunction", {"day": FIRST_DAY, "replay_from": "publish"})
        after.invoke("FetchFunction", {"day": str(DAY), "mail": True})
        for day in (str(DAY), FIRST_DAY, LAST_DAY):
            after.tick()
            digest = after.wait_for_day(day, PUBLISHED_WITHIN)
            assert digest["missing"] == [], day
    subjects = mailbox.take()
    assert len([each for each in subjects if _in_subject(DAY) in each]) == 1, subjects
    assert not [each for each in subjects if _in_subject(date.fromisoformat(FIRST_DAY)) in each], subjects


def _in_subject(day: date) -> str:
    return f"] {day:%b} {day.day}:"


def roles_do_what_they_may_and_nothing_else(account: Emulator) -> None:
    """Every action as every role, and a stranger's requests."""
    with step("every action as every role"):
        tried = check_roles(Stack("fresh"))
    check_strangers(Stack("fresh"), account.environment["AWS_ENDPOINT_URL"], account.environment["AWS_CA_BUNDLE"])
    print(f"{tried:6}    actions tried")


def strangers_reach_the_site_and_the_form(account: Emulator) -> None:
    """Behind CloudFront, and nothing else of the bucket."""
    with step("the site behind CloudFront, and the form"):
        check_cloudfront(Stack("fresh"), Stranger(account), str(DAY))
        check_sign_up(Stack("fresh"))


def strangers_reach_the_site_as_hosting_says(account: Emulator, template: Path, parameters: str) -> None:
    """A stack of release 1.0 as it was set up, and the new one after each change of hosting."""
    stranger, day = Stranger(account), str(DAY)
    check_private(Stack("updated"), stranger, day)
    with step("the stack of release 1.0 with PublicSite=true"):
        check_website(deploy(template, "updated", f"{parameters} PublicSite=true"), stranger, day)
    for hosting, check in (("website", check_website), ("private", check_private)):
        with step(f"the new stack with Hosting={hosting}"):
            check(deploy(template, "fresh", f"{parameters} Hosting={hosting} SignUp=false"), stranger, day)


def nothing_was_denied(account: Emulator) -> None:
    """Each call of a role in the job was one that its policy allows."""
    decisions = [json.loads(line) for line in account.audit.read_text(encoding="utf-8").splitlines()]
    assert [each for each in decisions if each["denied"]] == []
    print(f"{len(decisions):6}    calls of the roles, none denied")


def main() -> None:
    """Raises AssertionError where something is not so."""
    if sys.version_info[:2] != LAMBDA_PYTHON:
        print("make emulate: not run, for want of a Python 3.13, on which the built functions run")
        return
    with tempfile.TemporaryDirectory(prefix="emulate-") as name:
        folder = Path(name)
        with step("the layer with wheels of this machine"):
            template = artifacts_for_this_machine(folder)
        started = time.monotonic()
        with emulator(folder) as account, outside(folder) as parameters:
            boto3.client("ssm").put_parameter(Name=KEY, Value="secret", Type="SecureString")
            a_day_is_published_and_mailed_once(template, parameters)
            each_function_answers_alone(folder, account)
            operators_are_served()
            a_stack_of_release_1_0_is_updated(folder, template, parameters)
            nothing_was_denied(account)
            strangers_reach_the_site_and_the_form(account)
            roles_do_what_they_may_and_nothing_else(account)
            strangers_reach_the_site_as_hosting_says(account, template, parameters)
        print(f"{time.monotonic() - started:6.1f} s  in all, without the build")


if __name__ == "__main__":
    main()

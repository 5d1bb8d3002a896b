"""`make deploy` hands sam what the operator gave: the real recipe against a stand-in that records its arguments."""

import json
import os
import re
import runpy
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from local.endings import NotDoneError
from tests.factories.places import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
STAND_IN = f"""#!{sys.executable}
import json, os, sys
json.dump(sys.argv[1:], open(__file__ + ".json", "w"))
sys.exit(int(os.environ.get("SAM_EXIT_CODE", "0")))
"""


class Deployment:
    """The recipe of `make deploy`, with the build taken as done."""

    def __init__(self, folder: Path) -> None:
        self.sam = folder / "sam"
        self.sam.write_text(STAND_IN, encoding="utf-8")
        self.sam.chmod(stat.S_IRWXU)

    def run(self, **given: str) -> subprocess.CompletedProcess[str]:
        made = ["build", ".venv/digest"]
        variables = {"TOOLS": str(self.sam.parent), "RUN": sys.executable, **given}
        command = ["make", *(f"--assume-old={each}" for each in made), "deploy"]
        command += [f"{name}={value}" for name, value in variables.items()]
        bare = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
        return subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True, check=False)

    @property
    def arguments(self) -> list[str]:
        """What sam was called with; nothing where it was not."""
        recorded = self.sam.with_name("sam.json")
        return list(json.loads(recorded.read_text(encoding="utf-8"))) if recorded.exists() else []


@pytest.fixture
def deployment(tmp_path: Path) -> Deployment:
    return Deployment(tmp_path)


def test_values_with_blanks_and_quotes_arrive_whole_and_an_empty_one_is_no_error(deployment: Deployment) -> None:
    schedule = "DailyScheduleExpression='cron(15 9 * * ? *)'"
    parameters = f'Author="Kim Ha-neul" BlogTitle="Kim\'s \\"AI\\" Digest" SiteUrl= {schedule}'
    done = deployment.run(STACK="daily-papers", EMAIL="reader@example.org", PARAMETERS=parameters)
    assert done.returncode == 0, done.stderr
    assert deployment.arguments == [
        *("deploy", "--stack-name", "daily-papers", "--resolve-s3", "--capabilities", "CAPABILITY_IAM"),
        "--no-fail-on-empty-changeset",
        "--parameter-overrides",
        'ReaderEmail="reader@example.org"',
        'OperatorEmail="reader@example.org"',
        'Author="Kim Ha-neul"',
        'BlogTitle="Kim\'s \\"AI\\" Digest"',
        'SiteUrl=""',
        'DailyScheduleExpression="cron(15 9 * * ? *)"',
    ]


def test_without_an_address_and_parameters_the_stack_keeps_those_that_it_has(deployment: Deployment) -> None:
    assert deployment.run(STACK="daily-papers", EMAIL="").returncode == 0
    assert deployment.arguments[-1] == "--no-fail-on-empty-changeset"


def test_a_missing_stack_is_named_before_the_build(deployment: Deployment) -> None:
    done = deployment.run(EMAIL="reader@example.org")
    assert done.returncode == 2
    assert done.stderr.startswith("STACK: '' is not a stack's name, as in make deploy STACK=daily-papers\n")
    assert deployment.arguments == []


def test_a_failed_deployment_behind_cloudfront_ends_with_what_an_unverified_account_does(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAM_EXIT_CODE", "1")
    done = deployment.run(STACK="daily-papers", PARAMETERS="Hosting=cloudfront")
    assert done.returncode == 2, "make's own code for a recipe that failed"
    last = next(line for line in reversed(done.stderr.splitlines()) if not line.startswith("make"))
    for part in ("must be verified", "Hosting=private", "AWS Support", "delete-stack --stack-name daily-papers"):
        assert part in last


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (("daily papers", "", ""), "STACK: 'daily papers' is not a stack's name"),
        (("x", "", "Author"), "PARAMETERS: 'Author' is not Name=value"),
        (("x", "", "Authors=Kim"), "Authors: the template has no such parameter"),
        (("x", "reader", ""), "ReaderEmail: 'reader' is not an e-mail address"),
        (("x", "", "Languages=xx"), "Languages: 'xx' "),
    ],
)
def test_what_cannot_be_deployed_is_named(
    monkeypatch: pytest.MonkeyPatch, given: tuple[str, str, str], reason: str
) -> None:
    monkeypatch.chdir(ROOT)
    deploy = runpy.run_path(".ci/deploy.py")
    with pytest.raises(NotDoneError, match=re.escape(reason)):
        deploy["main"](*given)

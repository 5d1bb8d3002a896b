"""Workflows give away nothing that they need not: no text of others in a script, no rights but those of a step."""

import re
import shlex
from typing import Any

import pytest

from local.cli import cli
from tests.factories.places import ROOT
from tests.factories.workflow import FOLDER, load

NAMES = [path.stem for path in sorted(FOLDER.glob("*.yml"))]
EACH = pytest.mark.parametrize("name", NAMES)
PINNED = re.compile(
    r"^      - uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$|^        uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$"
)


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in load(name)["jobs"].values() for step in job.get("steps", ())]


@EACH
def test_no_expression_stands_in_a_script(name: str) -> None:
    """GitHub pastes its value into the script before bash reads it: values come by the environment."""
    assert [step["run"] for step in steps(name) if "${{" in step.get("run", "")] == []


@EACH
def test_every_action_is_pinned_by_its_commit_and_named_by_its_version(name: str) -> None:
    lines = (FOLDER / f"{name}.yml").read_text(encoding="utf-8").splitlines()
    used = [line for line in lines if "uses: " in line and "uses: ./" not in line]
    assert used
    assert [line for line in used if not PINNED.match(line)] == []


@EACH
def test_every_job_has_rights_of_its_own_or_none_but_to_read(name: str) -> None:
    workflow = load(name)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    assert workflow["permissions"] or all("permissions" in job for job in workflow["jobs"].values())


@pytest.mark.parametrize("name", ["digest", "blog"])
def test_a_workflow_for_owners_is_off_until_a_variable_turns_it_on(name: str) -> None:
    conditions = {job: about["if"] for job, about in load(name)["jobs"].items()}
    assert conditions[name] == {"digest": "vars.DAILY_PAPERS == 'on'", "blog": "vars.BLOG != ''"}[name]


def test_every_variable_and_secret_is_documented() -> None:
    page = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
    text = "".join((FOLDER / f"{name}.yml").read_text(encoding="utf-8") for name in ("digest", "blog"))
    named = set(re.findall(r"(?:vars|secrets)\.(\w+)", text))
    assert {"DAILY_PAPERS", "CHANNELS", "BLOG_KEY"} <= named
    assert {name for name in named if f"`{name}`" not in page and f" {name} " not in page} == set()


def test_the_digest_hands_the_blog_the_secrets_and_the_branch_that_it_asks_for() -> None:
    called = load("digest")["jobs"]["blog"]
    assert called["uses"] == "./.github/workflows/blog.yml"
    assert called["secrets"].keys() == load("blog")["on"]["workflow_call"]["secrets"].keys()
    assert load("digest")["env"]["BRANCH"] in {
        step["with"]["ref"] for step in steps("blog") if "ref" in step.get("with", {})
    }


def test_every_command_of_the_workflows_and_of_the_page_is_one_that_there_is() -> None:
    texts = [step["run"] for name in NAMES for step in steps(name) if "run" in step]
    texts.append((ROOT / "docs/deploy.md").read_text(encoding="utf-8"))
    text = "\n".join(texts).replace("\\\n", " ")
    commands = re.findall(r"\.venv/bin/daily-papers ([^|>&`\n]*[^|>&`\n\d ])", text)
    assert len(commands) >= 5
    for command in commands:
        name, *arguments = shlex.split(command)
        assert cli.commands[name].make_context(name, arguments), command

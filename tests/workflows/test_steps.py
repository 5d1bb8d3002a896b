"""Single steps of the workflow: what others wrote is no command to the runner, and no archive replaces another."""

import shutil
import stat
from pathlib import Path

import pytest

from tests.factories.workflow import Job, clean_environment
from tests.workflows.world import ON_LINUX, git, make_repository

pytestmark = ON_LINUX
TITLE = "::error::A title"
PROGRAM = f"""#!/bin/sh
echo '{TITLE}'
echo '```'
echo "asked: $*, of $OPENAI_BASE_URL with $OPENAI_API_KEY"
exit "$ENDS_WITH"
"""


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """The digest's job in a clone of an owner's repository, with a program that only speaks."""
    remote = make_repository(tmp_path / "project", {"README.md": "# Mine\n"})
    job = Job(tmp_path / "run", "digest", "digest", {"vars": {}, "secrets": {}, "github": {}})
    git(job.workspace, "clone", "--quiet", remote.as_uri(), ".")
    program = job.workspace / ".venv" / "bin" / "daily-papers"
    program.parent.mkdir(parents=True)
    program.write_text(PROGRAM, encoding="utf-8")
    program.chmod(stat.S_IRWXU)
    return job


def run(job: Job, *names: str, ends_with: int = 0) -> dict[str, str]:
    """Runs these steps alone, and returns what each says."""
    job.job = {**job.job, "steps": [step for step in job.job["steps"] if step.get("name") in names]}
    environment = {**clean_environment(job.temp), "ENDS_WITH": str(ends_with)}
    job.run(environment, {}, {})
    return {step.name: step.output for step in job.steps}


@pytest.mark.parametrize(
    ("code", "said"), [(0, ""), (1, "::error::Done in part."), (2, "::error::Nothing was made: exit code 2.")]
)
def test_what_a_run_prints_is_no_command_and_its_end_is_said(job: Job, code: int, said: str) -> None:
    output = run(job, "Make what is due", ends_with=code)["Make what is due"]
    lines = output.splitlines()
    word = lines[0].removeprefix("::stop-commands::")
    assert len(word) == 32
    assert lines.index(TITLE) < lines.index(f"::{word}::")
    assert job.failed is bool(code)
    assert [line for line in lines[lines.index(f"::{word}::") + 1 :] if said] == [
        line for line in lines if said and line.startswith(said)
    ]
    assert f"    {TITLE}\n    ```\n" in job.summary
    assert all(line.startswith("    ") for line in job.summary.splitlines())


@pytest.mark.parametrize(
    ("variables", "secrets", "asked"),
    [
        ({}, {}, "--model  --parameter SiteUrl= --parameters , of https://api.openai.com/v1 with "),
        (
            {
                "MODEL": "openai:a",
                "OPENAI_BASE_URL": "http://b/v1",
                "SITE_URL": "https://c/",
                "PARAMETERS": "Author='d e'",
            },
            {"OPENAI_API_KEY": "sk"},
            "--model openai:a --parameter SiteUrl=https://c --parameters Author='d e', of http://b/v1 with sk",
        ),
    ],
)
def test_a_model_is_asked_where_variables_and_a_secret_say_so(
    job: Job, variables: dict[str, str], secrets: dict[str, str], asked: str
) -> None:
    job.outside = {**job.outside, "vars": variables, "secrets": secrets}
    assert (
        f"asked: digest latest --catch-up --out archive {asked}\n" in run(job, "Make what is due")["Make what is due"]
    )


def test_an_archive_that_another_run_has_pushed_meanwhile_is_not_replaced(job: Job, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "clone", "--quiet", (tmp_path / "project.git").as_uri(), ".")
    git(other, "push", "--quiet", "origin", "HEAD:refs/heads/archive")
    (job.workspace / "archive" / "site").mkdir(parents=True)
    (job.workspace / "archive" / "site" / "index.html").write_text("front")
    before = git(tmp_path / "project.git", "rev-parse", "archive")
    job.outcomes["archive"] = "success"  # it found no branch
    output = run(job, "Keep the archive")["Keep the archive"]
    assert "::error::The archive could not be pushed to the branch archive." in output
    assert git(tmp_path / "project.git", "rev-parse", "archive") == before


def test_an_archive_that_cannot_be_read_is_not_taken_for_an_empty_one(job: Job, tmp_path: Path) -> None:
    shutil.move(tmp_path / "project.git", tmp_path / "away.git")
    run(job, "Get the archive", "Make what is due", "Keep the archive")
    assert job.outcomes["archive"] == "failure"
    assert job.outcomes["keep"] == job.outcomes["Make what is due"] == "skipped"


def test_what_is_private_stays_out_of_the_branch(job: Job, tmp_path: Path) -> None:
    kept = ["site/index.html", "mailed/2026-02-20/ko.json", "open/2026-02-20/x.json"]
    for name in (*kept, "log/a.jsonl", "texts/2602.00001/a.md", ".lock", "site/.index.html.unfinished"):
        (job.workspace / "archive" / name).parent.mkdir(parents=True, exist_ok=True)
        (job.workspace / "archive" / name).touch()
    (job.workspace / ".gitignore").write_text("site\n")
    job.outcomes["archive"] = "success"
    run(job, "Keep the archive")
    assert not job.failed, job.steps
    stored = git(tmp_path / "project.git", "ls-tree", "-r", "--name-only", "archive").splitlines()
    assert sorted(stored) == sorted(kept)


@pytest.mark.parametrize(("asked", "outcome"), [("", "skipped"), ("true", "success")])
def test_the_whole_site_is_made_again_where_that_is_asked_for(job: Job, asked: str, outcome: str) -> None:
    job.outside = {**job.outside, "inputs": {"rebuild": asked}}
    job.outcomes["archive"] = "success"
    run(job, "Make the whole site again")
    assert job.outcomes["Make the whole site again"] == outcome

"""Runs the jobs of a workflow on this machine: each `run:` step as GitHub's runner does, in an environment of its own.

What an action would do is a function of the test.
"""

import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.factories.places import ROOT

FOLDER = ROOT / ".github" / "workflows"
TOKEN = re.compile(r"'(?:[^']|'')*'|[a-zA-Z_][\w.-]*\(?|&&|\|\||!=|==|!|[(),]|\s+")
PLACEHOLDER = re.compile(r"\$\{\{(.*?)\}\}")
STATUS = ("always(", "cancelled(", "success(", "failure(")


def load(name: str) -> dict[str, Any]:
    """A workflow's file. YAML 1.1 reads the key `on` as true."""
    found: dict[Any, Any] = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return {"on" if key is True else str(key): value for key, value in found.items()}


class Step(NamedTuple):
    """What became of a step."""

    name: str
    outcome: str
    output: str


class Job:
    """A job that runs in a workspace of its own, which holds nothing at first."""

    def __init__(self, folder: Path, name: str, job: str, outside: Mapping[str, Mapping[str, str]]) -> None:
        self.workspace, self.temp = folder / "workspace", folder / "temp"
        self.workspace.mkdir(parents=True)
        self.temp.mkdir()
        self.workflow = load(name)
        self.job = self.workflow["jobs"][job]
        self.outside = {**outside, "runner": {"temp": str(self.temp)}}
        """The contexts `vars`, `secrets`, `github` and `needs`."""
        self.outputs: dict[str, dict[str, str]] = {}
        self.outcomes: dict[str, str] = {}
        self.environment: dict[str, str] = {}
        """What steps have set for those after them."""
        self.steps: list[Step] = []
        self.summary = ""

    @property
    def failed(self) -> bool:
        """Whether the job is red."""
        return any(step.outcome == "failure" for step in self.steps)

    def is_on(self) -> bool:
        """Whether the job runs at all."""
        return bool(self._evaluate(str(self.job["if"]).removeprefix("${{").removesuffix("}}")))

    def run(
        self,
        environment: Mapping[str, str],
        actions: Mapping[str, Callable[["Job", Mapping[str, str]], Mapping[str, str]]],
        stubs: Mapping[str, Callable[["Job"], None]],
    ) -> "Job":
        """Runs the steps in a row. `actions` are by the action's name, `stubs` replace `run:` by the step's name."""
        for step in self.job["steps"]:
            name = step.get("name") or step["uses"]
            condition = str(step.get("if", "success()"))
            wanted = self._evaluate(condition.removeprefix("${{").removesuffix("}}"))
            if not any(status in condition for status in STATUS):
                wanted = wanted and not self.failed
            if not wanted:
                outcome, output = "skipped", ""
            elif "uses" in step:
                given = {key: self._fill(str(value)) for key, value in step.get("with", {}).items()}
                self.outputs[step.get("id", name)] = dict(actions[step["uses"].partition("@")[0]](self, given))
                outcome, output = "success", ""
            elif name in stubs:
                stubs[name](self)
                outcome, output = "success", ""
            else:
                outcome, output = self._run(step, name, environment)
            self.outcomes[step.get("id", name)] = outcome
            self.steps.append(Step(name, outcome, output))
        return self

    def _run(self, step: Mapping[str, Any], name: str, environment: Mapping[str, str]) -> tuple[str, str]:
        """As GitHub runs `shell: bash`, with files for outputs and the summary."""
        names = ("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")
        files = {each: self.temp / each.lower() for each in names}
        for file in files.values():
            file.write_text("", encoding="utf-8")
        own = {**self.workflow.get("env", {}), **self.job.get("env", {}), **step.get("env", {})}
        filled = {key: self._fill(str(value)) for key, value in own.items()}
        paths = {key: str(file) for key, file in files.items()}
        assert self.workflow["defaults"]["run"]["shell"] == "bash"
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace / step.get("working-directory", "."),
            env={**environment, "RUNNER_TEMP": str(self.temp), **paths, **self.environment, **filled},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.outputs[step.get("id", name)] = _pairs(files["GITHUB_OUTPUT"])
        self.environment |= _pairs(files["GITHUB_ENV"])
        self.summary += files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        return "failure" if done.returncode else "success", done.stdout

    def output(self, name: str) -> str:
        """An output of the job."""
        return self._fill(self.job["outputs"][name])

    def _fill(self, text: str) -> str:
        return PLACEHOLDER.sub(lambda found: _text(self._evaluate(found[1])), text)

    def _evaluate(self, expression: str) -> Any:
        """An expression of GitHub's, by way of Python's: their operators differ in spelling only."""
        words = []
        for token in TOKEN.findall(expression.strip()):
            if token.startswith("'"):
                words.append(repr(token[1:-1]))
            elif token.endswith("("):
                words.append(f"functions[{token[:-1]!r}](")
            elif re.match(r"[a-zA-Z_]", token):
                words.append(f"look_up({token!r})")
            else:
                words.append({"&&": " and ", "||": " or ", "!": " not "}.get(token, token))
        functions = {
            "always": lambda: True,
            "cancelled": lambda: False,
            "success": lambda: not self.failed,
            "hashFiles": lambda pattern: "hash" if list(self.workspace.glob(pattern)) else "",
        }
        return eval("".join(words), {"functions": functions, "look_up": self._look_up})  # the file is ours

    def _look_up(self, name: str) -> str:
        context, _, rest = name.partition(".")
        if context != "steps":
            value: Any = self.outside.get(context, {})
            for part in rest.split("."):
                value = value.get(part, "") if isinstance(value, Mapping) else ""
            return str(value)
        step, _, field = rest.partition(".")
        if field == "outcome":
            return self.outcomes.get(step, "skipped")
        return self.outputs.get(step, {}).get(field.removeprefix("outputs."), "")


def _pairs(file: Path) -> dict[str, str]:
    lines = (line.partition("=") for line in file.read_text(encoding="utf-8").splitlines())
    return {key: value for key, _, value in lines}


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def clean_environment(folder: Path) -> dict[str, str]:
    """What a runner has, and nothing of the machine's own: its commands are those of the system and of `folder`."""
    return {"PATH": f"{folder}:/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"}

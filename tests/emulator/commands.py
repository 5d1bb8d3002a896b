"""The operator's commands on a deployed stack."""

from click.testing import CliRunner

from local.cli import cli
from tests.emulator.deployment import Stack

PUBLISHED_WITHIN = 60.0
"""Seconds."""


def run(command: str, stack: Stack, exit_code: int = 0) -> str:
    """What a command prints. Raises AssertionError where it ends otherwise."""
    done = CliRunner().invoke(cli, [*command.split(), "--stack", stack.name])
    assert done.exit_code == exit_code, f"{command}: {done.output} {done.exception!r}"
    return done.output


def check_commands(stack: Stack, day: str, papers: int) -> None:
    """Looks at a published day, has it rendered again, and finds what waits for a person. Raises AssertionError."""
    status = run("status", stack)
    assert f"{day}  {papers} listed" in status, status
    assert f"{papers} analysed" in status, status
    assert "mail: sent" in status, status
    assert run(f"cost {day[:7]}", stack).startswith(f"{day}  ko  {papers:3} analysed")
    assert run(f"backfill {day}..{day} --dry-run", stack) == "0 days to read\n"
    run(f"replay {day} --from publish", stack)
    stack.tick()
    stack.wait_for_day(day, PUBLISHED_WITHIN)
    assert run("redrive", stack) == "0 dead letters\n"
    run("pause", stack)
    assert "LOOK  schedules" in run("doctor", stack, exit_code=1)
    run("resume", stack)
    found = run("doctor --ring", stack)
    for well in ("schedules", "OpenAiKeyParameter", "Model", "DeadLetters", "ReadersTopic", "OperatorsTopic", "site"):
        assert f"ok    {well}" in found, found
    assert "An alarm was set off" in found

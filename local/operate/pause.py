"""Stops and starts the schedules that read lists, and the alarm that would miss them."""

from collections.abc import Mapping
from typing import Any, Literal

import click

from local.operate.options import of_stack
from local.operate.stack import Stack

SCHEDULES = ("DailySchedule", "RefreshSchedule")
ALARM = "DayOverdueAlarm"
READ_ONLY = frozenset({"Arn", "CreationDate", "LastModificationDate", "ResponseMetadata", "State"})
"""What GetSchedule answers and UpdateSchedule does not take, and the one field that changes."""


@click.command("pause")
@of_stack
def run_pause(stack: Stack) -> None:
    """Stops the schedules that read lists, and the alarm that would miss them. A day under way is still published."""
    _set_state(stack, "DISABLED")
    stack.client("cloudwatch").disable_alarm_actions(AlarmNames=[stack[ALARM]])
    click.echo("Paused. The next deployment resumes, as does daily-papers resume.")


@click.command("resume")
@of_stack
def run_resume(stack: Stack) -> None:
    """Starts the schedules again. fetch makes up for the days that were missed."""
    _set_state(stack, "ENABLED")
    stack.client("cloudwatch").enable_alarm_actions(AlarmNames=[stack[ALARM]])
    click.echo("Resumed.")


def is_paused(stack: Stack) -> bool:
    """True where a schedule that reads lists is disabled."""
    return any(_schedule(stack, name)["State"] == "DISABLED" for name in SCHEDULES)


def _set_state(stack: Stack, state: Literal["ENABLED", "DISABLED"]) -> None:
    for name in SCHEDULES:
        current = _schedule(stack, name)
        kept = {field: value for field, value in current.items() if field not in READ_ONLY}
        stack.client("scheduler").update_schedule(**kept, State=state)


def _schedule(stack: Stack, name: str) -> Mapping[str, Any]:
    return dict(stack.client("scheduler").get_schedule(Name=stack[name]))

"""How a command on this machine ends: an exit code, and one line where something is wrong."""

import click

DONE, IN_PART, NOT_DONE = 0, 1, 2


class NotDoneError(click.ClickException):
    """Wrong use, no page, or a folder that cannot be used."""

    exit_code = NOT_DONE


def explain(error: OSError) -> str:
    """The line for an error of the operating system."""
    return f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)

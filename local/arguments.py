"""What `make digest` was asked: arguments, checked, with one line that names what is wrong."""

import os
import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from functions.enrich.sources import registry
from functions.fetch.lists.huggingface import MAX_BYTES_OF_PERIOD
from local.endings import NotDoneError
from local.sample.stored import SAMPLE_DAY
from shared.model.span import PERIODS, Day, Period, Span

SAMPLE = Path(__file__).parent / "sample"
SITE_URL = "http://127.0.0.1:8000"
"""Where `make serve` shows the site."""
LOCAL = {"SiteUrl": SITE_URL, "Model": "draft"}
"""Where a laptop differs from the template's defaults: it has no account."""

BEDROCK_ADDRESS = "AWS_ENDPOINT_URL_BEDROCK_RUNTIME"
AWS = "amazonaws.com"

KINDS: dict[str, type[Period]] = {kind.unit: kind for kind in PERIODS}


class UsageError(NotDoneError):
    """An argument that cannot be used."""


class Wish(NamedTuple):
    """A local run. Without a day, a week or a month: the newest ended day that has papers."""

    day: Span | None
    listing: Path | None
    out: Path
    parameters: dict[str, str]
    sample: bool = False
    """The bundled day, with its own pictures."""
    sample_analyses: bool = False
    """The analyses that the project wrote for it, where no model is named."""
    catches_up: bool = False
    """Whether everything that is due is made, in place of one day."""


def read(given: Mapping[str, str], own: Mapping[str, str] | None = None, *, catches_up: bool = False) -> Wish:
    """From options by name, and parameters of template.yaml. Raises UsageError naming the option and the value."""
    asked = {name: value for name in ("day", *KINDS) if (value := given.get(name))}
    recorded, model, sources = (given.get(name, "") for name in ("listing", "model", "sources"))
    sample = not asked and not recorded
    if len(asked) > 1:
        raise UsageError(f"{' and '.join(name.upper() for name in asked)}: only one of them can be made")
    if catches_up and (asked != {"day": "latest"} or recorded):
        raise UsageError("DAY: --catch-up goes with latest alone: what is due follows from the archive")
    if recorded and asked.get("day", "") in {"", "latest"} and asked.keys() <= {"day"}:
        raise UsageError(f"DAY: LISTING={recorded} needs the day that it is of, such as DAY=2026-02-20")
    parameters = {**LOCAL, **({"Languages": "ko,en"} if sample else {})}
    if sample or recorded:
        parameters["Sources"] = "none"
    own = {**(own or {}), **({"Model": model} if model else {})}
    parameters |= own
    check_model(parameters["Model"])
    if sources:
        parameters["Sources"] = ",".join(registry.names()) if sources == "all" else sources
    return Wish(
        day=Day(SAMPLE_DAY) if sample else _day(**asked),
        listing=SAMPLE / "listing.json" if sample else _file(recorded),
        out=folder_of(given.get("out", "out")),
        parameters=parameters,
        sample=sample,
        sample_analyses=sample and "Model" not in own,
        catches_up=catches_up,
    )


def _day(day: str = "", **periods: str) -> Span | None:
    for unit, name in periods.items():
        try:
            return KINDS[unit].parse(name)
        except ValueError:
            raise UsageError(f"{unit.upper()}: {name!r} is not a {unit} such as {KINDS[unit].example}") from None
    try:
        return None if day == "latest" else Day.parse(day)
    except ValueError:
        raise UsageError(f"DAY: {day!r} is neither a date such as 2026-02-20 nor latest") from None


def _file(text: str) -> Path | None:
    if not text:
        return None
    path = Path(text).expanduser()
    if not path.is_file():
        raise UsageError(f"LISTING: there is no file {text!r}")
    if (size := path.stat().st_size) > MAX_BYTES_OF_PERIOD:
        raise UsageError(f"LISTING: {text!r} has {size:,} bytes, a list has at most {MAX_BYTES_OF_PERIOD:,}")
    return path


def folder_of(text: str) -> Path:
    """Raises UsageError where OUT is none."""
    path = Path(text).expanduser()
    if not text or (path.exists() and not path.is_dir()):
        raise UsageError(f"OUT: {text!r} is not a folder of its own")
    return path


def check_model(model: str) -> None:
    """Raises UsageError for a model of Bedrock that nobody would answer for."""
    if model.startswith("bedrock:") and AWS in os.environ.get(BEDROCK_ADDRESS, AWS):
        raise UsageError(
            f"MODEL: {model} needs {BEDROCK_ADDRESS}, the address of a server that speaks Converse. "
            "A local run has no AWS account: deploy the stack to use Bedrock itself."
        )


def parameters_of(text: str) -> dict[str, str]:
    """`Name=value` pairs; a value with blanks stands in quotes."""
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise UsageError(f"PARAMETERS: {error}, got {text!r}") from None
    return parse_pairs(words)


def parse_pairs(words: Iterable[str]) -> dict[str, str]:
    """`Name=value` each."""
    found = {}
    for word in words:
        name, separator, value = word.partition("=")
        if not separator:
            raise UsageError(f"PARAMETERS: {word!r} is not Name=value")
        found[name] = value
    return found

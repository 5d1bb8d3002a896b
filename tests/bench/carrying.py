"""A day carried through the functions one delivery at a time: the same calls in the same order every time."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import boto3

from local import listing, mappings, template
from local.functions import Function, functions
from local.intrinsics import REGION
from local.mappings import Source
from local.template import Stack
from shared.model.span import Day
from tests.bench.listing import written
from tests.factories.account import account as moto_account
from tests.factories.places import ROOT

Call = Callable[[str, dict[str, Any]], Any]
"""A function's logical id and its event; answers what the function answers."""
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "bench",
    "AWS_SECRET_ACCESS_KEY": "bench",
    "AWS_DEFAULT_REGION": REGION,
    "POWERTOOLS_LOG_LEVEL": "WARNING",
    "POWERTOOLS_METRICS_DISABLED": "true",
}


class Account(NamedTuple):
    """An empty account in which a day can be read."""

    stack: Stack
    functions: dict[str, Function]
    day: date


@contextmanager
def account(papers: int, sources: str = "none", elsewhere: str = "") -> Iterator[Account]:
    """What template.yaml declares, on moto, and a server that lists this many papers for yesterday.

    `elsewhere`: the address of the sources that are asked.
    """
    day = datetime.now(UTC).date() - timedelta(days=1)
    stack = template.stack(ROOT / "template.yaml", {"Sources": sources, "Model": "draft"})
    with (
        patch.dict(os.environ, ENVIRONMENT),
        tempfile.TemporaryDirectory() as folder,
        listing.serve(written(Path(folder), papers), Day(day), elsewhere=elsewhere) as address,
        moto_account(stack),
    ):
        os.environ |= {"HF_URL": address} | dict.fromkeys(("ARXIV_URL", "GITHUB_URL"), elsewhere or address)
        yield Account(stack, functions(stack), day)


def carry(account: Account, call: Call, at_once: int) -> None:
    """Reads the day and carries it to its mail. Publish gets so many messages at once, as far as its mapping does."""
    enrich, summarize, publish = mappings.sources(account.stack)
    publish = publish._replace(batch_size=min(at_once, publish.batch_size))
    call("FetchFunction", {"day": str(account.day), "mail": True})
    while _delivered(enrich, call):
        pass
    while _delivered(summarize, call):
        while _delivered(publish, call):
            pass


def _delivered(source: Source, call: Call) -> bool:
    """Delivers one batch, as far as there is one."""
    sqs = boto3.client("sqs", region_name=REGION)
    messages = mappings.receive(sqs, source)
    if not messages:
        return False
    done = mappings.settle(sqs, source, messages, call(source.function, mappings.event(source, messages)))
    if done < len(messages):
        raise RuntimeError(f"{source.function} failed on {len(messages) - done} of {len(messages)} messages")
    return True

"""GitHub: is a paper's repository still there, is it alive, may it be used.

`GET /repos/{owner}/{name}` answers 200, 301 for one that was renamed, 404 for one that is gone or private, 451 for one
that was taken down, 403 or 429 beyond 60 requests an hour (5,000 with a token); 304 costs nothing.
https://docs.github.com/en/rest/repos/repos
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from pydantic import AwareDatetime, NonNegativeInt, TypeAdapter

from functions.enrich.sources.api import NoFactsError
from functions.enrich.sources.asking import ApiSource
from shared.model.facts import Facts
from shared.model.sources import Repository

PAGES = ".github.io"
NOT_OWNERS = frozenset({"about", "apps", "collections", "features", "marketplace", "orgs", "sponsors", "topics"})
"""First parts of addresses on github.com that are no accounts."""

_OWNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}", re.ASCII)
_NAME = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}", re.ASCII)
_count = TypeAdapter(NonNegativeInt).validate_python
_time = TypeAdapter(AwareDatetime).validate_python


def is_at_github(address: str) -> bool:
    """Whether GitHub can be asked about this address at all."""
    host = _host(address)
    return host in {"github.com", "www.github.com"} or host.endswith(PAGES)


def repository_of(address: str) -> str | None:
    """`owner/name` that an address on GitHub means; None for an owner's page and whatever else names no repository.

    Pages at `owner.github.io/name` are built from `owner/name`, at `owner.github.io` from `owner/owner.github.io`.
    """
    host, parts = _host(address), [part for part in urlsplit(address).path.split("/") if part]
    if host.endswith(PAGES):
        parts = [host.removesuffix(PAGES), parts[0] if parts else host]
    if len(parts) < 2 or parts[0].lower() in NOT_OWNERS:
        return None
    owner, name = parts[0], parts[1].removesuffix(".git")
    return f"{owner}/{name}" if _OWNER.fullmatch(owner) and _NAME.fullmatch(name) else None


def question(_: str, facts: Facts) -> str | None:
    """The repository of the paper's code. Raises NoFactsError for an address on GitHub that means none."""
    if not facts.code or not is_at_github(facts.code.address):
        return None
    name = repository_of(facts.code.address)
    if not name:
        raise NoFactsError("odd", facts.code.address)
    return f"/repos/{name}"


def read(body: Mapping[str, Any], now: datetime) -> Repository:
    """An odd field costs itself. Raises NoFactsError for an answer that is no repository."""
    name = body.get("full_name")
    if not isinstance(name, str) or repository_of(f"https://github.com/{name}") != name:
        raise NoFactsError("odd", f"full_name: {name!r}")
    licence = body.get("license")
    spdx = licence.get("spdx_id") if isinstance(licence, dict) else None
    return Repository(
        read_at=now,
        name=name,
        address=f"https://github.com/{name}",
        stars=_or_none(_count, body.get("stargazers_count")),
        licence=spdx if isinstance(spdx, str) and spdx else None,
        pushed_at=_or_none(_time, body.get("pushed_at")),
        archived=body.get("archived") is True,
    )


def _or_none(reader: Any, value: Any) -> Any:
    try:
        return reader(value)
    except ValueError:
        return None


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""


SOURCE = ApiSource(
    name="github",
    variable="GITHUB_URL",
    url="https://api.github.com",
    question=question,
    read=read,
    facts_field="repository",
    headers={"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"},
    reasons={"unknown": "gone"},
)

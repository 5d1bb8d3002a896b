"""How a world ends, to be held against how it should: the faultless run, and the site made again."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from tests.simulation.world import World

STAMPS = frozenset({"fingerprint"})
"""Fields of a digest that say what it was made from, and nothing to readers."""
DAY = re.compile(r"(\d{4})[-/](\d\d-\d\d)")
"""In `site/2026-02-20/index.html` and in `site/archive/2026/02-20.json`."""
SITEMAP = re.compile(r"sitemap[^/]*\.xml$")
"""Names the time of each page's last change."""


class Ending(NamedTuple):
    """What a history comes to, without times, costs and votes, which faults may change."""

    days: Mapping[str, Any]
    """What each day's data shows, by its key."""
    site: frozenset[str]
    """The addresses of the site."""


def read(world: World) -> Ending:
    """The end state. The days around the scenario's are left out: whether they are read depends on when they can be."""
    replayed = world.scenario.models
    days = {
        key: _essence(digest, with_model=digest.get("day") in replayed)
        for key, digest in digests(world).items()
        if _is_played(key, world)
    }
    site = {key for key in world.objects.snapshot("site/") if _is_played(key, world)}
    return Ending(days, frozenset(key for key in site if not key.startswith("site/pictures/")))


def _is_played(key: str, world: World) -> bool:
    found = DAY.search(key)
    return found is None or date.fromisoformat("-".join(found.groups())) in world.scenario.lists.days


def digests(world: World) -> dict[str, Any]:
    """Every digest.json of days, weeks and months."""
    found = (key for key in world.objects.snapshot("site/") if key.endswith("/digest.json"))
    return {key: json.loads(world.objects.get(key)) for key in found}


def _essence(digest: Mapping[str, Any], *, with_model: bool) -> Mapping[str, Any]:
    papers = {paper["id"]: _paper(paper, with_model=with_model) for paper in digest["papers"]}
    return {"status": digest.get("status"), "papers": papers, "missing": digest.get("missing", [])}


def _paper(paper: Mapping[str, Any], *, with_model: bool) -> Any:
    """Not what the analysis says: where an answer was refused in part and its repair failed, less is shown."""
    return (paper["title"], paper.get("source"), with_model and paper["provenance"]["model"])


def differences(expected: Ending, found: Ending) -> Iterator[str]:
    """Where a history ends otherwise than the faultless run of its world."""
    for key in sorted(expected.days.keys() | found.days.keys()):
        before, after = expected.days.get(key), found.days.get(key)
        if before != after:
            yield f"it ends otherwise than without faults: {key}: {_shown(before)} became {_shown(after)}"
    for key in sorted(expected.site ^ found.site):
        yield f"it ends otherwise than without faults: {key} is {'missing' if key in expected.site else 'too much'}"


def _shown(essence: Any) -> str:
    return "nothing" if essence is None else json.dumps(essence, ensure_ascii=False, default=str)[:600]


def contents(world: World) -> dict[str, str]:
    """The site by key: what a new site must not change. Hashes in the place of pages cover more than pages show."""
    found = {}
    for key, stored in world.objects.list("site/"):
        if key.endswith("/digest.json"):
            found[key] = json.dumps(
                {name: part for name, part in json.loads(stored.body).items() if name not in STAMPS}
            )
        elif not key.endswith((".html", ".xml")) or (world.scenario.whole_pages and not SITEMAP.search(key)):
            found[key] = stored.etag
    return found


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """What a new site changes: nothing, where all that follows from the days agrees with them."""
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield f"a new site changes the site: {key}"

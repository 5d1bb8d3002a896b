"""A site as a reader finds it: made once by the local run, of a recorded day, the sample day and a hostile one."""

import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from local.cli import call
from shared.store import keys
from tests.factories.hostile_rows import HOSTILE, HOSTILE_DAY, hostile_rows

RECORDED_DAYS = ("2025-01-14", "2026-02-17")
EMPTY_DAY, WEEK, MONTH = "2026-02-21", "2026-W08", "2026-02"
SAMPLE_DAY = "2026-02-22"


def make(out: Path, recorded: Path, address: str) -> Path:
    """The folder of the site that is served at this address."""
    hostile = out / "hostile.json"
    hostile.parent.mkdir(parents=True, exist_ok=True)
    hostile.write_text(json.dumps(hostile_rows()), encoding="utf-8")
    days = (*RECORDED_DAYS, EMPTY_DAY)
    listings = {day: recorded / "data" / "huggingface" / f"{day}.json" for day in days} | {HOSTILE_DAY: hostile}
    common = ("--out", str(out), "--parameters", f"Languages=ko,en SiteUrl={address} SignUp=true")
    assert call(["digest", *common]) == 0
    for day, listing in listings.items():
        assert call(("digest", "--day", day, "--listing", str(listing), *common)) == 0
    for unit, name in (("week", WEEK), ("month", MONTH)):
        assert call(("digest", f"--{unit}", name, "--listing", str(listings["2026-02-17"]), *common)) == 0
    return out / keys.SITE.strip("/")


class _Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("a", "link", "script", "img"):
            self.found += [value for name, value in attrs if name in ("href", "src") and value]


def links(site: Path, page: str) -> Iterator[str]:
    """Where the page leads to on the site, as addresses of it."""
    base = "https://site.invalid/"
    for link in _Links((site / page).read_text(encoding="utf-8")).found:
        target = urlsplit(urljoin(base + page, link))
        if f"{target.scheme}://{target.netloc}/" == base:
            yield unquote(target.path[1:])


@cache
def pages(site: Path) -> list[str]:
    """Every page that can be reached from the front page."""
    found = ["index.html"]
    for page in found:
        found += sorted(
            {link for link in links(site, page) if link.endswith(".html") and (site / link).is_file()} - {*found}
        )
    return found


@cache
def kinds(site: Path) -> list[str]:
    """A page of each kind, and all that the hostile day could have spoilt."""
    of_kind: dict[str, str] = {}
    for page in pages(site):
        of_kind.setdefault(re.sub(r"\d+|(?<=papers/)[^/]+|(?<=tags/)[^/]+(?=/)", "*", page), page)
    hostile = [f"{HOSTILE_DAY}/index.html", *(keys.paper_file(paper_id) for paper_id in HOSTILE)]
    days = (f"{day}/index.html" for day in (SAMPLE_DAY, EMPTY_DAY))
    return sorted({*of_kind.values(), *days, "404.html", *hostile})

"""What a page refers to is written before the page, and nothing that readers reach leads to what is not there."""

import posixpath
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from shared.store import keys
from tests.chain.world import FRIDAY, MakeWorld, World, on_call, row
from tests.factories.days import ONE, TWO, analysis, manifest, paper

READ_AT = datetime(2026, 2, 21, 13, tzinfo=UTC)
"""No schedule fires for hours."""
LINK = re.compile(r'(?:href|src)="(?![a-z]+:|#)([^"#?]+)')
LISTED = {FRIDAY: [row("2602.00001", 9, title="Model Merging"), row("2602.00002", 5)]}


def targets(address: str, html: str) -> Iterator[str]:
    for link in LINK.findall(html):  # from the root of the host, which is the bucket, or from the page
        yield posixpath.normpath(posixpath.join(posixpath.dirname(address), link)).lstrip("/")


def written(world: World) -> dict[str, str]:
    """The pages and files of the site, as they are put from now on, in order."""
    found: dict[str, str] = {}

    def note(asked: dict[str, Any]) -> None:
        if asked["Key"].startswith(keys.SITE):
            body = asked["Body"]
            found[asked["Key"]] = body.decode() if asked["Key"].endswith(".html") else ""

    on_call("s3", "PutObject", note)
    return found


def test_the_page_of_a_day_comes_after_all_that_it_refers_to(make_world: MakeWorld) -> None:
    world = make_world(LISTED)
    put = written(world)
    world.run(hours=1)
    order = list(put)
    page = order.index(f"site/{FRIDAY}/index.html")
    for name in ("digest.json", "top5.md", "post.md"):
        assert order.index(f"site/{FRIDAY}/{name}") < page
    for listed in ("2602.00001", "2602.00002"):
        for name in ("index.html", "cite.bib"):
            assert order.index(f"site/papers/{listed}/{name}") < page
    assert order.index("site/feed.xml") < order.index("site/index.html") < page, "every page leads to the frame"


@pytest.mark.parametrize("languages", ["ko", "ko,en"])
def test_in_the_end_every_link_leads_somewhere(make_world: MakeWorld, languages: str) -> None:
    world = make_world(LISTED, Languages=languages)
    world.run(hours=1)
    there = world.objects(keys.SITE)
    for key in there:
        if key.endswith(".html"):
            dead = [each for each in targets(key, world.archive.get(key).decode()) if each not in there]
            assert dead == [], key


def test_a_page_links_to_another_language_once_that_has_its_page(make_world: MakeWorld) -> None:
    world = make_world({}, READ_AT, Languages="ko,en")
    rows = [paper(ONE, 9), paper(TWO, 5)]
    world.archive.put(keys.open_marker(FRIDAY, READ_AT), b"")
    world.archive.write(keys.manifest(FRIDAY, READ_AT), manifest(rows, READ_AT, languages=("ko", "en")))
    for each in (ONE, TWO):
        world.archive.write(keys.summary(FRIDAY, "ko", each), analysis())
    page, english = f"site/{FRIDAY}/index.html", f"site/en/{FRIDAY}/index.html"
    world.run(minutes=11)
    assert english not in set(targets(page, world.archive.get(page).decode()))
    for each in (ONE, TWO):
        world.archive.write(keys.summary(FRIDAY, "en", each), analysis())
    world.run(minutes=11)
    assert english in set(targets(page, world.archive.get(page).decode()))
    assert page in set(targets(english, world.archive.get(english).decode()))
    assert (world.digest().revision, world.digest(language="en").revision) == (1, 1)

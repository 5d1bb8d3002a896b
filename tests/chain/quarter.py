"""Publishes a quarter with a copy of the product, whose folder is the argument: see test_additions."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

COPY = Path(sys.argv[1])
sys.path[:0] = [str(COPY)]

import shared  # noqa: E402
from local import arguments  # noqa: E402
from tests.chain.world import row, world  # noqa: E402

assert Path(shared.__path__[0]).parent == COPY
DAYS = {date(2026, 1, 5): [row("2601.00001", 5)], date(2026, 2, 20): [row("2602.00001", 9)]}
NOON = datetime(2026, 4, 2, 12, 30, tzinfo=UTC)
NAME = "2026-Q1"

with (
    pytest.MonkeyPatch.context() as monkeypatch,
    world(monkeypatch, DAYS, NOON, SiteUrl="https://papers.example") as made,
):
    for day in DAYS:
        made.fetch(day)
    made.chain.invoke("FetchFunction", {"quarter": NAME, "mail": True})
    made.run(minutes=25)
    objects = made.objects("site/")
    for key in (f"quarterly/{NAME}/index.html", "quarterly/index.html", "quarterly/feed.xml"):
        assert f"site/{key}" in objects, key
    assert "site/_posts/2026-01-01-quarterly-papers.md" in objects
    page = made.archive.get(f"site/quarterly/{NAME}/index.html").decode()
    assert page.index("2602.00001") < page.index("2601.00001")
    assert [subject.split(":")[0] for subject in made.mails()] == [f"[Daily Papers] {NAME}"]
    assert f"quarterly/{NAME}/index.html" in made.archive.get("site/archive/2026/index.html").decode()
    assert 'href="quarterly/index.html"' in made.archive.get("site/index.html").decode()
    assert made.open_days() == set()

assert str(arguments.read({"quarter": NAME, "out": str(COPY / "out")}).day) == NAME

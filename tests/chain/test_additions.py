"""Additions are made in few places: each test makes one and sees it through to the site, the mail and the local run."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Self

import pytest

from functions.publish import site
from functions.publish.index import LanguageSite, context
from functions.publish.index.context import DayContext
from functions.publish.model.digest import Digest
from functions.publish.site import Edition
from local.cli import call
from shared.model.frozen import Frozen
from shared.model.span import Day, Span
from tests.chain.world import row
from tests.factories.places import ROOT

LISTS = {
    "2026-02-18": [row("2602.00001", 5), row("2602.00002", 3)],
    "2026-02-20": [row("2602.00003", 9)],
}


def make_days(out: Path) -> None:
    """Each day in a local run of its own."""
    for day, rows in LISTS.items():
        listing = out.parent / "listing.json"
        listing.write_text(json.dumps(rows), encoding="utf-8")
        assert call(["digest", "--day", day, "--listing", str(listing), "--out", str(out)]) == 0


def titles(context: DayContext) -> Iterator[tuple[str, str]]:
    """The edition that is added: the titles of a day as text."""
    yield f"{context.digest.day}/titles.txt", "".join(f"{paper.title}\n" for paper in context.digest.papers)


def test_an_edition_is_a_renderer_and_a_line_of_the_table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    added = Edition[DayContext]("text/plain; charset=utf-8", titles)
    monkeypatch.setattr(site, "DAY_EDITIONS", (*site.DAY_EDITIONS, added))
    make_days(tmp_path / "out")
    for day, rows in LISTS.items():
        text = (tmp_path / "out" / "site" / day / "titles.txt").read_text(encoding="utf-8")
        assert text.splitlines() == [each["title"] for each in rows]


class Authors(Frozen):
    """The index that is added: the days of each author."""

    days: Mapping[str, tuple[str, ...]] = {}

    @classmethod
    def load(cls, site: LanguageSite, span: Span) -> Self:  # one file for all days
        return site.find("authors/index.json", cls) or cls()

    def with_digest(self, digest: Digest) -> Self:
        days = {name: tuple(day for day in known if day != str(digest.day)) for name, known in self.days.items()}
        for name in {name for paper in digest.papers for name in paper.facts.authors}:
            days[name] = tuple(sorted({*days.get(name, ()), str(digest.day)}))
        return self.model_copy(update={"days": days})

    def only(self, spans: Collection[Span]) -> Self:
        kept = {name: tuple(day for day in days if Day.parse(day) in spans) for name, days in self.days.items()}
        return self.model_copy(update={"days": kept})

    def files(self) -> Iterator[tuple[str, Frozen]]:
        yield "authors/index.json", self


def author_page(context: DayContext) -> Iterator[tuple[str, str]]:
    for name, days in context.indexes[Authors].days.items():
        yield f"authors/{name}.html", " ".join(days)


def test_an_index_is_a_value_and_a_line_of_the_registry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(context, "DAY_INDEXES", (*context.DAY_INDEXES, Authors))
    added = Edition[DayContext]("text/html; charset=utf-8", author_page)
    monkeypatch.setattr(site, "DAY_EDITIONS", (*site.DAY_EDITIONS, added))
    out = tmp_path / "out"
    page = out / "site" / "authors" / "Kim Ha-neul.html"
    make_days(out)
    assert page.read_text(encoding="utf-8") == " ".join(LISTS)
    forgotten, kept = LISTS
    shutil.rmtree(out / "manifests" / forgotten)
    call(["site", "--out", str(out)])
    assert page.read_text(encoding="utf-8") == kept


QUARTER = '''
@dataclass(frozen=True)
class Quarter(_Span):
    """A quarter of a year: `2026-Q1`."""

    kind: ClassVar[str] = "quarterly"
    unit: ClassVar[str] = "quarter"
    max_days: ClassVar[int] = 92
    has_list: ClassVar[bool] = False
    example: ClassVar[str] = "2026-Q1"
    pattern: ClassVar[re.Pattern[str]] = re.compile(r"(\\d{4})-Q([1-4])", re.ASCII)
    first_of = staticmethod(lambda year, number: date(year, 3 * number - 2, 1))
    mailed_within: ClassVar[timedelta] = timedelta(days=30)
    waits_for_days: ClassVar[timedelta] = timedelta(days=7)

    def __str__(self) -> str:
        return f"{self.first.year:04}-Q{(self.first.month + 2) // 3}"

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(date(day.year, (day.month - 1) // 3 * 3 + 1, 1))


Period = Week | Month | Quarter
'''


@pytest.mark.extra
def test_a_quarter_is_a_declaration_and_its_labels(tmp_path: Path) -> None:
    for folder in ("functions", "shared", "local"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    span = tmp_path / "shared/model/span.py"
    span.write_text(span.read_text(encoding="utf-8").replace("\nPeriod = Week | Month\n", QUARTER), encoding="utf-8")
    for labels in (tmp_path / "shared" / "languages").glob("*/labels.toml"):
        text = labels.read_text(encoding="utf-8")
        (monthly,) = re.findall(r"^\[monthly\]\n(?:.+\n)+", text, re.MULTILINE)
        text = text.replace("\nmonthly =", '\nquarterly = "Quarters"\nmonthly =', 1)
        text = f"{text}\n{monthly.replace('[monthly]', '[quarterly]')}"
        labels.write_text(re.sub(r"(\[quarterly\]\nname = ).*", r'\1"Q{number} {year}"', text), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.chain.quarter", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]

"""The pages beside those of days: front page, archive, search with its scripts, and those that no day changes.

A page that was opened from disk may load scripts and nothing else.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from functions.publish.index.archive import Archive, Overview
from functions.publish.index.context import DayContext, PeriodContext
from functions.publish.index.recent import RecentSpan
from functions.publish.index.search import Search, SearchParts
from functions.publish.index.search_terms import DIGITS, LEVELS, SearchRecord
from functions.publish.index.search_words import glossary, words_of_any_text
from functions.publish.index.year import ListedDay, Year
from functions.publish.model.digest import Digest
from functions.publish.render import addresses, templating
from functions.publish.settings import SiteConfig
from functions.publish.text import wording
from shared.model import sign_up as form
from shared.model.frozen import Frozen
from shared.model.span import KINDS, Month, Week
from shared.store import keys

SPELLINGS = "spellings"
FEW_PAPERS = 10
"""Papers in a file: of a day, only those that are found are read."""
SETTINGS = {
    "levels": LEVELS,
    "digits": DIGITS,
    "fields": tuple(SearchRecord.model_fields),
    "few": FEW_PAPERS,
    "stop": sorted(words_of_any_text()),
}
"""What the scripts must know to read the index."""
_NOT_IN_SCRIPTS = (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))
"""What ends a script element or a line of a script, as JSON may spell it too: it can only be within a text."""


class CalendarWeek(NamedTuple):
    """The days of a week, and whether a page sums it up."""

    week: Week
    is_published: bool
    days: tuple[ListedDay, ...]


class CalendarMonth(NamedTuple):
    """The weeks of a month that have a day, the newest first, and whether a page sums it up."""

    month: Month
    is_published: bool
    papers: int
    weeks: tuple[CalendarWeek, ...]


def front(newest: Digest | None, recent: Sequence[RecentSpan], language: str, config: SiteConfig) -> str:
    """index.html: the newest day that has papers, if any, and why nothing is newer; `recent` is newest first."""
    lines = wording.two_lines(newest) if newest else ()
    return templating.render(
        "front.html",
        keys.FRONT,
        language,
        config,
        digest=newest,
        of_interest=wording.of_interest(newest) if newest else (),
        lines=lines,
        description=" ".join(lines),
        newer=[each for each in recent if newest is None or each.span.first > newest.day],
        recent=recent,
    )


def archive(context: DayContext | PeriodContext) -> Iterator[tuple[str, str]]:
    """The archive's first page, which shows the newest year, and the page of the digest's year, of both for a week."""
    known = context.indexes[Archive]
    shown = {keys.ARCHIVE: context.newest_year}
    if context.digest.status != "open":
        shown[keys.archive_file(known.year.year)] = known.year
    if isinstance(context, PeriodContext) and context.last_year.days:
        shown[keys.archive_file(context.last_year.year)] = context.last_year
    for address, year in shown.items():
        yield address, calendar(address, year, known.overview, context.digest.language, context.config)


def calendar(address: str, year: Year, overview: Overview, language: str, config: SiteConfig) -> str:
    """The days of a year, newest month and week first, and the way to the other years."""
    calendar = tuple(months(year, overview))
    content = {"year": year, "calendar": calendar, "overview": overview}
    return templating.render("archive.html", address, language, config, elsewhere=keys.ARCHIVE, **content)


def months(year: Year, overview: Overview) -> Iterator[CalendarMonth]:
    """The months that have a day, newest first."""
    published = {period for known in overview.years for period in known.periods}
    for month, days in groupby(reversed(year.days), key=lambda listed: Month.of(listed.day)):
        listed = list(days)
        weeks = groupby(listed, key=lambda day: Week.of(day.day))
        yield CalendarMonth(
            month=month,
            is_published=month in published,
            papers=sum(len(day.papers) for day in listed),
            weeks=tuple(CalendarWeek(week, week in published, tuple(found)[::-1]) for week, found in weeks),
        )


def about(language: str, config: SiteConfig) -> str:
    """about/index.html."""
    return templating.render("about.html", keys.ABOUT, language, config)


def sign_up(language: str, config: SiteConfig) -> str:
    """subscribe/index.html: the form, or where the site takes no sign-ups, the feeds."""
    return templating.render("sign_up.html", keys.SIGN_UP, language, config, form=form, kinds=KINDS)


def not_found(language: str, config: SiteConfig) -> str:
    """404.html. It answers at any address: its links begin at the root of the host, whatever that is called."""
    tree = addresses.in_tree(language, config, "")

    def to(target: str) -> str:
        if not config.site_url:
            return addresses.relative(f"{tree}404.html", target)
        return quote(f"{urlsplit(config.site_url).path.rstrip('/')}/{target}")

    return templating.render("not_found.html", keys.NOT_FOUND, language, config, to=to)


def search(months: Iterable[str], parts: SearchParts, language: str, config: SiteConfig) -> str:
    """search/index.html. Months of the archive that cannot be searched yet are named."""
    missing = sorted(set(months) - parts.months)
    return templating.render("search.html", keys.SEARCH, language, config, missing=missing, settings=SETTINGS)


def search_scripts(found: Search) -> Iterator[tuple[str, str]]:
    """The day, the segments that it changes, and last the list of all parts."""
    if found.day:
        papers = [list(paper.model_dump(mode="json").values()) for paper in found.day.papers]
        for few, start in enumerate(range(0, len(papers), FEW_PAPERS)):
            some = papers[start : start + FEW_PAPERS]
            yield keys.search_papers(found.day.day, few), script("papers", str(found.day.day), start, some)
    for name, (parts, spellings) in found.built.items():
        for number, part in enumerate(parts):
            yield keys.search_part(name, number), script("part", name, number, part)
        yield keys.search_part(name, SPELLINGS), script("spellings", name, spellings)
    yield keys.SEARCH_GLOSSARY, _glossary_script()
    yield keys.SEARCH_PARTS_SCRIPT, script("parts", found.parts)


def script(*arguments: Frozen | Mapping[str, Any] | Sequence[Any] | str | int) -> str:
    """A script that hands its arguments to the search."""
    plain = (
        each.model_dump(mode="json", exclude_defaults=True) if isinstance(each, Frozen) else each for each in arguments
    )
    written = (json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in plain)
    text = ",".join(written)
    for character, spelling in _NOT_IN_SCRIPTS:
        text = text.replace(character, spelling)
    return f"addToSearch({text});\n"


@cache
def _glossary_script() -> str:
    return script("glossary", glossary())

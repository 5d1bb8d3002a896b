"""The days of a year and their papers: what calendar, tags, neighbours and sitemap are made from."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from pydantic import AwareDatetime

from functions.publish.index import LanguageSite
from functions.publish.model.digest import Digest, DigestPaper, Status
from functions.publish.text.outside import shown
from functions.publish.text.wording import institution
from shared.model.frozen import Frozen
from shared.model.span import Day, Span
from shared.store import keys
from shared.text.vocabulary import names


class Entry(Frozen):
    """A paper as lists of the site show it, in plain Unicode."""

    id: str
    title: str
    one_line: str = ""
    source: str = ""
    """Who wrote the one-line, by the code of the label; empty for our model."""
    upvotes: int = 0
    """When the day was first published: what moves at every read is not shown in lists."""
    tags: tuple[str, ...] = ()
    institution: str = ""
    published_at: AwareDatetime
    """When it was first published on this day."""
    updated_at: AwareDatetime
    """When its title or one-line last changed."""


class ListedDay(Frozen):
    """A day with the papers that it listed."""

    day: date
    status: Status
    papers: tuple[Entry, ...] = ()

    @property
    def tags(self) -> frozenset[str]:
        """The tags of its papers."""
        return frozenset(tag for entry in self.papers for tag in entry.tags)


class MonthOfDays(Frozen):
    """Days, the oldest first: those of a closed month as `archive/2026/02.json`, each as `archive/2026/02-20.json`."""

    days: tuple[ListedDay, ...] = ()


class Year(Frozen):
    """A year in a language, the oldest day first: its months, put together."""

    year: int
    days: tuple[ListedDay, ...] = ()

    def month(self, month: str) -> MonthOfDays:
        """One of its months: `2026-02`."""
        return MonthOfDays(days=tuple(listed for listed in self.days if f"{listed.day:%Y-%m}" == month))

    def with_digest(self, digest: Digest) -> "Year":
        """The year with this digest's day."""
        known = {entry.id: entry for entry in self.on(digest.day).papers}
        entries = tuple(_entry(paper, digest, known.get(paper.id)) for paper in digest.papers)
        day = ListedDay(day=digest.day, status=digest.status, papers=entries)
        others = (other for other in self.days if other.day != digest.day)
        days = tuple(sorted((day, *others), key=lambda listed: listed.day))
        return self.model_copy(update={"days": days})

    def only(self, spans: Collection[Span]) -> "Year":
        """The year without days that are no longer there."""
        return self.model_copy(update={"days": tuple(known for known in self.days if Day(known.day) in spans)})

    def on(self, day: date) -> ListedDay:
        """The day; one without papers where it is not known."""
        return next((known for known in self.days if known.day == day), ListedDay(day=day, status="empty"))

    def tagged(self, tag: str) -> Sequence[tuple[date, Entry]]:
        """The papers of a tag, newest day first; a paper that was listed on two days has two places."""
        return [(listed.day, entry) for listed in reversed(self.days) for entry in listed.papers if tag in entry.tags]

    @property
    def tags(self) -> Mapping[str, int]:
        """How many papers carry each tag."""
        return Counter(tag for listed in self.days for entry in listed.papers for tag in entry.tags)

    @property
    def months(self) -> Mapping[str, int]:
        """How many papers each month listed: `2026-02`."""
        counted: Counter[str] = Counter()
        for listed in self.days:
            counted[f"{listed.day:%Y-%m}"] += len(listed.papers)
        return counted


def year_of(site: LanguageSite, number: int) -> Year:
    """The year as far as its lists can be read."""
    return Year(year=number, days=listed_days(site, number, range(1, 13)))


def listed_days(site: LanguageSite, number: int, months: Collection[int]) -> tuple[ListedDay, ...]:
    """The days of some months, the oldest first: the list of a month, and for the newest one those of its days."""
    stored = stored_lists(site, number)
    newest = max(map(month_of, stored), default=0)
    found: dict[date, ListedDay] = {}
    closed: set[int] = set()
    for key in sorted(stored, key=len):
        month = month_of(key)
        if month not in months or month in closed:
            continue
        if listed := site.bucket.read_listed(key, stored[key], MonthOfDays):
            found |= {each.day: each for each in listed.days}
            if month != newest and key == site.key(keys.archive_month(f"{number}-{month:02}")):
                closed.add(month)
    return tuple(found[day] for day in sorted(found))


def stored_lists(site: LanguageSite, number: int) -> Mapping[str, str]:
    """The year's lists of months and of days by their keys, with their MD5."""
    folder = site.key(keys.archive_folder(number))
    return {k: etag for k, etag in site.listing(folder).items() if k.startswith(folder) and k.endswith(".json")}


def month_of(key: str) -> int:
    """The month of a list: both `archive/2026/02.json` and `archive/2026/02-20.json` begin with it."""
    return int(key.rsplit("/", 1)[-1][:2])


def stored_months(site: LanguageSite, number: int) -> list[Day]:
    """The first day of each month of the year that has a list."""
    return [Day(date(number, month, 1)) for month in sorted(set(map(month_of, stored_lists(site, number))))]


def _entry(paper: DigestPaper, digest: Digest, known: Entry | None) -> Entry:
    source = paper.analysis.line_source if paper.analysis else paper.source
    entry = Entry(
        id=paper.id,
        title=shown(paper.title),
        one_line=shown(paper.one_line),
        source=source if source != "model" else "",
        upvotes=paper.upvotes - paper.gained,
        tags=tuple(tag for tag in paper.tags if tag in names()),
        institution=shown(institution(paper.facts, digest.language)),
        published_at=known.published_at if known else digest.closed_at,
        updated_at=digest.closed_at,
    )
    same = known and (known.title, known.one_line) == (entry.title, entry.one_line)
    return entry.model_copy(update={"updated_at": known.updated_at}) if known and same else entry

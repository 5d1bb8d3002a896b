"""The days, papers and periods of a published site, by the files that programs read."""

import re
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from functions.publish.index.archive import Overview
from functions.publish.index.search import SearchDay, SearchParts, Segment
from functions.publish.model.digest import Digest, DigestPaper
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.render.data import Latest
from local.mcp.reading import AnswerError, Read, Source
from shared.model.frozen import Frozen
from shared.model.span import PERIODS, Day, Period, Week, parse
from shared.store import keys

LANGUAGE = re.compile(r"[a-z]{2}")
SEGMENT = re.compile(r"\d{4}|open", re.ASCII)
MAX_PAPERS = 100_000
"""Of a year: Hugging Face lists some 10,000."""
MAX_LANGUAGES = 20
NEAREST = 2
"""Names before and after one that is not there."""

Value = TypeVar("Value", bound=Frozen)


class Archive(NamedTuple):
    """A site in one language."""

    name: str
    """The address or folder of the site."""
    read: Read
    tree: str
    """The folder of the language: `en/`; empty for the site's first one."""
    latest: Latest

    @property
    def language(self) -> str:
        """The language."""
        return self.latest.language

    def address(self, address: str) -> str:
        """Where a page of the language is."""
        return f"{self.name}/{self.tree}{address}"

    def days(self) -> Mapping[date, int]:
        """The days that have papers, in order, each with how many."""
        return self.search_parts().papers

    def search_parts(self) -> SearchParts:
        """What the search's index consists of, without segments that cannot be so."""
        parts = self.find(keys.SEARCH_PARTS, SearchParts) or SearchParts()
        kept = {name: each for name, each in parts.segments.items() if SEGMENT.fullmatch(name) and _is_sound(each)}
        return parts.model_copy(update={"segments": kept})

    def search_day(self, day: date) -> SearchDay:
        """What is shown of a day's papers where they are found."""
        return self.find(keys.search_day(day), SearchDay) or SearchDay(day=day)

    def day(self, name: str) -> Digest:
        """The digest of a day. Raises AnswerError that names the nearest days."""
        try:
            day = Day.parse(name)
        except ValueError as error:
            raise AnswerError(f"day: {error}. `latest` gives the newest, {self.latest.day}.") from error
        found = self.find(keys.span_file(day, "digest.json"), Digest)
        if found is None:
            near = _nearest([*map(str, self.days())] or [str(self.latest.day)], str(day))
            raise AnswerError(f"day: there is no digest of {day}. The nearest days with papers: {near}.")
        return found

    def period(self, name: str) -> PeriodDigest:
        """The digest of a week or a month. Raises AnswerError that names the nearest ones."""
        try:
            period = parse(name)
        except ValueError as error:
            raise AnswerError(f"week: {error}. {_newest(self._overview())}") from error
        found = self.find(keys.span_file(period, "digest.json"), PeriodDigest)
        if found is None:
            overview = self._overview()
            known = sorted(map(str, overview.of_kind(period.kind)))
            near = f"The nearest: {_nearest(known, str(period))}." if known else _newest(overview)
            raise AnswerError(f"week: there is no digest of {period}. It is made some days after its end. {near}")
        return found

    def newest_periods(self) -> Mapping[str, Period]:
        """The newest week and the newest month, by their kind."""
        found: dict[str, Period] = {}
        for address in self.latest.periods.values():
            with suppress(ValueError, IndexError):
                period = parse(address.split("/")[1])
                found[period.kind] = period
        return found

    def newest_week(self) -> PeriodDigest:
        """The digest of the newest week. Raises AnswerError where there is none."""
        found = self.newest_periods().get(Week.kind)
        if found is None:
            raise AnswerError("week: there is no digest of a week yet. `day` and `latest` give single days.")
        return self.period(str(found))

    def paper(self, paper_id: str, days: Iterable[date]) -> tuple[Digest, DigestPaper]:
        """A paper in the newest digest of these days that has it. Raises AnswerError."""
        for day in sorted(days, reverse=True):
            digest = self.find(keys.day_file(day, "digest.json"), Digest)
            for paper in digest.papers if digest else ():
                if digest and paper.id == paper_id:
                    return digest, paper
        raise AnswerError(f"id: no day lists {paper_id}. `search` finds papers by words of title and abstract.")

    def _overview(self) -> Overview:
        return self.find(keys.OVERVIEW, Overview) or Overview()

    def find(self, address: str, kind: type[Value]) -> Value | None:
        """The value at an address of the language; None where there is none. Raises AnswerError where it is odd."""
        return _find(self.read, self.tree + address, kind)


def open_archive(source: Source, language: str = "") -> Archive:
    """The archive in a language, without one in the site's first. Raises AnswerError."""
    read = source.open()
    first = _find(read, keys.LATEST, Latest)
    if first is None:
        raise AnswerError(
            f"{source.name} has no {keys.LATEST}. `daily-papers digest latest` makes a day of an archive, "
            "`daily-papers site` writes the file for an older one."
        )
    tree = keys.tree(language or first.language, first.language)
    is_name = not language or LANGUAGE.fullmatch(language)
    latest = first if not tree else _find(read, tree + keys.LATEST, Latest) if is_name else None
    if latest and LANGUAGE.fullmatch(latest.language):
        return Archive(source.name, read, tree, latest)
    newest = _find(read, keys.day_file(first.day, "digest.json"), Digest)
    known = [each for each in (newest.languages if newest else ()) if LANGUAGE.fullmatch(each)][:MAX_LANGUAGES]
    raise AnswerError(f"language: must be one of the site's: {', '.join(known)}. Without it the first one is taken.")


def _find(read: Read, address: str, kind: type[Value]) -> Value | None:
    body = read(address)
    try:
        return None if body is None else kind.model_validate_json(body)
    except ValidationError as error:
        raise AnswerError(f"{address} is not what this version reads. `daily-papers site` writes it again.") from error


def _is_sound(segment: Segment) -> bool:
    with suppress(OverflowError):  # days after the last one there is
        return bool(segment.days) and sum(segment.papers) <= MAX_PAPERS
    return False


def _nearest(names: Sequence[str], name: str) -> str:
    place = bisect(names, name)
    return ", ".join(names[max(place - NEAREST, 0) : place + NEAREST])


def _newest(overview: Overview) -> str:
    newest = [max(spans, key=str) for kind in PERIODS if (spans := overview.of_kind(kind.kind))]
    return f"The newest: {', '.join(map(str, newest))}." if newest else "There is none yet."

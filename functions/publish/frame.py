"""The frame of a language: the pages that every page leads to, in any language. It is there before the first day."""

from datetime import date

from functions.publish.index import LanguageSite
from functions.publish.index.archive import Archive
from functions.publish.index.context import DayContext, day_indexes
from functions.publish.model.digest import Digest
from functions.publish.publish import write_files
from functions.publish.site import FRAME, FRONT, SCRIPTS, File, files
from shared.model.span import PERIODS, Day, Span
from shared.store import keys


def write_frames(span: Span, first: LanguageSite) -> None:
    """Writes the frame of each language that has no front page. The front pages come last, the site's root after all.

    What is there already stays: it may hold days.
    """
    sites = [first.of(language) for language in reversed(first.config.languages)]
    frames = [(site, _frame(site, span.first)) for site in sites if not site.etag(site.key(keys.FRONT))]
    for site, frame in frames:
        front = site.key(keys.FRONT)
        write_files({key: file for key, file in frame.items() if key != front and not site.etag(key)}, site)
    for site, frame in frames:
        front = site.key(keys.FRONT)
        site.put(front, *frame[front])


def _frame(site: LanguageSite, day: date) -> dict[str, File]:
    """The files of a language without days."""
    indexes, ended_at = day_indexes(site, Day(day)), Day(day).ended_at
    digest = Digest(
        day=day,
        language=site.language,
        status="open",
        read_at=ended_at,
        ranked_at=ended_at,
        closed_at=ended_at,
        listed=0,
        model="",
        papers=(),
    )
    context = DayContext(
        site.config,
        digest,
        indexes,
        years=(),
        newest_year=indexes[Archive].year,
        tags={},
        by_month=frozenset(),
        new_tags=frozenset(),
        newest=None,
        listing={},
        unpublished=tuple(kind.kind for kind in PERIODS),
    )
    return files(site, context, (SCRIPTS, *FRAME, FRONT))

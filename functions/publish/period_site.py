"""The files of the site that follow from the digest of a week or month, by their address in the site."""

from collections.abc import Sequence
from mimetypes import guess_type
from typing import NamedTuple

from functions.publish.index.feeds import Feed
from functions.publish.index.overview import Overview
from functions.publish.index.recent_periods import RecentPeriods
from functions.publish.index.year import Year
from functions.publish.model.digest import Edition
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.render import archive, data, feed
from functions.publish.render import period_page as page
from functions.publish.render import period_post as post
from functions.publish.render.assets import assets
from functions.publish.render.period_page import Around
from functions.publish.site import ATOM, FOREVER, HTML, JSON, MARKDOWN, OTHER, File, Files
from shared.languages import labels
from shared.store import keys

Pages = Sequence[tuple[PeriodDigest, Around]]
"""Digests whose pages are rendered, each with what they link to: its own first, then its neighbours'."""


class Archived(NamedTuple):
    """What the archive knows of all years, with this week or month, and of the days of its year."""

    overview: Overview
    year: Year


def files(
    digest: PeriodDigest, pages: Pages, recent: RecentPeriods, archived: Archived, edition: Edition
) -> dict[str, File]:
    """All files in the order in which they are written.

    digest.json is the very last: where it is, all that follows from the digest is.
    """
    tree = keys.tree(digest.language, edition.languages[0])
    named = {address: File(body, guess_type(address)[0] or OTHER, FOREVER) for address, body in assets().items()}
    named["period.schema.json"] = File(data.schema(PeriodDigest), JSON)
    made = (*_in_archive(digest, archived, edition), *_in_tree(digest, pages, recent, edition))
    return named | {tree + address: file for address, file in made}


def _in_archive(digest: PeriodDigest, archived: Archived, edition: Edition) -> Files:
    """The calendar of its year, which links to it."""
    calendar = archive.of_year(archived.year, archived.overview, digest.language, edition)
    yield keys.archive_file(archived.year.year), File(calendar.encode(), HTML)
    yield keys.OVERVIEW, File(archived.overview.model_dump_json().encode(), JSON)


def _in_tree(digest: PeriodDigest, pages: Pages, recent: RecentPeriods, edition: Edition) -> Files:
    period, language = digest.period, digest.language
    for shown, around in pages:
        yield keys.period_file(shown.period), File(page.render(shown, edition, around).encode(), HTML)
    jekyll = File(post.render(digest, edition).encode(), MARKDOWN)
    yield keys.period_file(period, "post.md"), jekyll
    yield keys.period_post(period), jekyll
    listed = page.render_list(period.kind, recent.periods, language, edition)
    yield keys.periods_file(period.kind), File(listed.encode(), HTML)
    found = _feed(digest, recent, edition)
    yield found.address, File(feed.atom(found, language, edition), ATOM)
    yield keys.periods_file(period.kind, keys.RECENT), File(recent.model_dump_json().encode(), JSON)
    yield keys.period_file(period, "digest.json"), File(data.render(digest), JSON)


def _feed(digest: PeriodDigest, recent: RecentPeriods, edition: Edition) -> Feed:
    """The feed of all weeks, or of all months."""
    kind = digest.period.kind
    return Feed(
        name=kind,
        title=f"{edition.blog_title}: {labels(digest.language)['rooms'][kind]}",
        page=keys.periods_file(kind),
        address=keys.periods_file(kind, keys.ATOM),
        items=tuple(known.item for known in recent.periods),
    )

"""The files of the site that follow from the digest of a week or month, by their address in the site."""

from collections.abc import Iterator, Sequence
from mimetypes import guess_type

from functions.publish.digest import Edition
from functions.publish.editions.assets import assets
from functions.publish.periods import data, page, post
from functions.publish.periods.digest import PeriodDigest
from functions.publish.periods.page import Around
from functions.publish.periods.recent import RecentPeriods
from functions.publish.site import FOREVER, HTML, JSON, MARKDOWN, OTHER, File
from shared import keys

Pages = Sequence[tuple[PeriodDigest, Around]]
"""Digests whose pages are rendered, each with what they link to: its own first, then its neighbours'."""


def files(digest: PeriodDigest, pages: Pages, recent: RecentPeriods, edition: Edition) -> dict[str, File]:
    """All files in the order in which they are written.

    digest.json is the very last: where it is, all that follows from the digest is.
    """
    tree = keys.tree(digest.language, edition.languages[0])
    named = {address: File(body, guess_type(address)[0] or OTHER, FOREVER) for address, body in assets().items()}
    named["period.schema.json"] = File(data.schema(), JSON)
    return named | {tree + address: file for address, file in _in_tree(digest, pages, recent, edition)}


def _in_tree(digest: PeriodDigest, pages: Pages, recent: RecentPeriods, edition: Edition) -> Iterator[tuple[str, File]]:
    period, language = digest.period, digest.language
    for shown, around in pages:
        yield keys.period_file(shown.period), File(page.render(shown, edition, around).encode(), HTML)
    jekyll = File(post.render(digest, edition).encode(), MARKDOWN)
    yield keys.period_file(period, "post.md"), jekyll
    yield keys.period_post(period), jekyll
    listed = page.render_list(period.kind, recent.periods, language, edition)
    yield keys.periods_file(period.kind), File(listed.encode(), HTML)
    yield keys.periods_file(period.kind, "recent.json"), File(recent.model_dump_json().encode(), JSON)
    yield keys.period_file(period, "digest.json"), File(data.render(digest), JSON)

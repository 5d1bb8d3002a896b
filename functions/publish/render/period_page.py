"""index.html of a week or month, and the list of the newest ones."""

from collections.abc import Sequence
from typing import NamedTuple

from functions.publish.index.recent_periods import RecentPeriod
from functions.publish.model.digest import Edition
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.render import addresses, templating
from functions.publish.render.period_post import TAGS
from functions.publish.text import period_wording as wording
from shared.model.span import Kind, Period
from shared.store import keys


class Around(NamedTuple):
    """The weeks or months before and after, as far as they have pages."""

    previous: Period | None = None
    following: Period | None = None


def render(digest: PeriodDigest, edition: Edition, around: Around) -> str:
    """The whole page."""
    themes = wording.themes(digest)
    return templating.render(
        "period.html",
        keys.period_file(digest.period),
        digest.language,
        edition,
        description=" ".join(themes),
        digest=digest,
        around=around,
        themes=themes,
        source_of_all=wording.source_of_all(digest),
        label_of=lambda paper: wording.how_made(paper, digest),
        name_of=lambda period: wording.name(period, digest.language),
        span=wording.span(digest.period, digest.language),
        statistics=wording.statistics(digest),
        tags=digest.tags[:TAGS],
        source=addresses.hugging_face_period(digest.period),
    )


def render_list(kind: Kind, recent: Sequence[RecentPeriod], language: str, edition: Edition) -> str:
    """The newest weeks or months, newest first; the older ones are reached from page to page, and by the archive."""
    return templating.render(
        "periods.html",
        keys.periods_file(kind),
        language,
        edition,
        kind=kind,
        recent=recent,
        span_of=lambda period: wording.span(period, language),
    )

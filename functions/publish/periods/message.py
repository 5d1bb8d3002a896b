"""The webhook's message about a week or month."""

from functions.publish.digest import Edition
from functions.publish.editions.webhook import BEST, Entry, Post
from functions.publish.periods import mail, wording
from functions.publish.periods.digest import PeriodDigest


def post(digest: PeriodDigest, edition: Edition) -> Post:
    """Its themes, and its best papers."""
    return Post(
        title=f"Daily Papers, {wording.name(digest.period, digest.language)}",
        address=mail.address(digest, edition) if edition.site_is_reachable else None,
        lines=wording.themes(digest),
        entries=tuple(
            Entry(
                title=f"{paper.rank}. {paper.title}",
                text=paper.one_line,
                address=mail.paper_address(paper, digest, edition),
            )
            for paper in digest.papers[:BEST]
        ),
    )

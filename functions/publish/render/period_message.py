"""The webhook's message about a week or month."""

from functions.publish.model.digest import Edition
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.render import period_mail as mail
from functions.publish.render.webhook import BEST, Entry, Post
from functions.publish.text import period_wording as wording


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

"""index.html of a language's tree: the newest day that has papers, and why nothing is newer."""

from collections.abc import Sequence

from functions.publish.index.recent import RecentDay
from functions.publish.model.digest import Digest, Edition
from functions.publish.render import templating
from functions.publish.text import wording
from shared.store import keys


def render(newest: Digest | None, recent: Sequence[RecentDay], language: str, edition: Edition) -> str:
    """The front page. `newest` is the newest day that has papers, if any; `recent` the last days, newest first."""
    return templating.render(
        "front.html",
        keys.FRONT,
        language,
        edition,
        digest=newest,
        of_interest=wording.of_interest(newest) if newest else (),
        lines=wording.two_lines(newest) if newest else (),
        newer=[day for day in recent if newest is None or day.day > newest.day],
        recent=recent,
    )

"""Where the links of a page lead."""

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

from tests.simulation.objects import Objects

LINK = re.compile(r"""\s(?:href|src|srcset)=["']?([^"'\s>]+)""")
OUTSIDE = re.compile(r"[a-z][a-z+.-]*:|//|#")
FRAME = re.compile(
    r"(site/(?:[a-z]{2}/)?)(?:index\.html|feed\.\w+|sitemap.*|404\.html|about/.*|subscribe/.*|archive/(?!\d{4}/\d\d/).*|search/.*|tags/index\.html|(?:weekly|monthly)/index\.html)"
)
"""The frame of a language: what every page links to."""

UNLINKED = ("404.html", "subscribe/index.html")
"""Pages that nobody needs to be led to: the second is the answer to old links where a site takes no sign-ups."""
LEAF = re.compile(r"site/(?:[a-z]{2}/)?(?:papers|tags|archive/\d{4}/\d\d)/.+")


@lru_cache(maxsize=1024)  # the histories of a world write many pages that are the same
def targets(key: str, html: str) -> tuple[str, ...]:
    """The keys that a page's links lead to."""
    return tuple(_targets(key, html))


def _targets(key: str, html: str) -> Iterator[str]:
    for link in LINK.findall(html):
        if not OUTSIDE.match(link):
            path = unquote(link.partition("#")[0].partition("?")[0])
            if path:  # from the root of the host, which is the bucket, or from the page
                yield posixpath.normpath(posixpath.join(posixpath.dirname(key), path)).lstrip("/")


def missing_targets(key: str, html: str, objects: Objects) -> Iterator[str]:
    """The keys that a page leads to and that are not there.

    The pages of a new language's frame lead to each other: they count once its front page is there.
    """
    for target in dict.fromkeys(targets(key, html)):
        frame = FRAME.fullmatch(target)
        is_new = FRAME.fullmatch(key) and frame and f"{frame[1]}index.html" not in objects
        if target not in objects and target != key and not is_new:
            yield target


def dead_ends(key: str, html: str, objects: Objects) -> Iterator[tuple[str, str]]:
    """The links that lead to nothing once this page is there, by page and target.

    Pages of papers and tags refer to the day that refers to them. They count when the day's page is written.
    """
    if LEAF.match(key):
        return
    pages = {key: html}
    leaves = (target for target in targets(key, html) if LEAF.match(target) and target.endswith(".html"))
    pages |= {leaf: objects.get(leaf).decode() for leaf in leaves if leaf in objects}
    for page, content in pages.items():
        for target in missing_targets(page, content, objects):
            if target != key:
                yield page, target


def unreachable(front: str, objects: Objects) -> Iterator[str]:
    """The pages that no way leads to from the front page."""
    pages = {key: stored.body.decode() for key, stored in objects.list("site/") if key.endswith(".html")}
    seen, ahead = {front}, [front]
    while ahead:
        key = ahead.pop()
        found = {target for target in targets(key, pages[key]) if target in pages}
        ahead += found - seen
        seen |= found
    yield from sorted(key for key in pages.keys() - seen if not key.endswith(UNLINKED))

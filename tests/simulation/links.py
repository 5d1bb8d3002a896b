"""Where the links of a page lead."""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from tests.simulation.objects import Objects

LINK = re.compile(r"""\s(?:href|src|srcset)=["']?([^"'\s>]+)""")
OUTSIDE = re.compile(r"[a-z][a-z+.-]*:|//|#")
EVERYWHERE = re.compile(
    r"site/(?:[a-z]{2}/)?(?:index\.html|feed\.\w+|sitemap.*|404\.html|about/.*|archive/.*|search/.*|tags/index\.html|(?:weekly|monthly)/index\.html)"
)
"""What every page links to, and what is written after the first day's page."""


def targets(key: str, html: str) -> Iterator[str]:
    """The keys that a page's links lead to."""
    for link in LINK.findall(html):
        if not OUTSIDE.match(link):
            path = unquote(link.partition("#")[0].partition("?")[0])
            if path:
                yield posixpath.normpath(posixpath.join(posixpath.dirname(key), path))


def missing_targets(key: str, html: str, objects: Objects) -> Iterator[str]:
    """The keys that a page leads to and that are not there. Before there is a front page, its frame is not counted."""
    young = "site/index.html" not in objects
    for target in dict.fromkeys(targets(key, html)):
        if target not in objects and target != key and not (young and EVERYWHERE.fullmatch(target)):
            yield target

"""The files of the site that follow from one digest, by their address in the site."""

from datetime import date
from mimetypes import guess_type
from typing import NamedTuple

from functions.publish.digest import Digest, Edition
from functions.publish.editions import data, front, page, post, top5
from functions.publish.editions.assets import assets
from functions.publish.recent import Recent
from shared import keys

HTML = "text/html; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"
JSON = "application/json; charset=utf-8"
OTHER = "application/octet-stream"

SOON = "public, max-age=300"
"""Pages are revised during the day: five minutes."""
FOREVER = "public, max-age=31536000, immutable"
"""The name holds the content's hash."""


class File(NamedTuple):
    """A file of the site."""

    body: bytes
    content_type: str
    cache_control: str = SOON


def shared_files() -> dict[str, File]:
    """The files that all pages of all languages share."""
    named = {address: File(body, guess_type(address)[0] or OTHER, FOREVER) for address, body in assets().items()}
    return {**named, "digest.schema.json": File(data.schema(), JSON)}


def day_files(digest: Digest, edition: Edition) -> dict[str, File]:
    """The editions of a day."""
    tree = keys.tree(digest.language, edition.languages[0])
    day = digest.day
    jekyll = File(post.render(digest, edition).encode(), MARKDOWN)
    return {
        tree + keys.day_page(day): File(page.render(digest, edition).encode(), HTML),
        tree + keys.day_file(day, "top5.md"): File(top5.render(digest, edition).encode(), MARKDOWN),
        tree + keys.day_file(day, "post.md"): jekyll,
        tree + keys.jekyll_post(day): jekyll,
    }


def front_files(language: str, newest: Digest | None, recent: Recent, edition: Edition) -> dict[str, File]:
    """The front page of a language, and the list of days that it stands on."""
    tree = keys.tree(language, edition.languages[0])
    return {
        f"{tree}index.html": File(front.render(newest, recent.days, language, edition).encode(), HTML),
        recent_address(language, edition): File(recent.model_dump_json().encode(), JSON),
    }


def digest_address(digest_day: date, language: str, edition: Edition) -> str:
    """Where the digest itself lies."""
    return keys.tree(language, edition.languages[0]) + keys.day_file(digest_day, "digest.json")


def digest_file(digest: Digest) -> File:
    """The digest itself. It is written last: where it is, all that follows from it is."""
    return File(data.render(digest), JSON)


def recent_address(language: str, edition: Edition) -> str:
    """Where the list of the newest days lies."""
    return keys.tree(language, edition.languages[0]) + "recent.json"

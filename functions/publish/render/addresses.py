"""Addresses as the editions show them: of the sources, and between the pages of the site."""

import posixpath
from datetime import date
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from functions.publish.model.digest import Edition
from shared.model.span import Period
from shared.store import keys

_KEPT = "%/:?#[]@!&'*+,="


def web(address: str | None) -> Markup | None:
    """An http(s) address that is safe in HTML and in Markdown; None for any other."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return escape(quote((address or "").strip(), safe=_KEPT))


def hugging_face(paper_id: str) -> str:
    """The paper's page on Hugging Face."""
    return f"https://huggingface.co/papers/{quote(paper_id)}"


def hugging_face_day(day: date) -> str:
    """The day's list on Hugging Face."""
    return f"https://huggingface.co/papers/date/{day}"


def hugging_face_period(period: Period) -> str:
    """The week's or month's list on Hugging Face."""
    return f"https://huggingface.co/papers/{period.unit}/{period}"


def arxiv(paper_id: str) -> str:
    """The paper's page on arXiv."""
    return f"https://arxiv.org/abs/{quote(paper_id)}"


def pdf(paper_id: str) -> str:
    """The paper itself."""
    return f"https://arxiv.org/pdf/{quote(paper_id)}"


def relative(origin: str, target: str) -> str:
    """How a page of the site (`2026-02-20/index.html`) links to another address of it."""
    return quote(posixpath.relpath(target, posixpath.dirname(origin) or "."))


def in_tree(language: str, edition: Edition, address: str) -> str:
    """The site address of a page of a language's tree."""
    return keys.tree(language, edition.languages[0]) + address


def absolute(edition: Edition, address: str) -> str:
    """The address for those who are not on the site: readers of the mail."""
    return f"{edition.site_url.rstrip('/')}/{address}"

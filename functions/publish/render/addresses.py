"""Addresses as the editions show them: of the sources, and between the pages of the site."""

import posixpath
from functools import lru_cache
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from functions.publish.settings import SiteConfig
from shared.model.span import Span
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


def hugging_face_list(span: Span) -> str:
    """The list on Hugging Face of the day, week or month."""
    return f"https://huggingface.co/papers/{span.unit}/{span}" if span.has_list else "https://huggingface.co/papers"


def arxiv(paper_id: str) -> str:
    """The paper's page on arXiv."""
    return f"https://arxiv.org/abs/{quote(paper_id)}"


def pdf(paper_id: str) -> str:
    """The paper itself."""
    return f"https://arxiv.org/pdf/{quote(paper_id)}"


@lru_cache(maxsize=4096)
def relative(origin: str, target: str) -> str:
    """How a page of the site (`2026-02-20/index.html`) links to another address of it."""
    return quote(posixpath.relpath(f"/{target}", posixpath.dirname(f"/{origin}")))


def in_tree(language: str, config: SiteConfig, address: str) -> str:
    """The site address of a page in a language's folder."""
    return keys.tree(language, config.languages[0]) + address


def absolute(config: SiteConfig, address: str) -> str:
    """The address for those who are not on the site: readers of the mail."""
    return f"{config.site_url.rstrip('/')}/{address}"


def of_span(span: Span, language: str, config: SiteConfig) -> str:
    """Where a day, week or month is shown: on the site, or where everybody can read."""
    page = in_tree(language, config, keys.span_file(span))
    return absolute(config, page) if config.site_is_reachable else hugging_face_list(span)


def of_paper(paper_id: str, language: str, config: SiteConfig) -> str:
    """Where a paper is shown: on a page of its own, or where everybody can read."""
    page = in_tree(language, config, keys.paper_file(paper_id))
    return absolute(config, page) if config.site_is_reachable else hugging_face(paper_id)

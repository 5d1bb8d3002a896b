"""A paper as the list gives it."""

import re
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, NonNegativeInt

from shared.model.frozen import Frozen

# https://info.arxiv.org/help/arxiv_identifier.html: since 2007 `2602.13515`, before that `cs/0601001`.
ARXIV_ID = re.compile(r"\d{4}\.\d{4,5}(v\d{1,3})?|[a-z-]{1,20}(\.[A-Z]{2})?/\d{7}(v\d{1,3})?", re.ASCII)

_VERSION = re.compile(r"v\d+$", re.ASCII)


def without_version(paper_id: str) -> str:
    """The id of the paper, whatever version of it is named."""
    return _VERSION.sub("", paper_id)


def _is_arxiv_id(text: str) -> str:
    if not ARXIV_ID.fullmatch(text):
        raise ValueError("is not an arXiv id such as 2602.13515 or cs/0601001")
    return text


PaperId = Annotated[str, AfterValidator(_is_arxiv_id)]


class Paper(Frozen):
    """One row of the list. Every address is http(s); what the row does not carry is None or empty."""

    id: PaperId
    title: str
    abstract: str
    paraphrased: bool = False
    """The abstract is the sample day's own paraphrase, not the authors' text."""
    published_at: datetime | None = None
    withdrawn_at: datetime | None = None
    authors: tuple[str, ...] = ()
    organisation: str | None = None
    upvotes: NonNegativeInt = 0
    comments: NonNegativeInt | None = None
    code: str | None = None
    stars: NonNegativeInt | None = None
    project_page: str | None = None
    thumbnail: str | None = None
    media: tuple[str, ...] = ()
    summary: str | None = None
    """Hugging Face's own one-sentence summary."""
    keywords: tuple[str, ...] = ()

"""What is known about a paper, as one typed value."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlsplit

from shared.model.frozen import Frozen
from shared.model.paper import Paper
from shared.model.sources import ArxivRecord, Hub, MissingFacts, PaperText, Repository, Stated

PICTURE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp")
VIDEO_ENDINGS = (".mp4", ".webm", ".mov", ".qt")


WIDE, NARROW = 640, 320
"""Pixels: the widths in which the site holds a picture, which are part of its path."""


class Picture(Frozen):
    """A picture by its address at the source, and where the site holds a copy (`pictures/<id>/…`), if it does."""

    role: Literal["thumbnail", "figure"]
    address: str | None = None
    path: str | None = None
    width: int | None = None
    """Pixels of the copy that `path` names."""
    height: int | None = None
    alt: str = ""
    """What it shows, where a source states it."""

    @property
    def narrow_path(self) -> str | None:
        """The smaller copy beside the one that `path` names, if there is one."""
        wide = f"-{WIDE}."
        return self.path.replace(wide, f"-{NARROW}.") if self.path and wide in self.path else None


class Code(Frozen):
    """Where the code is; stars as the list gave them."""

    address: str
    stars: int | None = None


class Facts(Frozen):
    """Everything that is stated about a paper and not judged."""

    abstract: str
    paraphrased: bool = False
    published_at: datetime | None = None
    withdrawn_at: datetime | None = None
    authors: tuple[str, ...] = ()
    organisation: str | None = None
    code: Code | None = None
    project_page: str | None = None
    pictures: tuple[Picture, ...] = ()
    videos: tuple[str, ...] = ()
    summary: str | None = None
    keywords: tuple[str, ...] = ()
    comments: int | None = None
    arxiv: ArxivRecord | None = None
    repository: Repository | None = None
    hub: Hub | None = None
    text: PaperText | None = None
    others: Mapping[str, Stated] = {}
    """Of sources without a field of their own, by the source's name."""
    missing: tuple[MissingFacts, ...] = ()
    """What other sources could have stated and did not, and why."""

    @property
    def withdrawn(self) -> bool:
        """By the list, or by arXiv's comment."""
        return self.withdrawn_at is not None or (self.arxiv is not None and self.arxiv.withdrawn)


class EnrichedPaper(Frozen):
    """What enrich stores: enough for summarize to work with one read."""

    id: str
    title: str
    facts: Facts


def facts_from_listing(paper: Paper) -> Facts:
    """The facts that the list carries."""
    carried = {name: getattr(paper, name) for name in Paper.model_fields.keys() & Facts.model_fields.keys()}
    videos = tuple(each for each in (paper.thumbnail, *paper.media) if each and _ends(each, VIDEO_ENDINGS))
    return Facts(**{**carried, **_links(paper), "pictures": _pictures(paper), "videos": videos})


def with_newest_row(facts: Facts, paper: Paper, arxiv: ArxivRecord | None = None) -> Facts:
    """The facts with what a newer read states otherwise, and arXiv's record where it had not answered before."""
    missing = tuple(each for each in facts.missing if each.source != "arxiv") if arxiv else facts.missing
    return facts.model_copy(
        update={
            "arxiv": arxiv or facts.arxiv,
            "missing": missing,
            "withdrawn_at": paper.withdrawn_at,
            "comments": paper.comments,
            "organisation": paper.organisation or facts.organisation,
            **{name: found for name, found in _links(paper).items() if found},
        }
    )


def _links(paper: Paper) -> dict[str, Any]:
    """A project page on github.com is the code where no repository is named."""
    page = paper.project_page
    code = paper.code or (page if page and urlsplit(page).hostname == "github.com" else None)
    return {
        "code": Code(address=code, stars=paper.stars) if code else None,
        "project_page": page if page != code else None,
    }


def _pictures(paper: Paper) -> tuple[Picture, ...]:
    is_picture = paper.thumbnail and not _ends(paper.thumbnail, VIDEO_ENDINGS)
    thumbnail = (Picture(role="thumbnail", address=paper.thumbnail),) if is_picture else ()
    figures = (Picture(role="figure", address=address) for address in paper.media if _ends(address, PICTURE_ENDINGS))
    return (*thumbnail, *figures)


def _ends(address: str, endings: tuple[str, ...]) -> bool:
    return urlsplit(address).path.lower().endswith(endings)

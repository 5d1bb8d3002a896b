"""index.html of a day, with the best papers in full and the rest folded; of a week or month; and their list."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from functions.publish.index.context import Around
from functions.publish.index.recent import RecentSpan
from functions.publish.index.year import Entry
from functions.publish.model.digest import Digest, DigestPaper
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.render import addresses, templating
from functions.publish.render.markdown import TAGS
from functions.publish.settings import SiteConfig
from functions.publish.text import phrases, wording
from shared.model.texts import sources
from shared.store import keys

MIN_THEME = 2
"""Papers: one alone is no group."""
MAX_CLIMBED = 3
"""Papers named for the votes that they gained."""


def render(
    digest: Digest,
    config: SiteConfig,
    around: Around = Around(),  # noqa: B008 - frozen
    last: Sequence[Entry] = (),
) -> str:
    """The whole page. A day without papers says why, and shows the best of the `last` papers that were listed."""
    on_time = tuple(paper for paper in digest.papers if not paper.late)
    return templating.render(
        "page.html",
        keys.day_page(digest.day),
        digest.language,
        config,
        description=" ".join(wording.two_lines(digest)),
        picture=best_picture(digest.papers),
        languages=digest.languages or (digest.language,),
        digest=digest,
        around=around,
        last=last[: config.top_papers],
        changes=changes(digest),
        lines=wording.two_lines(digest),
        of_interest=wording.of_interest(digest),
        in_full=on_time[: config.papers_in_full],
        others=len(on_time[config.papers_in_full :]),
        themes=group_by_theme(on_time[config.papers_in_full :]),
        late=tuple(paper for paper in digest.papers if paper.late),
        **shown_of_papers(digest),
    )


def render_period(digest: PeriodDigest, config: SiteConfig, around: Around) -> str:
    """The whole page."""
    themes = wording.theme_sentences(digest)
    return templating.render(
        "period.html",
        keys.span_file(digest.period),
        digest.language,
        config,
        description=" ".join(themes),
        languages=digest.languages or config.languages,
        digest=digest,
        around=around,
        themes=themes,
        source_of_all=wording.source_of_all(digest),
        label_of=lambda paper: wording.label_of(paper, digest),
        name_of=lambda period: phrases.span_in_words(period, digest.language),
        dates=phrases.dates_in_words(digest.period, digest.language),
        missing_days=wording.missing_days(digest),
        statistics=wording.statistics(digest),
        tags=digest.tags[:TAGS],
        source=addresses.hugging_face_list(digest.period),
    )


def render_list(kind: str, recent: Sequence[RecentSpan], language: str, config: SiteConfig) -> str:
    """The newest weeks or months, newest first; the older ones are reached from page to page, and by the archive."""
    return templating.render(
        "periods.html",
        keys.list_file(kind),
        language,
        config,
        kind=kind,
        recent=recent,
        dates_of=lambda period: phrases.dates_in_words(period, language),
    )


def shown_of_papers(digest: Digest) -> Mapping[str, Callable[..., Any]]:
    """What the templates ask of a paper."""
    return {
        "institution_of": lambda facts: wording.institution(facts, digest.language),
        "authors_of": lambda facts: wording.first_authors(facts, digest.language),
        "sources_of": _sources,
        "place_of": lambda paper, sentence: phrases.place_of(paper, sentence, digest.language),
        "text_read": lambda made, facts: phrases.text_read(made, facts, digest.language),
        "videos_of": lambda paper: list(filter(None, map(addresses.web, paper.facts.videos))),
        "linked_pictures_of": _linked_pictures,
    }


class ThemeGroup(NamedTuple):
    """Papers that share a tag; those that share none have no name."""

    name: str
    papers: tuple[DigestPaper, ...]


def group_by_theme(papers: Sequence[DigestPaper]) -> tuple[ThemeGroup, ...]:
    """Each paper once, under the tag of its own that most of them carry. The largest group is first."""
    counts = Counter(tag for paper in papers for tag in paper.tags)
    groups: defaultdict[str, list[DigestPaper]] = defaultdict(list)
    for paper in papers:
        shared = [tag for tag in paper.tags if counts[tag] >= MIN_THEME]
        groups[max(shared, key=lambda tag: counts[tag], default="")].append(paper)
    ordered = sorted(groups.items(), key=lambda group: (not group[0], -len(group[1]), group[1][0].rank))
    return tuple(ThemeGroup(name, tuple(found)) for name, found in ordered)


class Changes(NamedTuple):
    """What is new on the page since it was first published."""

    late: tuple[DigestPaper, ...]
    analysed: tuple[DigestPaper, ...]
    climbed: tuple[DigestPaper, ...]


def changes(digest: Digest) -> Changes | None:
    """None where nothing is."""
    late = tuple(paper for paper in digest.papers if paper.late)
    analysed = tuple(paper for paper in digest.papers if paper.id in digest.analysed_later and not paper.late)
    moved = sorted((paper for paper in digest.papers if paper.gained > 0), key=lambda paper: -paper.gained)
    found = Changes(late, analysed, tuple(moved[:MAX_CLIMBED]))
    return found if any(found) else None


def best_picture(papers: Iterable[DigestPaper]) -> str | None:
    """The first picture that the site holds a copy of."""
    return next((picture.path for paper in papers for picture in paper.facts.pictures if picture.path), None)


def _sources(paper: DigestPaper) -> tuple[str, ...]:
    """The sentences that the analysis rests on, each once; a draft is made of them and needs no second look."""
    if not paper.analysis or paper.source == "draft":
        return ()
    return tuple(dict.fromkeys((*sources(paper.analysis, "page"), *sources(paper.analysis, "whole"))))


def _linked_pictures(paper: DigestPaper) -> list[str]:
    """Figures that the site holds no copy of. Its thumbnail is only the paper's first page."""
    return [
        address
        for picture in paper.facts.pictures
        if picture.path is None and picture.role == "figure" and (address := addresses.web(picture.address))
    ]

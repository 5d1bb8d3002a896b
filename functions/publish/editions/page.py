"""index.html of a day: the best papers in full, the rest folded."""

from functions.publish.digest import Digest, DigestPaper, Edition
from functions.publish.editions import addresses, templating, wording
from shared import keys
from shared.analysis import Statement


def render(digest: Digest, edition: Edition) -> str:
    """The whole page. A day without papers has one sentence that says why."""
    on_time = tuple(paper for paper in digest.papers if not paper.late)
    return templating.render(
        "page.html",
        keys.day_page(digest.day),
        digest.language,
        edition,
        digest=digest,
        lines=wording.two_lines(digest),
        of_interest=wording.of_interest(digest),
        in_full=on_time[: edition.papers_in_full],
        others=on_time[edition.papers_in_full :],
        late=tuple(paper for paper in digest.papers if paper.late),
        institution_of=lambda facts: wording.institution(facts, digest.language),
        authors_of=lambda facts: wording.first_authors(facts, digest.language),
        sources_of=_sources,
        videos_of=_videos,
        linked_pictures_of=_linked_pictures,
    )


def _sources(paper: DigestPaper) -> tuple[str, ...]:
    """The sentences that the analysis rests on, each once; a draft is made of them and needs no second look."""
    analysis = paper.analysis
    if analysis is None or paper.source == "draft":
        return ()
    single = [field for field in (analysis.developer_view, analysis.detail) if field]
    statements: tuple[Statement, ...] = (
        analysis.one_line,
        *analysis.key_points,
        *single,
        *analysis.practice_ideas,
        *analysis.risks,
    )
    sentences = [source for statement in statements for source in statement.sources]
    return tuple(dict.fromkeys([*sentences, *(number.source for number in analysis.numbers if number.source)]))


def _videos(paper: DigestPaper) -> list[str]:
    return [address for video in paper.facts.videos if (address := addresses.web(video))]


def _linked_pictures(paper: DigestPaper) -> list[str]:
    """Figures that the site holds no copy of. Its thumbnail is only the paper's first page."""
    return [
        address
        for picture in paper.facts.pictures
        if picture.path is None and picture.role == "figure" and (address := addresses.web(picture.address))
    ]

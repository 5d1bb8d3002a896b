"""top5.md: the papers with the most votes, each with its structured analysis."""

from collections.abc import Iterator, Sequence

from functions.publish.model.digest import Digest, DigestPaper, statements
from functions.publish.render import addresses
from functions.publish.settings import SiteConfig
from functions.publish.text import wording
from functions.publish.text.plain import escape
from shared.languages import labels
from shared.model.analysis import Graded
from shared.store import keys

ICONS = {
    "one_line": "📌",
    "key_points": "🔑",
    "developer_view": "🧑💻",
    "practice_ideas": "🚀",
    "risks": "⚠️",
    "detail": "📝",
    "more": "🖼️",
}
OTHER_ICON = "🔹"


def render(digest: Digest, config: SiteConfig) -> str:
    """The whole file. Its first line has the real number of papers."""
    papers = digest.papers[: config.top_papers]
    lines = [f"# {digest.day} Daily Papers (Top {len(papers)})", ""]
    if not papers:
        lines += [wording.why_empty(digest.day, digest.status, digest.language), ""]
    for paper in papers:
        lines += [*_paper(paper, digest, config), "", "---", ""]
    return "\n".join(lines) + "\n"


def _paper(paper: DigestPaper, digest: Digest, config: SiteConfig) -> Iterator[str]:
    yield f"## {paper.rank}. [{escape(paper.title)}]({addresses.hugging_face(paper.id)})"
    yield from _facts(paper, digest)
    yield ""
    if paper.analysis and paper.analysis.tags:
        yield f"**{labels(digest.language)['fields']['tags']}**: {', '.join(map(escape, paper.analysis.tags))}"
        yield ""
    thumbnails = _pictures(paper, "thumbnail", digest, config)
    if thumbnails:
        yield from [*thumbnails, ""]
    if paper.analysis:
        yield from _sections(paper, digest.language)
    figures = _pictures(paper, "figure", digest, config)
    if figures:
        yield from _section("more", figures, digest.language)


def _facts(paper: DigestPaper, digest: Digest) -> Iterator[str]:
    fields = labels(digest.language)["fields"]
    grades = [f"**{fields[name]}**: {_grade(grade, digest.language)}" for name, grade in paper.fields("top5").grades]
    yield " | ".join([f"**Upvotes**: {paper.upvotes}", *grades])
    yield f"**arXiv**: {addresses.arxiv(paper.id)}"
    if withdrawn := wording.withdrawn(paper.facts, digest.language):
        yield f"**{withdrawn}**"
    label = wording.how_made(paper, digest)
    if label:
        yield f"**{fields['analysis']}**: {label}"


def _grade(graded: Graded, language: str) -> str:
    grade = labels(language)["grades"][graded.grade]
    reasons = "; ".join(escape(wording.reason_in_words(code, language)) for code in wording.reason_codes(graded))
    return f"{grade} ({reasons})" if reasons else grade


def _sections(paper: DigestPaper, language: str) -> Iterator[str]:
    fields, words = paper.fields("top5"), labels(language)
    for name, statement in fields.lead:
        if name == "contribution":
            yield from [f"{words['fields'][name]} ({words['sources']['draft']}): {escape(statement.text)}", ""]
        else:
            yield from _section(name, [escape(statement.text)], language)
    for name, value in fields.texts:
        mark = "- " if isinstance(value, tuple) else ""
        yield from _section(name, [f"{mark}{escape(each.text)}" for each in statements(value)], language)


def _section(name: str, lines: Sequence[str], language: str) -> list[str]:
    return [f"### {ICONS.get(name, OTHER_ICON)} {labels(language)['fields'][name]}", *lines, ""] if lines else []


def _pictures(paper: DigestPaper, role: str, digest: Digest, config: SiteConfig) -> list[str]:
    """Our copies, relative to the file. No other server learns of our readers."""
    here = addresses.in_tree(digest.language, config, keys.day_file(digest.day, "top5.md"))
    return [
        f"![{role.capitalize()}]({addresses.relative(here, picture.path)})"
        for picture in paper.facts.pictures
        if picture.role == role and picture.path
    ]

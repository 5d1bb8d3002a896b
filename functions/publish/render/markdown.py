"""The Markdown editions: top5.md of a day, and post.md of a day, week or month as a post of a Jekyll blog."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from functions.publish.model.digest import Digest, DigestPaper, statements
from functions.publish.model.period_digest import PeriodDigest, PeriodPaper
from functions.publish.render import addresses
from functions.publish.settings import SiteConfig
from functions.publish.text import phrases, wording
from functions.publish.text.outside import markdown, shown, yaml
from functions.publish.text.wording import counted
from shared.languages import labels
from shared.model.analysis import Graded
from shared.model.span import Span
from shared.store import keys

POSTED_AT = time(9, 15)
PERIOD_POSTED_AT = time(9, 0)
DAY_TAGS = "huggingface, papers, daily, ai"
TAGS = 10
STATISTICS = ("papers", "upvotes", "average", "days")
"""Those that the readers' blog knows."""
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


def top5(digest: Digest, config: SiteConfig) -> str:
    """The whole file. Its first line has the real number of papers."""
    papers = digest.papers[: config.top_papers]
    lines = [f"# {digest.day} Daily Papers (Top {len(papers)})", ""]
    if not papers:
        lines += [wording.why_empty(digest.day, digest.status, digest.language), ""]
    for paper in papers:
        lines += [*_analysed_paper(paper, digest, config), "", "---", ""]
    return "\n".join(lines) + "\n"


def _analysed_paper(paper: DigestPaper, digest: Digest, config: SiteConfig) -> Iterator[str]:
    yield f"## {paper.rank}. [{markdown(paper.title)}]({addresses.hugging_face(paper.id)})"
    yield from _facts(paper, digest)
    yield ""
    if paper.analysis and paper.analysis.tags:
        yield f"**{labels(digest.language)['fields']['tags']}**: {', '.join(map(markdown, paper.analysis.tags))}"
        yield ""
    thumbnails = _pictures_of_role(paper, "thumbnail", digest, config)
    if thumbnails:
        yield from [*thumbnails, ""]
    if paper.analysis:
        yield from _sections(paper, digest.language)
    figures = _pictures_of_role(paper, "figure", digest, config)
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
    reasons = "; ".join(markdown(wording.reason_in_words(code, language)) for code in wording.reason_codes(graded))
    return f"{grade} ({reasons})" if reasons else grade


def _sections(paper: DigestPaper, language: str) -> Iterator[str]:
    fields, words = paper.fields("top5"), labels(language)
    for name, statement in fields.lead:
        if name == "contribution":
            yield from [f"{words['fields'][name]} ({words['sources']['draft']}): {markdown(statement.text)}", ""]
        else:
            yield from _section(name, [markdown(statement.text)], language)
    for name, value in fields.texts:
        mark = "- " if isinstance(value, tuple) else ""
        yield from _section(name, [f"{mark}{markdown(each.text)}" for each in statements(value)], language)


def _section(name: str, lines: Sequence[str], language: str) -> list[str]:
    return [f"### {ICONS.get(name, OTHER_ICON)} {labels(language)['fields'][name]}", *lines, ""] if lines else []


def _pictures_of_role(paper: DigestPaper, role: str, digest: Digest, config: SiteConfig) -> list[str]:
    """Our copies, relative to the file. No other server learns of our readers."""
    here = addresses.in_tree(digest.language, config, keys.day_file(digest.day, "top5.md"))
    return [
        f"![{role.capitalize()}]({addresses.relative(here, picture.path)})"
        for picture in paper.facts.pictures
        if picture.role == role and picture.path
    ]


def post(digest: Digest, config: SiteConfig) -> str:
    """The whole file, front matter first."""
    words = labels(digest.language)
    papers = digest.papers[: config.post_papers]
    title, day = f"{config.blog_title} - {digest.day}", digest.day
    front_matter = _front_matter(title, digest.span, POSTED_AT, words["post"]["categories"], DAY_TAGS, config)
    lines = [*front_matter, "", f"# {markdown(config.blog_title)} - {day}", ""]
    if papers:
        total = words["post"]["total"].format(listed=digest.listed, shown=len(papers))
        lines += [total, "", f"## 📊 {words['post']['ranking']}", ""]
    else:
        lines += [wording.why_empty(digest.day, digest.status, digest.language), ""]
    for paper in papers:
        lines += [*_row(paper, digest.language), *_picture(paper, digest.language, config), ""]
    return "\n".join(lines) + "\n"


def period_post(digest: PeriodDigest, config: SiteConfig) -> str:
    """The whole file, front matter first."""
    own, kind = labels(digest.language)[digest.period.kind], digest.period.kind
    title = own["post_title"].format(name=phrases.span_in_words(digest.period, digest.language))
    categories, tags = f"'Daily Papers', '{own['category']}'", f"'huggingface', 'papers', '{kind}', 'ai', 'summary'"
    front_matter = _front_matter(title, digest.span, PERIOD_POSTED_AT, categories, tags, config)
    return "\n".join([*front_matter, "", *_period_body(digest), ""])


def _front_matter(title: str, span: Span, at: time, categories: str, tags: str, config: SiteConfig) -> list[str]:
    """With a slug: Chirpy's addresses have no date, so that posts named by their files' names would share one."""
    return [
        "---",
        f"title: {yaml(title)}",
        f"date: {datetime.combine(span.first, at, ZoneInfo(config.time_zone)):%Y-%m-%d %H:%M:%S %z}",
        f"categories: [{categories}]",
        f"tags: [{tags}]",
        f"author: {yaml(config.author)}",
        f"slug: {span}-{span.kind}-papers",
        "---",
    ]


def _row(paper: DigestPaper | PeriodPaper, language: str) -> Iterator[str]:
    """A paper of the list: of a day, or of a week or month."""
    words = labels(language)
    yield f"{paper.rank}. **{markdown(paper.title)}** - 👍 {paper.upvotes}"
    institution = wording.institution(paper.facts, language)
    if institution:
        yield f"   - {words['fields']['institution']}: {markdown(institution)}"
    if withdrawn := wording.withdrawn(paper.facts, language):
        yield f"   - {withdrawn}"
    yield f"   - [{words['post']['hugging_face']}]({addresses.hugging_face(paper.id)})"
    yield f"   - [{words['post']['paper']}]({addresses.arxiv(paper.id)})"
    if paper.facts.abstract:
        label = words["fields"]["paraphrase"] if paper.facts.paraphrased else words["post"]["abstract"]
        yield f"   - {label}: {markdown(paper.facts.abstract)}"


def _picture(paper: DigestPaper, language: str, config: SiteConfig) -> Iterator[str]:
    """Our copy of the paper's first picture, by its whole address: the blog is somewhere else than the site."""
    held = next((picture.path for picture in paper.facts.pictures if picture.path), None)
    if held and config.site_is_reachable:
        address = addresses.web(addresses.absolute(config, held))
        yield f"   - ![{labels(language)['fields']['picture']}]({address})"


def _period_body(digest: PeriodDigest) -> Iterator[str]:
    words = labels(digest.language)
    own, common = words[digest.period.kind], words["period"]
    heading = own["heading"].format(name=phrases.span_in_words(digest.period, digest.language))
    yield from (f"# {markdown(heading)}", "", f"## 📊 {common['statistics']}", "")
    numbers = wording.statistics(digest)
    yield from (f"- **{common['numbers'][name]}**: {numbers[name]}" for name in STATISTICS)
    yield from ("", f"## 🔥 {common['top'].format(count=len(digest.papers))}", "")
    for paper in digest.papers:
        yield from (*_row(paper, digest.language), "")
    if tags := digest.tags[:TAGS]:
        yield from (f"## 🏷️ {common['tags'].format(count=len(tags))}", "")
        times = (counted(words, "times", count.papers) for count in tags)
        yield from (
            f"{place}. {_code(count.tag)} - {how_often}"
            for place, (count, how_often) in enumerate(zip(tags, times, strict=True), start=1)
        )


def _code(text: str) -> str:
    """A tag as code, where it holds nothing that Markdown or Liquid would take for its own."""
    tag = " ".join(shown(text).split())
    return markdown(tag) if {"`", "{", "}"} & set(tag) else f"`{tag}`"

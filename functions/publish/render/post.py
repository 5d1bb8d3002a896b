"""post.md of a day, week or month: the papers with the most votes as a post of a Jekyll blog."""

from collections.abc import Iterator
from datetime import datetime, time
from zoneinfo import ZoneInfo

from functions.publish.model.digest import Digest, DigestPaper
from functions.publish.model.period_digest import PeriodDigest, PeriodPaper
from functions.publish.render import addresses
from functions.publish.settings import SiteConfig
from functions.publish.text import dates, wording
from functions.publish.text.plain import escape, shown, yaml
from functions.publish.text.wording import counted
from shared.languages import labels

POSTED_AT = time(9, 15)
PERIOD_POSTED_AT = time(9, 0)
TAGS = 10
STATISTICS = ("papers", "upvotes", "average", "days")
"""Those that the readers' blog knows."""


def render(digest: Digest, config: SiteConfig) -> str:
    """The whole file, front matter first."""
    words = labels(digest.language)
    papers = digest.papers[: config.post_papers]
    lines = [*_front_matter(digest, config), "", f"# {escape(config.blog_title)} - {digest.day}", ""]
    if papers:
        total = words["post"]["total"].format(listed=digest.listed, shown=len(papers))
        lines += [total, "", f"## 📊 {words['post']['ranking']}", ""]
    else:
        lines += [wording.why_empty(digest.day, digest.status, digest.language), ""]
    for paper in papers:
        lines += [*_row(paper, digest.language), *_picture(paper, digest.language, config), ""]
    return "\n".join(lines) + "\n"


def render_period(digest: PeriodDigest, config: SiteConfig) -> str:
    """The whole file, front matter first."""
    return "\n".join([*_period_front_matter(digest, config), "", *_period_body(digest)]) + "\n"


def _front_matter(digest: Digest, config: SiteConfig) -> list[str]:
    posted = datetime.combine(digest.day, POSTED_AT, ZoneInfo(config.time_zone))
    return [
        "---",
        f"title: {yaml(f'{config.blog_title} - {digest.day}')}",
        f"date: {posted:%Y-%m-%d %H:%M:%S %z}",
        f"categories: [{labels(digest.language)['post']['categories']}]",
        "tags: [huggingface, papers, daily, ai]",
        f"author: {yaml(config.author)}",
        "---",
    ]


def _row(paper: DigestPaper | PeriodPaper, language: str) -> Iterator[str]:
    """A paper of the list: of a day, or of a week or month."""
    words = labels(language)
    yield f"{paper.rank}. **{escape(paper.title)}** - 👍 {paper.upvotes}"
    institution = wording.institution(paper.facts, language)
    if institution:
        yield f"   - {words['fields']['institution']}: {escape(institution)}"
    if withdrawn := wording.withdrawn(paper.facts, language):
        yield f"   - {withdrawn}"
    yield f"   - [{words['post']['hugging_face']}]({addresses.hugging_face(paper.id)})"
    yield f"   - [{words['post']['paper']}]({addresses.arxiv(paper.id)})"
    if paper.facts.abstract:
        label = words["fields"]["paraphrase"] if paper.facts.paraphrased else words["post"]["abstract"]
        yield f"   - {label}: {escape(paper.facts.abstract)}"


def _picture(paper: DigestPaper, language: str, config: SiteConfig) -> Iterator[str]:
    """Our copy of the paper's first picture, by its whole address: the blog is somewhere else than the site."""
    held = next((picture.path for picture in paper.facts.pictures if picture.path), None)
    if held and config.site_is_reachable:
        address = addresses.web(addresses.absolute(config, held))
        yield f"   - ![{labels(language)['fields']['picture']}]({address})"


def _period_front_matter(digest: PeriodDigest, config: SiteConfig) -> list[str]:
    posted = datetime.combine(digest.first, PERIOD_POSTED_AT, ZoneInfo(config.time_zone))
    own = labels(digest.language)[digest.period.kind]
    title = own["post_title"].format(name=dates.span_in_words(digest.period, digest.language))
    return [
        "---",
        f"title: {yaml(title)}",
        f"date: {posted:%Y-%m-%d %H:%M:%S %z}",
        f"categories: ['Daily Papers', '{own['category']}']",
        f"tags: ['huggingface', 'papers', '{digest.period.kind}', 'ai', 'summary']",
        f"author: {yaml(config.author)}",
        "---",
    ]


def _period_body(digest: PeriodDigest) -> Iterator[str]:
    words = labels(digest.language)
    own, common = words[digest.period.kind], words["period"]
    heading = own["heading"].format(name=dates.span_in_words(digest.period, digest.language))
    yield from (f"# {escape(heading)}", "", f"## 📊 {common['statistics']}", "")
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
    return escape(tag) if {"`", "{", "}"} & set(tag) else f"`{tag}`"

"""post.md: the papers with the most votes as a post of a Jekyll blog."""

from collections.abc import Iterator
from datetime import datetime, time
from zoneinfo import ZoneInfo

from functions.publish.model.digest import Digest, DigestPaper, Edition
from functions.publish.model.period_digest import PeriodPaper
from functions.publish.render import addresses
from functions.publish.text import wording
from functions.publish.text.markdown import escape, yaml
from shared.languages import labels

POSTED_AT = time(9, 15)


def render(digest: Digest, edition: Edition) -> str:
    """The whole file, front matter first."""
    words = labels(digest.language)
    papers = digest.papers[: edition.post_papers]
    lines = [*_front_matter(digest, edition), "", f"# {escape(edition.blog_title)} - {digest.day}", ""]
    if papers:
        total = words["post"]["total"].format(listed=digest.listed, shown=len(papers))
        lines += [total, "", f"## 📊 {words['post']['ranking']}", ""]
    else:
        lines += [wording.why_empty(digest.day, digest.status, digest.language), ""]
    for paper in papers:
        lines += [*row(paper, digest.language), *_picture(paper, digest.language, edition), ""]
    return "\n".join(lines) + "\n"


def _front_matter(digest: Digest, edition: Edition) -> list[str]:
    posted = datetime.combine(digest.day, POSTED_AT, ZoneInfo(edition.time_zone))
    return [
        "---",
        f"title: {yaml(f'{edition.blog_title} - {digest.day}')}",
        f"date: {posted:%Y-%m-%d %H:%M:%S %z}",
        f"categories: [{labels(digest.language)['post']['categories']}]",
        "tags: [huggingface, papers, daily, ai]",
        f"author: {yaml(edition.author)}",
        "---",
    ]


def row(paper: DigestPaper | PeriodPaper, language: str) -> Iterator[str]:
    """A paper of the list: of a day, or of a week or month."""
    words = labels(language)
    yield f"{paper.rank}. **{escape(paper.title)}** - 👍 {paper.upvotes}"
    institution = wording.institution(paper.facts, language)
    if institution:
        yield f"   - {words['fields']['institution']}: {escape(institution)}"
    if paper.facts.withdrawn_at:
        yield f"   - {words['fields']['withdrawn']}: {paper.facts.withdrawn_at.date()}"
    yield f"   - [{words['post']['hugging_face']}]({addresses.hugging_face(paper.id)})"
    yield f"   - [{words['post']['paper']}]({addresses.arxiv(paper.id)})"
    if paper.facts.abstract:
        label = words["fields"]["paraphrase"] if paper.facts.paraphrased else words["post"]["abstract"]
        yield f"   - {label}: {escape(paper.facts.abstract)}"


def _picture(paper: DigestPaper, language: str, edition: Edition) -> Iterator[str]:
    """Our copy of the paper's first picture, by its whole address: the blog is somewhere else than the site."""
    held = next((picture.path for picture in paper.facts.pictures if picture.path), None)
    if held and edition.site_is_reachable:
        address = addresses.web(addresses.absolute(edition, held))
        yield f"   - ![{labels(language)['fields']['picture']}]({address})"

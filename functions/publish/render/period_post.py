"""post.md of a week or month: statistics, the papers with the most votes now, and the most frequent tags."""

from collections.abc import Iterator
from datetime import datetime, time
from zoneinfo import ZoneInfo

from functions.publish.model.digest import Edition
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.render import post
from functions.publish.text import period_wording as wording
from functions.publish.text.markdown import escape, yaml
from functions.publish.text.wording import counted, shown
from shared.languages import labels

POSTED_AT = time(9, 0)
TAGS = 10
STATISTICS = ("papers", "upvotes", "average", "days")
"""Those that the readers' blog knows."""


def render(digest: PeriodDigest, edition: Edition) -> str:
    """The whole file, front matter first."""
    return "\n".join([*_front_matter(digest, edition), "", *_body(digest)]) + "\n"


def _front_matter(digest: PeriodDigest, edition: Edition) -> list[str]:
    posted = datetime.combine(digest.first, POSTED_AT, ZoneInfo(edition.time_zone))
    own = labels(digest.language)[digest.period.kind]
    title = own["post_title"].format(name=wording.name(digest.period, digest.language))
    return [
        "---",
        f"title: {yaml(title)}",
        f"date: {posted:%Y-%m-%d %H:%M:%S %z}",
        f"categories: ['Daily Papers', '{own['category']}']",
        f"tags: ['huggingface', 'papers', '{digest.period.kind}', 'ai', 'summary']",
        f"author: {yaml(edition.author)}",
        "---",
    ]


def _body(digest: PeriodDigest) -> Iterator[str]:
    words = labels(digest.language)
    own, common = words[digest.period.kind], words["period"]
    heading = own["heading"].format(name=wording.name(digest.period, digest.language))
    yield from (f"# {escape(heading)}", "", f"## 📊 {common['statistics']}", "")
    numbers = wording.statistics(digest)
    yield from (f"- **{common['numbers'][name]}**: {numbers[name]}" for name in STATISTICS)
    yield from ("", f"## 🔥 {common['top'].format(count=len(digest.papers))}", "")
    for paper in digest.papers:
        yield from (*post.row(paper, digest.language), "")
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

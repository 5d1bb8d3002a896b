"""The subject of a mail: the day, the names of its best papers, and how many more there are."""

import unicodedata
from collections.abc import Iterator

from functions.publish.model.digest import Digest
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.text.outside import cut

MAX_SUBJECT = 99
"""Characters, https://docs.aws.amazon.com/sns/latest/api/API_Publish.html: printable ASCII without line breaks."""
PREFIX = "[Daily Papers]"
"""In every language: SNS takes ASCII only."""
MAX_NAMES = 2
"""More do not fit into the subject column of a mail program."""
MAX_NAME = 32
"""Characters: two names and the day fit under the limit."""
MAX_TITLE_READ = 300
"""Characters: a name stands at the beginning."""


def subject(digest: Digest | PeriodDigest) -> str:
    """`[Daily Papers] Feb 22: SpargeAttention2, Mobile-Agent-v3.5 +10`; the number of papers where none has a name."""
    found = [name for paper in digest.papers[:MAX_NAMES] if (name := short_name(paper.title))]
    first = digest.span.first
    date = f"{first:%b} {first.day}" if isinstance(digest, Digest) else str(digest.span)
    return f"{PREFIX} {date}: {' '.join(_papers(found, digest.listed))}"


def short_name(title: str) -> str:
    """What stands before the colon of a title where that is short, else its first words. In ASCII; may be empty."""
    line = _ascii(cut(title, MAX_TITLE_READ))
    before, colon, _ = line.partition(":")
    return before.strip() if colon and len(before.strip()) <= MAX_NAME else _first_words(line)


def _papers(names: list[str], listed: int) -> Iterator[str]:
    if not names:
        yield "1 paper" if listed == 1 else f"{listed} papers"
        return
    yield ", ".join(names)
    if listed > len(names):
        yield f"+{listed - len(names)}"


def _first_words(line: str) -> str:
    if len(line) <= MAX_NAME:
        return line
    room = MAX_NAME - len("...")
    whole, _, _ = line[: room + 1].rpartition(" ")
    return f"{(whole or line[:room]).rstrip(' ,;:-')}..."


def _ascii(text: str) -> str:
    """The text without accents and without what ASCII cannot write."""
    decomposed = unicodedata.normalize("NFKD", text.replace("–", "-").replace("—", "-").replace("’", "'"))
    return " ".join(decomposed.encode("ascii", "ignore").decode().split())

"""The mail of a week or month: its numbers and themes, its best papers in one line each, and where the rest is."""

from collections.abc import Iterator

from functions.publish.model.digest import Edition
from functions.publish.model.period_digest import PeriodDigest, PeriodPaper
from functions.publish.render import addresses
from functions.publish.render.mail import LONGEST_LINE, Mail, checked
from functions.publish.text import period_wording as wording
from functions.publish.text.wording import counted, cut
from shared.languages import labels
from shared.store import keys

BEST = 5
"""Papers, as in the mail of a day with the template's own parameters."""


def render(digest: PeriodDigest, edition: Edition) -> Mail:
    """The whole mail. Raises MailRefusedError where SNS would not deliver it."""
    count = digest.statistics.papers
    forms = labels(digest.language)["mail"]["subject"]
    subject = forms["one" if count == 1 else "other"].format(day=digest.period, count=count)
    return checked(Mail(subject=subject, body="\n".join(_lines(digest, edition)) + "\n"))


def _lines(digest: PeriodDigest, edition: Edition) -> Iterator[str]:
    words = labels(digest.language)
    yield f"Daily Papers, {wording.name(digest.period, digest.language)}"
    yield wording.span(digest.period, digest.language)
    yield ""
    numbers = wording.statistics(digest)
    yield words["listing"].join(f"{label} {numbers[name]}" for name, label in words["period"]["numbers"].items())
    yield from wording.themes(digest)
    if source := wording.source_of_all(digest):
        yield from ("", words["sources"][source], words["explained"].get(source, ""))
    shown: set[str] = set()
    for heading, papers in (("best", digest.papers[:BEST]), ("late_bloomers", digest.late_bloomers)):
        fresh = [paper for paper in papers if paper.id not in shown]
        shown |= {paper.id for paper in fresh}
        if fresh:
            yield from ("", f"[{words['period'][heading]}]")
        for paper in fresh:
            yield from ("", *_paper(paper, digest), f"   {paper_address(paper, digest, edition)}")
    yield from ("", words["mail"]["page"].format(address=address(digest, edition)))


def _paper(paper: PeriodPaper, digest: PeriodDigest) -> Iterator[str]:
    words = labels(digest.language)
    facts = [counted(words, "votes", paper.upvotes)]
    if paper.gained > 0:
        facts.append(words["period"]["then"].format(votes=f"{paper.upvotes_then:,}"))
    if paper.facts.code:
        facts.append(words["mail"]["code"])
    if label := wording.how_made(paper, digest):
        facts.append(label)
    yield f"{paper.rank}. {cut(paper.title, LONGEST_LINE)} [{words['listing'].join(facts)}]"
    if paper.one_line:
        yield f"   {cut(paper.one_line, LONGEST_LINE)}"


def paper_address(paper: PeriodPaper, digest: PeriodDigest, edition: Edition) -> str:
    """Where a paper is shown: on its day's page, or where everybody can read."""
    if not edition.site_is_reachable:
        return addresses.hugging_face(paper.id)
    page = addresses.in_tree(digest.language, edition, keys.day_page(paper.day))
    return f"{addresses.absolute(edition, page)}#{paper.id}"


def address(digest: PeriodDigest, edition: Edition) -> str:
    """Where the whole week or month is."""
    if not edition.site_is_reachable:
        return addresses.hugging_face_period(digest.period)
    page = addresses.in_tree(digest.language, edition, keys.period_file(digest.period))
    return addresses.absolute(edition, page)

"""The mail: the day in two lines, the papers with the most votes in one line each, and where the rest is."""

from collections.abc import Iterator, Sequence
from itertools import product

from functions.publish.model.digest import Digest, DigestPaper, Edition
from functions.publish.render import addresses
from functions.publish.text import wording
from shared.languages import labels
from shared.model.analysis import Analysis, Statement
from shared.model.frozen import Frozen
from shared.store import keys

SUBJECT_UNDER = 100
"""Characters, https://docs.aws.amazon.com/sns/latest/api/API_Publish.html: printable ASCII without line breaks."""
MOST_BODY_BYTES = 262_144
"""UTF-8, the same page."""
LONGEST_LINE = 300
"""Characters of a title or a one-line: a hundred hostile papers must not make the mail too long to be sent."""
LONGEST_TEXT = 1000
"""Characters of a text in full: a model's are asked to be shorter than half of it."""
MOST_OF_INTEREST = 10


class MailRefusedError(ValueError):
    """A mail that SNS would not deliver as it is."""


class Mail(Frozen):
    """What is sent: plain text."""

    subject: str
    body: str


def render(digest: Digest, edition: Edition) -> Mail:
    """The day's mail, with fewer papers where it would be too long. Raises MailRefusedError where none fits.

    Where no reader can open the site, it holds the best papers in full.
    """
    count = len(digest.papers)
    forms = labels(digest.language)["mail"]["subject"]
    subject = forms["one" if count == 1 else "other"].format(day=digest.day, count=count)
    for in_full, top in product(
        [False] if edition.site_is_reachable else [True, False], range(edition.top_papers, 0, -1)
    ):
        shorter = edition.model_copy(update={"top_papers": top})
        body = "\n".join(_lines(digest, shorter, in_full=in_full)) + "\n"
        if len(body.encode()) <= MOST_BODY_BYTES:
            break
    return checked(Mail(subject=subject, body=body))


def checked(mail: Mail) -> Mail:
    """The mail, if SNS delivers it. Raises MailRefusedError naming the field and the value."""
    if not (mail.subject.isascii() and mail.subject.isprintable() and 0 < len(mail.subject) < SUBJECT_UNDER):
        raise MailRefusedError(f"subject: must be 1 to 99 printable ASCII characters, got {mail.subject!r}")
    size = len(mail.body.encode())
    if size > MOST_BODY_BYTES:
        raise MailRefusedError(f"body: must be at most {MOST_BODY_BYTES} bytes, got {size}")
    return mail


def _lines(digest: Digest, edition: Edition, *, in_full: bool) -> Iterator[str]:
    words = labels(digest.language)
    yield f"Daily Papers, {wording.day_in_words(digest.day, digest.language)}"
    yield ""
    if not digest.papers:
        yield wording.why_empty(digest.day, digest.status, digest.language)
    yield from wording.two_lines(digest)
    yield from _explained(digest)
    of_interest = wording.of_interest(digest)[:MOST_OF_INTEREST]
    top = [paper for paper in digest.papers[: edition.top_papers] if paper not in of_interest]
    for heading, papers in ((words["page"]["interests"], of_interest), (words["page"]["glance"], top)):
        if of_interest and papers:
            yield from ("", f"[{heading}]")
        for paper in papers:
            label = wording.how_made(paper, digest) if wording.unlike_the_day(paper, digest) else ""
            yield from ("", *_paper(paper, digest, label))
            yield from _in_full(paper.analysis, digest.language) if in_full and paper.analysis else ()
            yield f"   {_address(paper, digest, edition)}"
    yield ""
    rest = len(digest.papers) - len(of_interest) - len(top)
    name, others = ("rest", wording.counted(words, "others", rest)) if rest else ("page", "")
    yield words["mail"][name].format(others=others, address=_address(None, digest, edition))


def _explained(digest: Digest) -> Iterator[str]:
    """What a day's analyses are that no model made, in the words that stand at the top of the page."""
    words = labels(digest.language)
    if digest.papers and digest.model in words["sources"]:
        label = [words["sources"][digest.model]] if digest.model != "draft" else []
        yield from ("", *label, words["explained"][digest.model])


def _address(paper: DigestPaper | None, digest: Digest, edition: Edition) -> str:
    """Where a paper, or the whole day, is shown: on the site, or where everybody can read."""
    if not edition.site_is_reachable:
        return addresses.hugging_face(paper.id) if paper else addresses.hugging_face_day(digest.day)
    page = addresses.absolute(edition, addresses.in_tree(digest.language, edition, keys.day_page(digest.day)))
    return f"{page}#{paper.id}" if paper else page


def _paper(paper: DigestPaper, digest: Digest, label: str) -> Iterator[str]:
    words = labels(digest.language)
    facts = [wording.counted(words, "votes", paper.upvotes)]
    if paper.facts.code:
        facts.append(words["mail"]["code"])
    if label:
        facts.append(label)
    yield f"{paper.rank}. {wording.cut(paper.title, LONGEST_LINE)} [{words['listing'].join(facts)}]"
    if paper.analysis:
        yield f"   {wording.cut(paper.analysis.one_line.text, LONGEST_LINE)}"


def _in_full(analysis: Analysis, language: str) -> Iterator[str]:
    """What the page would say of the paper."""
    view = (analysis.developer_view,) if analysis.developer_view else ()
    sections: dict[str, Sequence[Statement]] = {
        "key_points": analysis.key_points,
        "developer_view": view,
        "practice_ideas": analysis.practice_ideas,
        "risks": analysis.risks,
    }
    for name, statements in sections.items():
        if statements:
            yield from ("", f"   {labels(language)['fields'][name]}")
            mark = "" if name == "developer_view" else "- "
            yield from (f"   {mark}{wording.cut(statement.text, LONGEST_TEXT)}" for statement in statements)
    yield ""

"""The mail: the day in two lines, the papers with the most votes in one line each, and where the rest is."""

from collections.abc import Iterator

from functions.publish.digest import Digest, DigestPaper, Edition
from functions.publish.editions import addresses, wording
from shared import keys
from shared.frozen import Frozen
from shared.languages import labels

SUBJECT_UNDER = 100
"""Characters, https://docs.aws.amazon.com/sns/latest/api/API_Publish.html: printable ASCII without line breaks."""
MOST_BODY_BYTES = 262_144
"""UTF-8, the same page."""
LONGEST_LINE = 300
"""Characters of a title or a one-line: a hundred hostile papers must not make the mail too long to be sent."""
MOST_OF_INTEREST = 10


class MailRefusedError(ValueError):
    """A mail that SNS would not deliver as it is."""


class Mail(Frozen):
    """What is sent: plain text."""

    subject: str
    body: str


def render(digest: Digest, edition: Edition) -> Mail:
    """The day's mail, with fewer papers where it would be too long. Raises MailRefusedError where none fits."""
    count = len(digest.papers)
    forms = labels(digest.language)["mail"]["subject"]
    subject = forms["one" if count == 1 else "other"].format(day=digest.day, count=count)
    for top in range(edition.top_papers, 0, -1):
        shorter = edition.model_copy(update={"top_papers": top})
        body = "\n".join(_lines(digest, shorter)) + "\n"
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


def _lines(digest: Digest, edition: Edition) -> Iterator[str]:
    words = labels(digest.language)
    page = addresses.absolute(edition, addresses.in_tree(digest.language, edition, keys.day_page(digest.day)))
    yield f"Daily Papers, {wording.day_in_words(digest.day, digest.language)}"
    yield ""
    if not digest.papers:
        yield wording.why_empty(digest.day, digest.status, digest.language)
    yield from wording.two_lines(digest)
    made = {wording.how_made(paper, digest) for paper in digest.papers}
    if len(made) == 1 and "" not in made:
        yield from made
    of_interest = wording.of_interest(digest)[:MOST_OF_INTEREST]
    top = [paper for paper in digest.papers[: edition.top_papers] if paper not in of_interest]
    for heading, papers in ((words["page"]["interests"], of_interest), (words["page"]["glance"], top)):
        if of_interest and papers:
            yield from ("", f"[{heading}]")
        for paper in papers:
            label = "" if len(made) == 1 else wording.how_made(paper, digest)
            yield from ("", *_paper(paper, digest, f"{page}#{paper.id}", label))
    yield ""
    rest = len(digest.papers) - len(of_interest) - len(top)
    if rest:
        yield words["mail"]["rest"].format(others=wording.counted(words, "others", rest), address=page)
    else:
        yield words["mail"]["page"].format(address=page)


def _paper(paper: DigestPaper, digest: Digest, address: str, label: str) -> Iterator[str]:
    words = labels(digest.language)
    facts = [wording.counted(words, "votes", paper.upvotes)]
    if paper.facts.code:
        facts.append(words["mail"]["code"])
    if label:
        facts.append(label)
    yield f"{paper.rank}. {_line(paper.title)} [{words['listing'].join(facts)}]"
    if paper.analysis:
        yield f"   {_line(paper.analysis.one_line.text)}"
    yield f"   {address}"


def _line(text: str) -> str:
    line = " ".join(wording.shown(text).split())
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"

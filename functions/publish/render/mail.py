"""The mail of a day, week or month: its best papers in one line each, and where the rest is."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import product

from functions.publish.model.digest import Digest, DigestPaper, statements
from functions.publish.model.period_digest import PeriodDigest, PeriodPaper
from functions.publish.render import addresses
from functions.publish.settings import SiteConfig
from functions.publish.text import phrases, wording
from functions.publish.text.outside import cut
from functions.publish.text.phrases import whole_line
from functions.publish.text.wording import counted
from shared.languages import labels
from shared.model.frozen import Frozen

MAX_SUBJECT = 99
"""Characters, https://docs.aws.amazon.com/sns/latest/api/API_Publish.html: printable ASCII without line breaks."""
PREFIX = "[Daily Papers]"
"""In every language: SNS takes ASCII only."""
MAX_NAMES = 2
"""More do not fit into the subject column of a mail program."""
MAX_BODY_BYTES = 262_144
"""UTF-8, https://docs.aws.amazon.com/sns/latest/api/API_Publish.html."""
MAX_LINE = 300
"""Characters of a title or a one-line: a hundred hostile papers must not make the mail too long to be sent."""
MAX_FACT = 60
"""Characters of an organisation or a tag."""
MAX_TEXT = 1000
"""Characters of a text in full: a model's are asked to be shorter than half of it."""
MAX_OF_INTEREST = 10
LATE_AFTER = timedelta(hours=3)
"""A list is read within the hour after its day, and analysed within two."""
BEST_OF_PERIOD = 5
"""Papers, as in the mail of a day with the template's own parameters."""


class MailRefusedError(ValueError):
    """A mail that SNS would not deliver as it is."""


class Mail(Frozen):
    """What is sent: plain text."""

    subject: str
    body: str


def render(digest: Digest | PeriodDigest, config: SiteConfig) -> Mail:
    """The mail. Raises MailRefusedError where SNS would not deliver it."""
    lines = _day_lines(digest, config) if isinstance(digest, Digest) else _period_lines(digest, config)
    return checked(Mail(subject=subject(digest), body="\n".join([*lines, ""])))


def subject(digest: Digest | PeriodDigest) -> str:
    """`[Daily Papers] Feb 22: SpargeAttention2, Mobile-Agent-v3.5 +10`; the number of papers where none has a name."""
    found = [name for paper in digest.papers[:MAX_NAMES] if (name := phrases.short_name(paper.title))]
    first = digest.span.first
    date = f"{first:%b} {first.day}" if isinstance(digest, Digest) else str(digest.span)
    return f"{PREFIX} {date}: {' '.join(_names(found, digest.listed))}"


def _names(names: list[str], listed: int) -> Iterator[str]:
    if not names:
        yield "1 paper" if listed == 1 else f"{listed} papers"
        return
    yield ", ".join(names)
    if listed > len(names):
        yield f"+{listed - len(names)}"


def _day_lines(digest: Digest, config: SiteConfig) -> Sequence[str]:
    """With fewer papers where the mail would be too long, and with all texts where no reader can open the site."""
    lines: list[str] = []
    for in_full, top in product(
        [False] if config.site_is_reachable else [True, False], range(config.top_papers, 0, -1)
    ):
        lines = list(_lines(digest, config.model_copy(update={"top_papers": top}), in_full=in_full))
        if sum(len(line.encode()) + 1 for line in lines) <= MAX_BODY_BYTES:
            break
    return lines


def checked(mail: Mail) -> Mail:
    """The mail, if SNS delivers it. Raises MailRefusedError naming the field and the value."""
    if not (mail.subject.isascii() and mail.subject.isprintable() and 0 < len(mail.subject) <= MAX_SUBJECT):
        raise MailRefusedError(f"subject: must be 1 to 99 printable ASCII characters, got {mail.subject!r}")
    size = len(mail.body.encode())
    if size > MAX_BODY_BYTES:
        raise MailRefusedError(f"body: must be at most {MAX_BODY_BYTES} bytes, got {size}")
    return mail


def _lines(digest: Digest, config: SiteConfig, *, in_full: bool) -> Iterator[str]:
    words = labels(digest.language)
    yield f"Daily Papers, {phrases.span_in_words(digest.span, digest.language)}"
    yield ""
    if not digest.papers:
        yield wording.why_empty(digest.day, digest.status, digest.language)
    yield from wording.two_lines(digest)
    yield from _why_late_or_short(digest, config)
    yield from _explained(digest)
    of_interest = wording.of_interest(digest)[:MAX_OF_INTEREST]
    top = [paper for paper in digest.papers[: config.top_papers] if paper not in of_interest]
    for heading, papers in ((words["page"]["interests"], of_interest), (words["page"]["glance"], top)):
        if of_interest and papers:
            yield from ("", f"[{heading}]")
        for paper in papers:
            label = wording.how_made(paper, digest) if wording.unlike_the_day(paper, digest) else ""
            yield from ("", *_paper(paper, digest.language, label))
            if line := whole_line(paper, digest.language):
                yield f"   {cut(line, MAX_LINE)}"
            yield from _in_full(paper, digest.language) if in_full and paper.analysis else ()
            yield f"   {addresses.of_paper(paper.id, digest.language, config)}"
    yield ""
    rest = len(digest.papers) - len(of_interest) - len(top)
    name, others = ("rest", counted(words, "others", rest)) if rest else ("page", "")
    yield words["mail"][name].format(others=others, address=addresses.of_span(digest.span, digest.language, config))


def _why_late_or_short(digest: Digest, config: SiteConfig) -> Iterator[str]:
    """Why the mail comes later than others, and how many analyses are missing for what reason."""
    words = labels(digest.language)
    if digest.ranked_at - digest.span.ended_at > LATE_AFTER:
        yield words["mail"]["read_late"].format(at=phrases.moment(digest.ranked_at, config.time_zone))
    elif digest.closed_at - digest.ranked_at > LATE_AFTER:
        yield words["mail"]["analysed_late"]
    if reasons := Counter(missing.reason for missing in digest.missing):
        named = (
            words["mail"]["because"].format(reason=words["reasons"][reason], count=counted(words, "shown", count))
            for reason, count in reasons.items()
        )
        papers = counted(words, "papers", len(digest.missing))
        yield words["mail"]["unanalysed"].format(papers=papers, reasons=words["listing"].join(named))


def _explained(digest: Digest) -> Iterator[str]:
    """What a day's analyses are that no model made, in the words that stand at the top of the page."""
    words = labels(digest.language)
    if digest.papers and digest.model in words["sources"]:
        label = [words["sources"][digest.model]] if digest.model != "draft" else []
        yield from ("", *label, words["explained"][digest.model])


def _paper(paper: DigestPaper | PeriodPaper, language: str, label: str) -> Iterator[str]:
    words = labels(language)
    facts = [*filter(None, [wording.withdrawn(paper.facts, language)]), counted(words, "votes", paper.upvotes)]
    if isinstance(paper, PeriodPaper) and paper.gained > 0:
        facts.append(words["period"]["then"].format(votes=f"{paper.upvotes_then:,}"))
    if paper.facts.code:
        facts.append(words["mail"]["code"])
    facts += [cut(fact, MAX_FACT) for fact in (paper.facts.organisation, *paper.tags[:1]) if fact]
    if label:
        facts.append(label)
    yield f"{paper.rank}. {cut(paper.title, MAX_LINE)} [{words['listing'].join(facts)}]"
    if paper.one_line:
        yield f"   {cut(paper.one_line, MAX_LINE)}"


def _in_full(paper: DigestPaper, language: str) -> Iterator[str]:
    """What the page would say of the paper."""
    names = labels(language)["fields"]
    for other in paper.facts.others.values():
        yield from (f"   {names.get(label, label)}: {cut(text, MAX_TEXT)}" for label, text in other.facts.items())
    for name, value in paper.fields("mail").texts:
        yield from ("", f"   {labels(language)['fields'][name]}")
        mark = "- " if isinstance(value, tuple) else ""
        yield from (f"   {mark}{cut(statement.text, MAX_TEXT)}" for statement in statements(value))
    yield ""


def _period_lines(digest: PeriodDigest, config: SiteConfig) -> Iterator[str]:
    words, language = labels(digest.language), digest.language
    yield f"Daily Papers, {phrases.span_in_words(digest.period, language)}"
    yield phrases.dates_in_words(digest.period, language)
    yield from filter(None, (wording.missing_days(digest),))
    yield ""
    numbers = wording.statistics(digest)
    yield words["listing"].join(f"{label} {numbers[name]}" for name, label in words["period"]["numbers"].items())
    yield from wording.theme_sentences(digest)
    if source := wording.source_of_all(digest):
        yield from ("", words["sources"][source], words["explained"].get(source, ""))
    shown: set[str] = set()
    for heading, papers in (("best", digest.papers[:BEST_OF_PERIOD]), ("late_bloomers", digest.late_bloomers)):
        fresh = [paper for paper in papers if paper.id not in shown]
        shown |= {paper.id for paper in fresh}
        if fresh:
            yield from ("", f"[{words['period'][heading]}]")
        for paper in fresh:
            yield from ("", *_paper(paper, language, wording.label_of(paper, digest)))
            yield f"   {addresses.of_paper(paper.id, language, config)}"
    yield from ("", words["mail"]["page"].format(address=addresses.of_span(digest.period, language, config)))

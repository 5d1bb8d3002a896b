"""Instructions to a model that hide in a paper's text: found, kept from it, and known again in an answer."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from functions.summarize.answer import Answer
from functions.summarize.grounding.findings import MAX_QUOTE_CHARS, Finding
from functions.summarize.injection.orders import gives_orders
from shared.model.frozen import Frozen
from shared.model.place import PlacedSentence
from shared.model.texts import texts
from shared.text.addresses import ADDRESS
from shared.text.lazy_regex import lazy_regex
from shared.text.sentences import sentences

Sign = Literal["instruction", "invisible", "lookalike", "comment", "white"]
Passage = tuple[Sign, str]
TAG_CHARACTERS = lazy_regex("[\U000e0020-\U000e007e]")
"""Invisible doubles of ASCII, https://www.unicode.org/charts/PDF/UE0000.pdf."""
MIN_INVISIBLE_CHARS = 4
"""Invisible letters in a row that are no accident: fewer are flags among emoji."""

_LOOKALIKES = str.maketrans("асԁеһіјӏорԛѕυνхуωԝαειοκρτ", "acdehijlopqsuvxywwaeiokpt")
_COMMENT = lazy_regex(
    r"<!--.*?(?:-->|\Z)|\\begin\{comment\}.*?(?:\\end\{comment\}|\Z)|\\iffalse\b.*?(?:\\fi\b|\Z)", re.DOTALL
)
_LINE_COMMENT = lazy_regex(r"(?:^|(?<=[^\d\\\s])\s|(?<=\s\s))%[^\n]*", re.MULTILINE)
_WHITE = lazy_regex(
    r"\{?\\(?:textcolor|color)(?:\[[^\]]{0,40}\])?\{(?:white|f{6}|1,\s?1,\s?1)\}\s{0,9}\{?[^}]*\}?\}?"
    r"|\\[hv]?phantom\{[^}]*\}|\{\\(?:tiny|fontsize\{[01](?:pt)?\}\{[^}]{0,20}\}\\selectfont)\b[^}]*\}"
    r"|<(\w{1,20})\b[^<>]{0,200}(?:display:\s*none|visibility:\s*hidden|opacity:\s*0|font-size:\s*0|color\s*[:=]\s*[\"']?"
    r"(?:white|#f{3}(?:f{3})?\b)|\bhidden\b|aria-hidden)[^<>]{0,200}>.*?(?:</\1>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_HIDING: tuple[tuple[Sign, re.Pattern[str]], ...] = (
    ("comment", _COMMENT),
    ("white", _WHITE),
    ("comment", _LINE_COMMENT),
)
_INVISIBLE = lazy_regex(r"[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]+")
_MARKUP = lazy_regex(
    r"<\s?/?\s?[a-z][^<>]{0,300}>|\]\(|javascript:|\{\{|\{%|^\s{0,9}(?:#{1,6} |---)", re.IGNORECASE | re.MULTILINE
)
_LOUD = lazy_regex(r"[\"“'‘`]([^\"”'’`]{3,80})[\"”'’`]|\b([A-Z][A-Z\d_-]{3,})\b")


class Screened(Frozen):
    """A paper's text without what is not meant for its readers."""

    title: str
    abstract: str
    signs: tuple[Sign, ...] = ()
    withheld: tuple[str, ...] = ()
    """What was kept from the model."""
    body: tuple[PlacedSentence, ...] = ()
    """What the model reads of the whole text."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What an answer may rest on, in the order of its numbers."""
        return (*sentences(self.abstract), *(each.text for each in self.body))


def screen(title: str, abstract: str) -> Screened:
    """Takes out what readers do not see and what speaks to a model. An honest text comes back as it is."""
    parts = [find_hidden(text) for text in (title, abstract)]
    signs = dict.fromkeys(sign for _, found in parts for sign, _ in found)
    withheld = (passage for _, found in parts for _, passage in found)
    return Screened(title=parts[0][0], abstract=parts[1][0], signs=tuple(signs), withheld=tuple(withheld))


def find_hidden(text: str) -> tuple[str, list[Passage]]:
    """The text without its passages that are not for readers; as it was where there are none."""
    left, found = text, list[Passage]()
    for sign, pattern in _HIDING:
        left, hidden = _cut(left, pattern, sign)
        found += hidden
    tagged = "".join(chr(ord(character) - 0xE0000) for character in TAG_CHARACTERS.findall(left))
    if len(tagged) >= MIN_INVISIBLE_CHARS:
        found.append(("invisible", tagged))
    left = TAG_CHARACTERS.sub("", left)
    spoken = {sentence: how for sentence in sentences(left) if (how := _spoken(sentence))}
    found += [(how, sentence) for sentence, how in spoken.items()]
    return (
        (" ".join(sentence for sentence in sentences(left) if sentence not in spoken), found) if found else (text, [])
    )


def _cut(text: str, pattern: re.Pattern[str], sign: Sign) -> tuple[str, list[Passage]]:
    """The text without the passages. What follows a % is one only where it speaks to a model."""
    cut = [
        match
        for match in pattern.finditer(text)
        if pattern is not _LINE_COMMENT or _spoken(match.group().strip(" %\n\t"))
    ]
    for match in reversed(cut):
        text = f"{text[: match.start()]} {text[match.end() :]}"
    return text, [(sign, match.group()) for match in cut]


def _spoken(sentence: str) -> Sign | None:
    """How a sentence speaks to a model, if it does: openly, with invisible characters in it, or in foreign letters."""
    return next((sign for sign, reading in _readings(sentence) if gives_orders(reading)), None)


def _readings(sentence: str) -> Iterator[tuple[Sign, str]]:
    if sentence.isascii():
        yield "instruction", sentence
        return
    bare = "".join(character for character in sentence if unicodedata.category(character) != "Cf")
    for reading in dict.fromkeys((sentence, bare, _INVISIBLE.sub(" ", sentence))):
        yield "instruction" if bare == sentence else "invisible", reading
    plain = unicodedata.normalize("NFKC", bare).lower().translate(_LOOKALIKES)
    letters = unicodedata.normalize("NFKD", plain)
    yield "lookalike", "".join(character for character in letters if not unicodedata.combining(character))


def find_obedience(answer: Answer, text: Screened, fence: str) -> Iterator[Finding]:
    """Where an answer does what a hidden order asks for, or has lost its way.

    The fence is the canary: only the instructions hold it. Addresses, markup and loud words that only the withheld
    passages have are looked for where there are such passages; elsewhere the check asks for every name and address.
    """
    honest = " ".join((text.title, *text.sentences))
    loud = {quoted or shouted for passage in text.withheld for quoted, shouted in _LOUD.findall(passage)}
    for item in texts(answer):
        shown = f"{item.value} {item.text}"
        if fence in shown:
            yield _finding(item.path, "fence", fence)
        if not text.signs:
            continue
        added = [each for each in ADDRESS.findall(shown) if each.rstrip(".,") not in honest]
        markup = [match.group() for match in _MARKUP.finditer(shown)]
        repeated = [word for word in sorted(loud) if word in shown and word not in honest]
        for sign, quotes in (("address", added), ("markup", markup), ("repeated", repeated)):
            yield from (_finding(item.path, sign, quote) for quote in quotes)


def _finding(item: str, sign: str, quote: str) -> Finding:
    quote = quote[:MAX_QUOTE_CHARS]
    return Finding(item=item, rule=f"injection.{sign}", kind="injection", severity="remove", quote=quote)

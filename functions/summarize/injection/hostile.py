"""Instructions to a model that hide in a paper's text: found, kept from it, and known again in an answer."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from functions.summarize.answer import Answer
from functions.summarize.injection.instructions import instructs
from shared.model.frozen import Frozen
from shared.model.texts import texts
from shared.text.sentences import sentences

Sign = Literal["instruction", "invisible", "lookalike", "comment", "white"]
Passage = tuple[Sign, str]
TAG_CHARACTERS = range(0xE0020, 0xE007F)
"""Invisible doubles of ASCII, https://www.unicode.org/charts/PDF/UE0000.pdf."""
FEWEST_INVISIBLE = 4
"""Invisible letters in a row that are no accident: fewer are flags among emoji."""

_LOOKALIKES = str.maketrans("асԁеһіјӏорԛѕυνхуωԝαειοκρτ", "acdehijlopqsuvxywwaeiokpt")
_COMMENT = re.compile(
    r"<!--.*?(?:-->|\Z)|\\begin\{comment\}.*?(?:\\end\{comment\}|\Z)|\\iffalse\b.*?(?:\\fi\b|\Z)", re.DOTALL
)
_LINE_COMMENT = re.compile(r"(?:^|(?<=[^\d\\\s])\s|(?<=\s\s))%[^\n]*", re.MULTILINE)
_WHITE = re.compile(
    r"\{?\\(?:textcolor|color)(?:\[[^\]]*\])?\{(?:white|f{6}|1,\s*1,\s*1)\}\s*\{?[^}]*\}?\}?"
    r"|\\(?:phantom|hphantom|vphantom)\{[^}]*\}|\{\\(?:tiny|fontsize\{[01](?:pt)?\}\{[^}]*\}\\selectfont)\b[^}]*\}"
    r"|<(\w+)\b[^>]*(?:display:\s*none|visibility:\s*hidden|opacity:\s*0|font-size:\s*0|color\s*[:=]\s*[\"']?"
    r"(?:white|#f{3}(?:f{3})?\b)|\bhidden\b|aria-hidden)[^>]*>.*?(?:</\1>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_HIDING: tuple[tuple[Sign, re.Pattern[str]], ...] = (
    ("comment", _COMMENT),
    ("white", _WHITE),
    ("comment", _LINE_COMMENT),
)
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]+")
_ADDRESS = re.compile(
    r"(?:https?|ftp)://[^\s\"'<>)]+|\bwww\.[^\s\"'<>)]+|[\w.+-]+@[\w-]+\.[\w.]+"
    r"|\b[a-z\d][a-z\d-]*(?:\.[a-z\d-]+)*\.(?:com|org|net|io|ai|dev|app|info|site|top|xyz|ru|cn|kr|co|example|test|invalid"
    r"|link|click|page)\b(?:/[^\s\"'<>)]*)?",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"<\s*/?\s*[a-z][^>]*>|\]\(|javascript:|\{\{|\{%|^\s*(?:#{1,6} |---)", re.IGNORECASE | re.MULTILINE
)
_LOUD = re.compile(r"[\"“'‘`]([^\"”'’`]{3,80})[\"”'’`]|\b([A-Z][A-Z\d_-]{3,})\b")


class Screened(Frozen):
    """A paper's text without what is not meant for its readers."""

    title: str
    abstract: str
    signs: tuple[Sign, ...] = ()
    withheld: tuple[str, ...] = ()
    """What was kept from the model."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What an answer may rest on."""
        return sentences(self.abstract)


def screen(title: str, abstract: str) -> Screened:
    """Takes out what readers do not see and what speaks to a model. An honest text comes back as it is."""
    parts = [_screened(text) for text in (title, abstract)]
    signs = dict.fromkeys(sign for _, found in parts for sign, _ in found)
    withheld = (passage for _, found in parts for _, passage in found)
    return Screened(title=parts[0][0], abstract=parts[1][0], signs=tuple(signs), withheld=tuple(withheld))


def _screened(text: str) -> tuple[str, list[Passage]]:
    """The text without its passages that are not for readers; as it was where there are none."""
    left, found = text, list[Passage]()
    for sign, pattern in _HIDING:
        left, hidden = _cut(left, pattern, sign)
        found += hidden
    tagged = "".join(chr(ord(character) - 0xE0000) for character in left if ord(character) in TAG_CHARACTERS)
    if len(tagged) >= FEWEST_INVISIBLE:
        found.append(("invisible", tagged))
    left = "".join(character for character in left if ord(character) not in TAG_CHARACTERS)
    spoken = {sentence: how for sentence in sentences(left) if (how := _spoken(sentence))}
    found += [(how, sentence) for sentence, how in spoken.items()]
    return (
        (" ".join(sentence for sentence in sentences(left) if sentence not in spoken), found) if found else (text, [])
    )


def _cut(text: str, pattern: re.Pattern[str], sign: Sign) -> tuple[str, list[Passage]]:
    """The text without the passages. What follows a % is one only where it speaks to a model."""
    cut = [
        match for match in pattern.finditer(text) if pattern is not _LINE_COMMENT or _spoken(match.group().strip(" %"))
    ]
    for match in reversed(cut):
        text = f"{text[: match.start()]} {text[match.end() :]}"
    return text, [(sign, match.group()) for match in cut]


def _spoken(sentence: str) -> Sign | None:
    """How a sentence speaks to a model, if it does: openly, with invisible characters in it, or in foreign letters."""
    return next((sign for sign, reading in _readings(sentence) if instructs(reading)), None)


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


def obeyed(answer: Answer, text: Screened, fence: str) -> str | None:
    """Why an answer must have obeyed a text, or have lost its way; None where nothing shows that it did.

    The fence is the canary: only the instructions hold it. Addresses, markup and loud words that only the withheld
    passages have are looked for where there are such passages; elsewhere the check asks for every name and address.
    """
    said = "\n".join(f"{each.value} {each.text}" for each in texts(answer))
    if fence in said:
        return "it repeats the fence"
    if not text.signs:
        return None
    honest = f"{text.title} {text.abstract}"
    if any(address.rstrip(".,") not in honest for address in _ADDRESS.findall(said)):
        return "it holds an address that the text does not have"
    if _MARKUP.search(said):
        return "it holds markup"
    loud = {quoted or shouted for passage in text.withheld for quoted, shouted in _LOUD.findall(passage)}
    if any(word in said and word not in honest for word in loud):
        return "it repeats what was kept from it"
    return None

r"""Texts of the outside world as readers see them: in plain Unicode, Markdown, YAML, and escaped for a page.

On a page, formulas are MathML where plain Unicode cannot show them. The converter lets everything through, such as HTML
in `\text{}` and addresses in `\href{}`. So nothing that it writes is used: from the tree that it makes, another is
built of the elements and attributes that are known here.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from importlib import import_module
from itertools import groupby
from xml.etree.ElementTree import Element

from markupsafe import Markup, escape

from shared.text.formulas import Formula, pieces, readable
from shared.text.lazy_regex import lazy_regex

JOINERS = "\u200c\u200d"
"""Invisible, and part of how emoji and some scripts are spelled."""

_SPECIAL = lazy_regex(
    r"""
    \\(?=[!-/:-@\[-`{-~]|$)                # a backslash before punctuation
    | [*`\[\]|]                            # | is a table in kramdown
    | (?<![^\W_])_ | _(?![^\W_])           # not the one in snake_case
    | <(?=\S)                              # tags and autolinks
    | (?<=\{)\{ | \{(?=:)                  # {{ is Liquid's, {: is kramdown's
    | (?<=[~$])[~$] | [~$](?=[~$])         # ~~ strikes through, $$ is a formula in kramdown
    | ^[-+](?=[-+\s]|$) | ^[\#>=] | ^:(?=\s|$)
    """,
    re.VERBOSE,
)
_NUMBERED = lazy_regex(r"^(\d{1,9})([.)])(?=\s|$)")
_ENTITY = lazy_regex(r"&(?=#?\w+;)")
_LIQUID_PERCENT = lazy_regex(r"(?<=\{)%")

_PLAIN_YAML = lazy_regex(r"[^\W\d_][\w.-]*(?: [\w.-]+)*")
_NOT_TEXT_IN_YAML = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})

MAX_CHARACTERS = 36
"""Of a formula as it is shown: browsers do not break its line, and a phone's is no longer."""
MAX_ELEMENTS = 120
"""Of a formula: most have ten, and what needs more is made to be large."""

_DELIMITERS = ("$", "\\(", "\\[")
_NOT_PLAIN = lazy_regex(r"[_^\\{}]")
_OF_TWO_DIMENSIONS = lazy_regex(r"\\(?:[cdt]?frac|sqrt|[dt]?binom|over|begin)(?![A-Za-z])")
"""Commands whose plain form loses what belongs together: a fraction of two sums."""
_DEFINITION = lazy_regex(r"\\(?:[egx]?def|let|(?:re)?new|provide|Declare)")
"""Macros that double themselves make a formula of gigabytes."""

_ELEMENTS = frozenset(
    {"mrow", "mi", "mn", "mo", "mtext", "mspace", "msup", "msub", "msubsup", "mfrac", "msqrt", "mroot"}
    | {"mover", "munder", "munderover", "mstyle", "mtable", "mtr", "mtd"}
)
_TRUE_OR_FALSE = lazy_regex("true|false")
_ATTRIBUTES = {
    "accent": _TRUE_OR_FALSE,
    "displaystyle": _TRUE_OR_FALSE,
    "fence": _TRUE_OR_FALSE,
    "form": lazy_regex("prefix|infix|postfix"),
    "linethickness": lazy_regex("0"),
    "movablelimits": _TRUE_OR_FALSE,
    "scriptlevel": lazy_regex("[0-3]"),
    "stretchy": _TRUE_OR_FALSE,
    "width": lazy_regex(r"[01]?\.\d{1,3}em|[12]em"),
}


class UnfitError(ValueError):
    """A formula that is shown as plain text."""


@lru_cache(maxsize=4096)
def marked_up(text: str) -> Markup:
    """The text for a page. A formula that is simple, long or not understood is plain Unicode."""
    if not any(delimiter in text for delimiter in _DELIMITERS):
        return escape(shown(text))
    return Markup().join(_formula(piece) if isinstance(piece, Formula) else printable(piece) for piece in pieces(text))


@lru_cache(maxsize=1024)
def _formula(formula: Formula) -> Markup:
    if _NOT_PLAIN.search(formula.plain) or _OF_TWO_DIMENSIONS.search(formula.latex):
        try:
            return _math(formula.latex)
        except Exception:  # noqa: BLE001  whatever the converter trips over is shown as it can be read
            return escape(printable(formula.plain))
    return escape(printable(formula.plain))


def _math(latex: str) -> Markup:
    """The formula. Raises UnfitError, or whatever the converter does."""
    if _DEFINITION.search(latex) or latex.count("{") != latex.count("}"):
        raise UnfitError(f"it defines commands, or its braces do not match: {latex}")
    made = import_module("latex2mathml.converter").convert_to_element(latex)  # most invocations meet no formula
    elements = list(made.iter())
    characters = sum(len(unescape(element.text or "")) for element in elements)
    if not 0 < characters <= MAX_CHARACTERS or len(elements) > MAX_ELEMENTS:
        raise UnfitError(f"{len(elements)} elements, {characters} characters: {latex}")
    return Markup("<math>{}</math>").format(_inside(made))


def _inside(element: Element) -> Markup:
    """The element's own text, or its children."""
    text = printable(unescape(element.text or ""))
    if "\\" in text:
        raise UnfitError(f"a command that the converter does not know: {text}")
    children = _joined(element) if element.tag in ("math", "mrow", "mstyle") else element
    return escape(text.replace(" ", "\N{NO-BREAK SPACE}")) + Markup().join(map(_rebuilt, children))


def _rebuilt(element: Element) -> Markup:
    if element.tag not in _ELEMENTS:
        raise UnfitError(f"an element that is not known: {element.tag}")
    if element.tag == "mrow" and len(element) == 1:
        return _rebuilt(element[0])
    attributes = Markup().join(
        Markup(' {}="{}"').format(name, value)
        for name, value in element.items()
        if name in _ATTRIBUTES and _ATTRIBUTES[name].fullmatch(value)
    )
    return Markup("<{0}{1}>{2}</{0}>").format(element.tag, attributes, _inside(element))


def _joined(elements: Iterable[Element]) -> Iterator[Element]:
    r"""The letters of `\mathrm{max}` as one word, as it is read aloud."""
    for upright, run in groupby(elements, key=lambda each: each.tag == "mi" and "mathvariant" in each.attrib):
        if upright:
            word = Element("mi")
            word.text = "".join(letter.text or "" for letter in run)
            yield word
        else:
            yield from run


def shown(text: str) -> str:
    """A text of the outside world as readers see it: readable formulas, no control or bidirectional characters."""
    return printable(readable(text))


def printable(text: str) -> str:
    """The text without control and bidirectional characters."""
    if text.isprintable():
        return text
    return "".join(_shown_character(character) for character in text)


def _shown_character(character: str) -> str:
    if character in JOINERS:
        return character
    if character.isspace():
        return " "
    if unicodedata.category(character) in ("Cc", "Cf", "Cs") or ord(character) & 0xFFFE == 0xFFFE:
        return ""  # the last two of each plane are no characters, and no XML
    return character


def cut(text: str, most: int) -> str:
    """The text as readers see it, on one line; of a longer one so many characters and an ellipsis."""
    line = " ".join(shown(text).split())
    return line if len(line) <= most else f"{line[:most]}…"


def markdown(text: str) -> str:
    """One line of Markdown that CommonMark, kramdown and Liquid give back as the text; as few escapes as that takes."""
    line = " ".join(shown(text).split())
    line = _SPECIAL.sub(lambda match: f"\\{match.group()}", line)
    line = _NUMBERED.sub(r"\1\\\2", line)
    return _LIQUID_PERCENT.sub("&#37;", _ENTITY.sub("&amp;", line))


def yaml(text: str) -> str:
    """A value of the front matter: plain where YAML reads it as this very text, else in quotes."""
    line = " ".join(text.split())
    if _PLAIN_YAML.fullmatch(line) and line.lower() not in _NOT_TEXT_IN_YAML:
        return line
    return json.dumps("".join(character for character in line if character.isprintable()), ensure_ascii=False)

r"""A text of the outside world for a page: escaped, its formulas as MathML where plain Unicode cannot show them.

The converter lets everything through, such as HTML in `\text{}` and addresses in `\href{}`. So nothing that it writes
is used: from the tree that it makes, another is built of the elements and attributes that are known here.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from html import unescape
from importlib import import_module
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element

from markupsafe import Markup, escape

from functions.publish.text.plain import printable, shown
from shared.text.formulas import Formula, pieces

MAX_CHARACTERS = 36
"""Of a formula as it is shown: browsers do not break its line, and a phone's is no longer."""
MAX_ELEMENTS = 120
"""Of a formula: most have ten, and what needs more is made to be large."""

_DELIMITERS = ("$", "\\(", "\\[")
_NOT_PLAIN = re.compile(r"[_^\\{}]")
_OF_TWO_DIMENSIONS = re.compile(r"\\(?:[cdt]?frac|sqrt|[dt]?binom|over|begin)(?![A-Za-z])")
"""Commands whose plain form loses what belongs together: a fraction of two sums."""
_DEFINITION = re.compile(r"\\(?:[egx]?def|let|(?:re)?new|provide|Declare)")
"""Macros that double themselves make a formula of gigabytes."""

_ELEMENTS = frozenset(
    {"mrow", "mi", "mn", "mo", "mtext", "mspace", "msup", "msub", "msubsup", "mfrac", "msqrt", "mroot"}
    | {"mover", "munder", "munderover", "mstyle", "mtable", "mtr", "mtd"}
)
_TRUE_OR_FALSE = re.compile("true|false")
_ATTRIBUTES = {
    "accent": _TRUE_OR_FALSE,
    "displaystyle": _TRUE_OR_FALSE,
    "fence": _TRUE_OR_FALSE,
    "form": re.compile("prefix|infix|postfix"),
    "linethickness": re.compile("0"),
    "movablelimits": _TRUE_OR_FALSE,
    "scriptlevel": re.compile("[0-3]"),
    "stretchy": _TRUE_OR_FALSE,
    "width": re.compile(r"[01]?\.\d{1,3}em|[12]em"),
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
    made = _converter().convert_to_element(latex)
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


@cache
def _converter() -> Any:
    """Imported when the first formula is met: most invocations meet none."""
    return import_module("latex2mathml.converter")

r"""Mends texts of the list, which has lost LaTeX's `$` and `\`: `256times256`, `sim5x`, `360^circ`, `texttt{D}ual`.

A text is mended once, where a row is read. What its authors may have meant otherwise stays: `sim2real`, `2x2`, prices,
code between back-ticks, addresses. Formulas between delimiters stay too: pages show them as MathML.
"""

import re
from collections.abc import Sequence

from shared.text.formulas import Formula, pieces
from shared.text.lazy_regex import lazy_regex
from shared.text.lost_latex import ADDRESS, BEFORE_COMMANDS, DAMAGE, LINKS, PLAIN, Mend

MAX_NAME_WORDS = 3
"""Of the name before a title's colon: `Transformer^2: Self-adaptive LLMs`. A longer one is a sentence."""
FIRST_PLACEHOLDER, MAX_KEPT = 0xE000, 0x1900
"""Characters of Unicode's private use stand for what is kept as it is."""
ABBREVIATIONS = {
    "eg": "e.g.",
    "ie": "i.e.",
    "etal": "et al.",
    "etc": "etc.",
    "wrt": "w.r.t.",
    "vs": "vs.",
    "cf": "cf.",
    "aka": "a.k.a.",
    "iid": "i.i.d.",
}
OWN_NAMES = lazy_regex(
    r"ours?|(?:m|sys|impl|alg|tool|paper|project|system|model|method|framework|dataset|bench|benchmark)?name|algo|"
    r"method|model|framework|approach|system|dataset|bench|benchmark"
)
"""Macros that authors define for the name of what the paper is about."""

_KEPT = lazy_regex(rf"[\ue000-\uf8ff]|(?<!`)`[^`'\n]{{1,200}}`(?!`)|{ADDRESS}")
_PLACEHOLDERS = lazy_regex("[\ue000-\uf8ff]")
_MACRO = lazy_regex(r"\\(?P<macro>[A-Za-z]{2,30})(?![A-Za-z])(?P<following>\{\}|\.?)")


def mend(text: str, name: str = "") -> str:
    r"""Returns the text with its lost LaTeX in plain Unicode. `name`: what `\method` and its like stand for."""
    if not DAMAGE.search(text):
        return text
    kept: list[str] = []

    def keep(original: str) -> str:
        kept.append(original)
        return chr(FIRST_PLACEHOLDER + len(kept) - 1) if len(kept) <= MAX_KEPT else original

    text = _KEPT.sub(lambda match: keep(match.group()), _apply(LINKS, text))
    text = _apply(BEFORE_COMMANDS, _with_names(text, name))
    text = "".join(keep(piece.source) if isinstance(piece, Formula) else piece for piece in pieces(text))
    text = _apply(PLAIN, text)
    text = _PLACEHOLDERS.sub(lambda match: kept[ord(match.group()) - FIRST_PLACEHOLDER], text)
    return " ".join(text.split())


def name_of(title: str) -> str:
    """Returns the name that a title begins with, before a colon; empty where it begins with a sentence."""
    name, colon, _ = title.partition(":")
    words = name.split()
    return name if colon and 0 < len(words) <= MAX_NAME_WORDS and any(map(_looks_like_a_name, words)) else ""


def _looks_like_a_name(word: str) -> bool:
    return word[:1].isalpha() and any(not letter.islower() for letter in word[1:])


def _apply(mends: Sequence[Mend], text: str) -> str:
    for pattern, replacement in mends:
        text = pattern.sub(replacement, text)
    return text


def _with_names(text: str, name: str) -> str:
    r"""The text with the authors' own macros as the paper's name where they mean it, and `\eg` as e.g."""

    def replacement(match: re.Match[str]) -> str:
        macro, following = match["macro"].lower(), match["following"].removeprefix("{}")
        if macro in ABBREVIATIONS:
            return ABBREVIATIONS[macro] + following.removeprefix(".")
        if OWN_NAMES.fullmatch(macro) or macro == re.sub(r"\W", "", name).lower():
            return (name or "our method") + following
        return match.group()

    return _MACRO.sub(replacement, text)

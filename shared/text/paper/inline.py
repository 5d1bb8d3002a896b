"""A line of a paper's Markdown as it reads: without links, citations and invisible characters, numbers in plain form.

No pattern here nests a quantifier: one that did took nine minutes over a paper.
"""

import re

from shared.text.lazy_regex import lazy_regex

_INVISIBLE = lazy_regex("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u202a-\u202e]")
_IMAGE = lazy_regex(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,500}\)")
_CITED = lazy_regex(r"\[[^\[\]]{0,300}\]\([^()\s]{0,300}#bib[^()\s]{0,100}(?:\s\"[^\"]{0,500}\")?\)")
_INNER = lazy_regex(r"\[([^\[\]]{0,500})\]\(https://arxiv\.org/html/[^()\s]{0,300}(?:\s\"[^\"]{0,500}\")?\)")
_LINK = lazy_regex(r"\[([^\[\]]{1,500})\]\((?:https?://|mailto:)([^()\s]{0,500})(?:\s\"[^\"]{0,500}\")?\)")
_SQUARE = lazy_regex(r"\s?\[([^\[\]\n]{1,900})\]")
_ROUND = lazy_regex(r"\s?\(([^()\n]{4,1500})\)")
_KEY = lazy_regex(r"[A-Za-z][A-Za-z_:+'-]{0,60}\d{2,4}[\w:.-]{0,80}")
"""A BibTeX key: ha2018world."""
_AUTHORS = lazy_regex(
    r"(?:e\.g\.,?\s|see\s)?[A-Z][^;\d]{1,120},?\s\(?(?:19|20)\d\d[a-z]?\)?(?:,\s?(?:19|20)?\d{0,2}[a-z]?)?"
)
"""Kim et al., 2024."""
_MARK = "\x01"
"""Stands for a citation until its brackets are looked at."""
_FOOTNOTE = lazy_regex(r"(?<=[a-z.,;)])\s(\d{1,2}) \1 \1(?=\D|$)")
_EMPTY = lazy_regex(r"\s?\(\s?\)|\s?\[\s?\]")
"""Brackets of which the citations have gone."""
_BLANKS = lazy_regex(r"[ \t]{2,}")
_SIGNS = {
    r"\times": "×",
    r"\pm": "±",
    r"\sim": "~",
    r"\approx": "≈",
    r"\geq": "≥",
    r"\leq": "≤",
    r"\ge": "≥",
    r"\le": "≤",
    r"\rightarrow": "→",
    r"\to": "→",
    r"\cdot": "·",
    r"\%": "%",
    r"\$": "$",
    r"\&": "&",
    r"\#": "#",
    r"\_": "_",
    "{,}": ",",
    r"\,": " ",
    r"\!": "",
    r"\;": " ",
}
_SIGN = lazy_regex("|".join(rf"{re.escape(sign)}{'(?![A-Za-z])' if sign[-1].isalpha() else ''}" for sign in _SIGNS))
_POWER = lazy_regex(r"(?<=\d)\^\{?([-−+]?\d{1,4})\}?")
_RAISED = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")
_STYLED = lazy_regex(r"\\(?:textbf|textit|text|mathbf|mathrm|mathit|emph|underline|bm)\{([^{}]{0,200})\}")
_EMPHASIS = lazy_regex(r"(?<![\w*])(\*\*|\*|__|_)(?=\S)([^*_\n]{1,300})(?<=\S)\1(?![\w*])")


def read_line(text: str) -> str:
    """The line as it reads."""
    text = _IMAGE.sub("", _INVISIBLE.sub("", text))
    if "[" in text:
        text = _LINK.sub(_linked, _INNER.sub(r"\1", _CITED.sub(_MARK, text)))
        text = _SQUARE.sub(_bracketed, text)
    if "(" in text:
        text = _ROUND.sub(_bracketed, text)
    text = _EMPTY.sub("", _FOOTNOTE.sub(" ", text.replace(_MARK, "")))
    if "\\" in text or "^" in text or "{,}" in text:
        text = _STYLED.sub(r"\1", _SIGN.sub(lambda sign: _SIGNS[sign.group()], text))
        text = _POWER.sub(lambda power: power[1].translate(_RAISED), text)
    return _BLANKS.sub(" ", _EMPHASIS.sub(r"\2", text)).strip()


def _linked(link: re.Match[str]) -> str:
    """The words of a link, and its address where code or models may be: the paper's claim that they are there."""
    words, address = link[1], link[2]
    public = "git" in address or "huggingface.co" in address
    return f"{words} ({address})" if public and words not in address and "//" not in words else words


def _bracketed(part: re.Match[str]) -> str:
    """Nothing in place of brackets that hold citations alone."""
    inside = part[1]
    if _MARK in inside and len(re.sub(rf"[^;{_MARK}]{{0,300}}{_MARK}", "", inside).strip(" ,;.")) < 20:
        return ""
    names = [each.strip() for each in re.split("[;,]", inside)]
    if all(map(_KEY.fullmatch, names)) or all(_AUTHORS.fullmatch(each.strip()) for each in inside.split(";")):
        return ""
    return part.group()

"""Texts of the outside world as readers see them: in plain Unicode, Markdown and YAML."""

import json
import re
import unicodedata

from shared.text.formulas import readable

JOINERS = "\u200c\u200d"
"""Invisible, and part of how emoji and some scripts are spelled."""

_SPECIAL = re.compile(
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
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LIQUID_PERCENT = re.compile(r"(?<=\{)%")

_PLAIN_YAML = re.compile(r"[^\W\d_][\w.-]*(?: [\w.-]+)*")
_NOT_TEXT_IN_YAML = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})


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


def escape(text: str) -> str:
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

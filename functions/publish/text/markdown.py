"""Text in Markdown and YAML, so that a reader of the file and a parser of it both see the text as it is."""

import json
import re

from functions.publish.text.wording import shown

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

r"""LaTeX in a running text as plain Unicode: `$3.52\times$` is 3.52×, `\textbf{fast}` is fast, `2^{128}` is 2¹²⁸."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib import import_module
from typing import Any, NamedTuple

from shared.text.lazy_regex import lazy_regex

MAX_CHARS = 300
"""Of a formula or a group: what is longer is no formula, and unbounded patterns take minutes over hostile texts."""
_SOME = f"{{0,{MAX_CHARS}}}"
_FEW = f"{{1,{MAX_CHARS}}}"
_GROUP = rf"\{{(?:[^{{}}]|\{{[^{{}}]{_SOME}\}}){_SOME}\}}"

_LATEX = lazy_regex(
    rf"""
    (?P<escaped>\\[%&_#${{}}])                      # 50\%, R\&D, \$OneMillion-Bench
    | \$\$(?P<display>[^$]{_FEW})\$\$
    | \$(?P<commands>[^\s$]{_SOME}\\[A-Za-z][^$]{_SOME})\$
    # no formulas: `$5 and $10`
    | (?<![A-Za-z])\$(?!\d[^$]{_SOME}\s[A-Za-z]{{2}})(?P<inline>[^\s$](?:[^$]{_SOME}[^\s$\\])?)\$(?!\d)
    | \\\((?P<round>.{_FEW}?)\\\) | \\\[(?P<square>.{_FEW}?)\\\]
    | (?P<command>\\[A-Za-z]+\*?(?:{_GROUP})*)
    | (?P<accent>\\["'`^~]\{{?[aceinosuyzACEINOSUYZ]\}}?)
    | (?P<space>\\[,;:!\ ]|(?<=[A-Za-z.])~(?=[\w(]))
    | (?P<script>[_^]{_GROUP}|(?<=[\w)])\^(?:-?\d+|\*))
    | ``(?P<quoted>[^`'"]{_FEW})''
    """,
    re.VERBOSE | re.DOTALL,
)
_SCRIPT = lazy_regex(rf"([_^])\s*({_GROUP}|-?\d+|\\[A-Za-z]+|[^\s\\{{}}])")
_COMMAND = lazy_regex(rf"\\([A-Za-z]+)\*?((?:{_GROUP})*)")
_LAST_GROUP = lazy_regex(rf"({_GROUP})$")
_SIZES = lazy_regex(r"\\(?:left|right|[bB]igg?[lr]?|displaystyle|limits|xspace|mkern-?\d+mu)(?![A-Za-z])")

_RAISED = str.maketrans(
    dict(zip("0123456789+-−=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
    | dict(zip("ABDEGHIJKLMNOPRTUVW", "ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ", strict=True))
    | {"∘": "°", "*": "*", "∗": "*", "⋆": "*", "′": "′", ".": "·"}
)
_LOWERED = str.maketrans(
    dict(zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)) | {".": "."}
)
_LETTERS = lazy_regex("[\U0001d400-\U0001d7ff]")
"""Bold, script and other letters of formulas, which many fonts and all screen readers lack."""
_DELIMITED = frozenset({"display", "commands", "inline", "round", "square"})


class Formula(NamedTuple):
    """A formula of a running text: what stands between its delimiters, as `readable` has it, and with delimiters."""

    latex: str
    plain: str
    source: str


def pieces(text: str) -> Iterator[str | Formula]:
    """The text as `readable` has it, with its formulas apart."""
    end = 0
    for match in _LATEX.finditer(text):
        yield text[end : match.start()]
        kind, plain = match.lastgroup or "", _converted(match)
        yield Formula(match[kind], plain, match.group()) if kind in _DELIMITED else plain
        end = match.end()
    yield text[end:]


@lru_cache(maxsize=4096)
def readable(text: str) -> str:
    """The text with its formulas and commands in plain Unicode. What is not understood stays as it is."""
    return _LATEX.sub(_converted, text) if any(sign in text for sign in "\\$^_`~") else text


def _converted(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind == "escaped":
        return match.group()[1]
    if kind == "space":
        return " "
    if kind == "quoted":
        return f"“{match['quoted']}”"
    if kind == "script":
        return _script(match.group()[0], match.group()[1:])
    return _plain(match.group() if kind in ("command", "accent") else match[kind or 0]) or match.group()


@lru_cache(maxsize=1024)
def _plain(latex: str) -> str:
    """The formula or command in plain Unicode; empty where it is not understood."""
    simpler = _COMMAND.sub(_unwrapped, _SIZES.sub("", latex))
    simpler = _SCRIPT.sub(lambda match: _script(match[1], match[2]), simpler)
    if simpler.count("{") != simpler.count("}"):
        return ""
    try:
        converted = _converter()(simpler)
    except Exception:  # noqa: BLE001  a formula that its parser trips over is shown as it was written
        return ""
    plain = _LETTERS.sub(lambda letter: unicodedata.normalize("NFKC", letter[0]), converted)
    return " ".join(plain.replace("∼", "~").split())


def _unwrapped(command: re.Match[str]) -> str:
    r"""The last argument of a command that the converter does not know: `\texttt{x}` is x."""
    last = _LAST_GROUP.search(command[2])
    return last[1][1:-1] if last and command[1] not in _known_commands() else command.group()


def _script(sign: str, argument: str) -> str:
    content = argument[1:-1] if argument.startswith("{") else argument
    content = "∘" if content == "circ" else content if content.isalnum() else _plain(content) or content
    table = _RAISED if sign == "^" else _LOWERED
    if content and all(ord(character) in table for character in content):
        return content.translate(table)
    return f"{sign}{content}" if content.isalnum() else f"{sign}({content})"


@cache
def _latex2text() -> Any:
    """Imported when the first formula is met: most invocations meet none."""
    return import_module("pylatexenc.latex2text")


@cache
def _converter() -> Callable[[str], str]:
    """The converter, which keeps the commands that it does not know."""
    context = _latex2text().get_default_latex_context_db()
    unknown = _latex2text().MacroTextSpec("", simplify_repl=lambda node: node.latex_verbatim())
    context.set_unknown_macro_spec(unknown)
    convert: Callable[[str], str] = (
        _latex2text().LatexNodes2Text(context, math_mode="text", keep_comments=True).latex_to_text
    )
    return convert


@cache
def _known_commands() -> frozenset[str]:
    """Without those whose argument the reader wants as it is."""
    known = _latex2text().get_default_latex_context_db().iter_macro_specs()
    return frozenset(spec.macroname for spec in known) - {"cite", "href", "item", "url"}

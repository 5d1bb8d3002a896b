r"""What the list makes of LaTeX, as patterns and what they mean. `shared.text.mending` applies them in this order.

Every repetition is bounded: an unbounded one takes minutes over a hostile text.
"""

import re
import unicodedata
from collections.abc import Callable

from shared.text.lazy_regex import lazy_regex

Mend = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

GROUP = r"\{[^{}]{0,300}\}"
WORD = r"(?<![A-Za-z\\])"
ADDRESS = (
    r"(?:https?://|www\.)[^\s{}<>\"'`\\]{1,500}"
    r"|[\w.-]{1,100}\.(?:com|org|io|ai|net|dev|edu|app|co|cn)(?:/[^\s{}\\]{0,300})?"
)
STYLES = (
    "textit|texttt|textbf|textsc|textrm|textsf|textsuperscript|textsubscript|text|emph|underline|mathrm|mathbf|mathcal|"
    "mathbb|mathsf|mathit|boldsymbol|operatorname|url|frac|sqrt|hat|tilde|bar|overline"
)
SYMBOLS = {
    "times": "×", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "cdot": "·", "pm": "±", "mp": "∓",
    "approx": "≈", "simeq": "≃", "lesssim": "≲", "gtrsim": "≳", "propto": "∝", "infty": "∞", "rightarrow": "→",
    "leftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "ll": "≪", "gg": "≫", "equiv": "≡", "nabla": "∇",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
    "Theta": "Θ", "Lambda": "Λ", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
RAISED = {
    "circ": "°",
    "star": "*",
    "ast": "*",
    "dagger": "†",
    "ddagger": "‡",
    "prime": "′",
    "infty": "^∞",
    "top": "^⊤",
    "times": "^×",
}
NO_WORDS = (
    "leq|geq|neq|simeq|lesssim|gtrsim|propto|infty|leftrightarrow|rightarrow|leftarrow|Rightarrow|cdot|nabla|"
    "varepsilon|varphi"
)
"""Symbols whose names are no English words: converted wherever they stand alone or beside a number."""
GREEK = "|".join(name for name, symbol in SYMBOLS.items() if unicodedata.name(symbol).startswith("GREEK"))
UNITS = "s|ms|h|K|M|B|GB|MB|KB|TB|FPS|fps|Hz|kHz|MHz|GHz|km|cm|mm|kg|W|kW|dB|px|min"
ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307"}


def _combined(match: re.Match[str]) -> str:
    r"""A letter with one more accent than ASCII has: `\~ê` is ễ."""
    return unicodedata.normalize("NFC", match[2] + ACCENTS[match[1]])


def _symbol(match: re.Match[str]) -> str:
    return SYMBOLS[match.group().strip()]


DAMAGE = lazy_regex(
    rf"[\\{{}}^$`~]|''|--|\d,(?:{UNITS})\b|times|sim\s?\d|pm|approx|[A-Z]ast\b|{NO_WORDS}|\d\s?[lg][el]|[lg]e\d|circ"
)
"""What a text without damage seldom has."""
LINKS: tuple[Mend, ...] = (
    (lazy_regex(rf"\\?(?<![A-Za-z])href\s?({GROUP})\s?\{{([^{{}}]{{0,300}})\}}"), r"\2"),
    (lazy_regex(rf"((?:{ADDRESS})/?)\s?{GROUP}"), r"\1"),
)
"""The address stands as a link elsewhere, or the text before it says what it is."""
BEFORE_COMMANDS: tuple[Mend, ...] = (
    (lazy_regex(r"[~ ]?\\?(?<![A-Za-z])(?:cite[pt]?|ref|label)\{[^{}]{0,300}\}"), ""),
    (lazy_regex(r"\\?(?<![A-Za-z])footnote\{([^{}]{0,300})\}"), r" (\1)"),
    (
        lazy_regex(
            r"\\(?:begin|end)\{[^{}]{0,30}\}|\\(?:item|noindent|newline|smallskip|medskip|bigskip|par|centering)(?![A-Za-z])"
        ),
        " ",
    ),
    (lazy_regex(r"([_^])\\?text(?:bf|it|tt|rm|sf|sc|superscript|subscript)?\{([^{}]{0,100})\}"), r"\1{\2}"),
    (lazy_regex(rf"{WORD}({STYLES})(?=\{{)"), r"\\\1"),
    (lazy_regex(r"\{\s*\\?(?:em|it|bf|tt|sc|sl|rm|sf|small|itshape|bfseries|ttfamily)\s+([^{}]{0,300})\}"), r"\1"),
    (lazy_regex(r"\\(?:em|it|bf|tt|sc|sl|rm|sf|small|itshape|bfseries)(?![A-Za-z])\s?"), ""),
    (lazy_regex(rf"\^\{{?\\?({'|'.join(RAISED)})(?![a-z])\}}?"), lambda match: RAISED[match[1]]),
    (lazy_regex(r"\{?\\deg(?:ree)?(?![A-Za-z])\}?|(?<=\d)\s?circ(?![a-z])"), "°"),
    (lazy_regex(r"([_^])\{[,;:!]\s?"), r"\1{"),
    (lazy_regex(r"\{(\\[\"'`^~=.]\{?[A-Za-z]\}?)\}"), r"\1"),
    (lazy_regex(r"\\([\"'`^~=.])\{?([^\W\d_A-Za-z])\}?"), _combined),
    (lazy_regex(r"\\(?=[^\W\d_A-Za-z])"), ""),
    (lazy_regex(r"\\(?=\d)"), "$"),
    (lazy_regex(r"(?<!\S)\^([A-Z])(?=[A-Z])"), r"^{\1}"),
    (lazy_regex(r"\\[-/](?=\w)"), ""),
    (lazy_regex(rf"{WORD}({GREEK})(?=\^|_\{{)"), _symbol),
    (lazy_regex(rf"(?<=\d),(?=(?:{UNITS})(?![A-Za-z]))"), " "),
)
"""Before `pieces` converts commands with their backslashes."""
PLAIN: tuple[Mend, ...] = (
    (lazy_regex(r"(?<=[\d)\]])\s?times\s?(?=[\d(])|(?<=[\d)\]])times\s?(?=[A-Z\d(])|(?<=[\d.)])times(?![a-z])"), "×"),
    (lazy_regex(r"(?<![A-Za-z])times(?=\d)|(?<=\b[A-Za-z])times(?=[A-Za-z]\b)"), "×"),
    (lazy_regex(r"(?<=\d)times(?=[a-z])"), "× "),
    (lazy_regex(r"(?<![A-Za-z0-9_/-])sim(?=\d[\d.,]*(?:\s?[%×]|[A-Za-z]{0,2}(?![A-Za-z\d])))"), "~"),
    (lazy_regex(r"(?<![A-Za-z0-9_/-])(?<!in )(?<!the )(?<!and )(?<!real )(?<!to )sim (?=\$?\d)"), "~"),
    (
        lazy_regex(r"(?<=[\d%])\s?pm\s?(?=\d)|(?<![A-Za-z\d])(?<!\d )pm\s?(?=\d)|(?<=[{(,] )pm\s?|(?<=[{(])pm\s?"),
        "±",
    ),
    (lazy_regex(r"(?<![A-Za-z])approx\s?(?=[\d$])"), "≈"),
    (lazy_regex(rf"(?<![A-Za-z])(?:{NO_WORDS})(?![a-z])"), _symbol),
    (lazy_regex(r"(?<=\d)\s?(?:le|ge|ll|gg)\s?(?=\d)|(?<![A-Za-z])(?:le|ge)(?=\d)"), _symbol),
    (lazy_regex(r"(?<=[A-Z][ADGIJKNOQSUWXYZ])ast(?![a-z])"), "*"),
    (lazy_regex(r"(?:``|“|(?<!\w)\")([^`'\"“”]{1,300}?)''"), r"“\1”"),
    (lazy_regex(r"(?:``|(?<!\w)'')([^`'\"“”]{1,300}?)(?:''|\"|”)"), r"“\1”"),
    (lazy_regex(r"``"), "“"),
    (lazy_regex(r"(?<=\S)''"), "”"),
    (lazy_regex(r"(?<![\w`])`([^`'\n]{1,100})'(?!\w)"), r"‘\1’"),
    (lazy_regex(r"(?<=[\w)\]”]) ?--- ?(?=[\w(“])"), "—"),
    (lazy_regex(r"(?<=\d)--(?=\d)"), "–"),
    (lazy_regex(r"\s?\(our method\)"), ""),
    (lazy_regex(r"\{([^{}\s:;,\"'|]{0,60}|[=,.+\-%±×°])\}"), r"\1"),
    (lazy_regex(r"(?<![A-Za-z]:)\\+(?=[A-Za-z])|\\+(?=\s|$)"), ""),
)
"""After it: what has neither backslash nor braces any more."""

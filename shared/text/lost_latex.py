r"""What the list makes of LaTeX, as patterns and what they mean. `shared.text.mending` applies them in this order.

Every repetition is bounded: an unbounded one takes minutes over a hostile text.
"""

import re
import unicodedata
from collections.abc import Callable

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


DAMAGE = re.compile(
    rf"[\\{{}}^$`~]|''|--|\d,(?:{UNITS})\b|times|sim\s?\d|pm|approx|[A-Z]ast\b|{NO_WORDS}|\d\s?[lg][el]|[lg]e\d|circ"
)
"""What a text without damage seldom has."""
LINKS: tuple[Mend, ...] = (
    (re.compile(rf"\\?(?<![A-Za-z])href\s?({GROUP})\s?\{{([^{{}}]{{0,300}})\}}"), r"\2"),
    (re.compile(rf"((?:{ADDRESS})/?)\s?{GROUP}"), r"\1"),
)
"""The address stands as a link elsewhere, or the text before it says what it is."""
BEFORE_COMMANDS: tuple[Mend, ...] = (
    (re.compile(r"[~ ]?\\?(?<![A-Za-z])(?:cite[pt]?|ref|label)\{[^{}]{0,300}\}"), ""),
    (re.compile(r"\\?(?<![A-Za-z])footnote\{([^{}]{0,300})\}"), r" (\1)"),
    (
        re.compile(
            r"\\(?:begin|end)\{[^{}]{0,30}\}|\\(?:item|noindent|newline|smallskip|medskip|bigskip|par|centering)(?![A-Za-z])"
        ),
        " ",
    ),
    (re.compile(r"([_^])\\?text(?:bf|it|tt|rm|sf|sc|superscript|subscript)?\{([^{}]{0,100})\}"), r"\1{\2}"),
    (re.compile(rf"{WORD}({STYLES})(?=\{{)"), r"\\\1"),
    (re.compile(r"\{\s*\\?(?:em|it|bf|tt|sc|sl|rm|sf|small|itshape|bfseries|ttfamily)\s+([^{}]{0,300})\}"), r"\1"),
    (re.compile(r"\\(?:em|it|bf|tt|sc|sl|rm|sf|small|itshape|bfseries)(?![A-Za-z])\s?"), ""),
    (re.compile(rf"\^\{{?\\?({'|'.join(RAISED)})(?![a-z])\}}?"), lambda match: RAISED[match[1]]),
    (re.compile(r"\{?\\deg(?:ree)?(?![A-Za-z])\}?|(?<=\d)\s?circ(?![a-z])"), "°"),
    (re.compile(r"([_^])\{[,;:!]\s?"), r"\1{"),
    (re.compile(r"\{(\\[\"'`^~=.]\{?[A-Za-z]\}?)\}"), r"\1"),
    (re.compile(r"\\([\"'`^~=.])\{?([^\W\d_A-Za-z])\}?"), _combined),
    (re.compile(r"\\(?=[^\W\d_A-Za-z])"), ""),
    (re.compile(r"\\(?=\d)"), "$"),
    (re.compile(r"(?<!\S)\^([A-Z])(?=[A-Z])"), r"^{\1}"),
    (re.compile(r"\\[-/](?=\w)"), ""),
    (re.compile(rf"{WORD}({GREEK})(?=\^|_\{{)"), _symbol),
    (re.compile(rf"(?<=\d),(?=(?:{UNITS})(?![A-Za-z]))"), " "),
)
"""Before `pieces` converts commands with their backslashes."""
PLAIN: tuple[Mend, ...] = (
    (re.compile(r"(?<=[\d)\]])\s?times\s?(?=[\d(])|(?<=[\d)\]])times\s?(?=[A-Z\d(])|(?<=[\d.)])times(?![a-z])"), "×"),
    (re.compile(r"(?<![A-Za-z])times(?=\d)|(?<=\b[A-Za-z])times(?=[A-Za-z]\b)"), "×"),
    (re.compile(r"(?<=\d)times(?=[a-z])"), "× "),
    (re.compile(r"(?<![A-Za-z0-9_/-])sim(?=\d[\d.,]*(?:\s?[%×]|[A-Za-z]{0,2}(?![A-Za-z\d])))"), "~"),
    (re.compile(r"(?<![A-Za-z0-9_/-])(?<!in )(?<!the )(?<!and )(?<!real )(?<!to )sim (?=\$?\d)"), "~"),
    (
        re.compile(r"(?<=[\d%])\s?pm\s?(?=\d)|(?<![A-Za-z\d])(?<!\d )pm\s?(?=\d)|(?<=[{(,] )pm\s?|(?<=[{(])pm\s?"),
        "±",
    ),
    (re.compile(r"(?<![A-Za-z])approx\s?(?=[\d$])"), "≈"),
    (re.compile(rf"(?<![A-Za-z])(?:{NO_WORDS})(?![a-z])"), _symbol),
    (re.compile(r"(?<=\d)\s?(?:le|ge|ll|gg)\s?(?=\d)|(?<![A-Za-z])(?:le|ge)(?=\d)"), _symbol),
    (re.compile(r"(?<=[A-Z][ADGIJKNOQSUWXYZ])ast(?![a-z])"), "*"),
    (re.compile(r"(?:``|“|(?<!\w)\")([^`'\"“”]{1,300}?)''"), r"“\1”"),
    (re.compile(r"(?:``|(?<!\w)'')([^`'\"“”]{1,300}?)(?:''|\"|”)"), r"“\1”"),
    (re.compile(r"``"), "“"),
    (re.compile(r"(?<=\S)''"), "”"),
    (re.compile(r"(?<![\w`])`([^`'\n]{1,100})'(?!\w)"), r"‘\1’"),
    (re.compile(r"(?<=[\w)\]”]) ?--- ?(?=[\w(“])"), "—"),
    (re.compile(r"(?<=\d)--(?=\d)"), "–"),
    (re.compile(r"\s?\(our method\)"), ""),
    (re.compile(r"\{([^{}\s:;,\"'|]{0,60}|[=,.+\-%±×°])\}"), r"\1"),
    (re.compile(r"(?<![A-Za-z]:)\\+(?=[A-Za-z])|\\+(?=\s|$)"), ""),
)
"""After it: what has neither backslash nor braces any more."""

"""A text parsed once: its words, its numbers and its expansions, made comparable."""

from collections.abc import Sequence
from functools import cached_property, lru_cache

from shared.text.formulas import readable
from shared.text.lazy_regex import lazy_regex
from shared.text.numbers.number import Number
from shared.text.numbers.parsing import numbers
from shared.text.sentences import sentences
from shared.text.words import Words

MAX_CHARS = 60_000
"""Characters of a text that are read: the longest main text of a paper that is given to a model."""

_SAME = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
        "`": "'",
        "‑": "-",
        "−": "-",
        "–": "-",
        "∼": "~",
        "～": "~",
        "％": "%",
    }
    | {"＋": "+", "（": "(", "）": ")"}
    | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
)
_TIMES = lazy_regex(r"(?<=\d)times(?=[A-Z\d]|\b)")
"""What is left of a formula that lost its dollar signs: 256times256."""
_SIM = lazy_regex(r"\bsim(?=\d[\d.,]*[xX×%KMB]?(?!\w))")
_DECIMAL_COMMA = lazy_regex(r"(?<=\d),(?=\d{1,2}\s?%)")
_TOP = lazy_regex(r"(?<=\b[Tt]op)-(?=\d)|(?<=-to)-(?=\dD\b)|(?<=\d)~(?=[A-Za-z])")
"""What glues a number to a word: top-5, text-to-3D, 7.5~dB."""
_AND_MORE = lazy_regex(r"(?<=\d)\+(?= ?(?:thousand|million|billion|trillion)\b)")
_GROUPED = lazy_regex(r"(?<=\d)'(?=\d{3}(?!\d))")
_DOLLARS = lazy_regex(r"\b(?:USD|US\$) ?(?=\d)")
_IN_THOUSANDS = lazy_regex(r"(?<=\d) (?=k\b|[MB]-parameter)")
_COMPARED = lazy_regex(r"\$([<>])\$(?=\d)")
_SERIES = lazy_regex(
    r"\b([A-Za-z]{1,20}-?|[A-Z][a-z]{2,20} )(\d{1,4}[a-z]?)((?:/\d{1,4}[a-z]?){1,4})(?![A-Za-z\d/]|\.\d)"
)
"""ResNet56/34/18, GPT-4o/5, System 1/2."""
_SHARED = lazy_regex(r"\b([A-Za-z]{2,20})(-\d{1,4}[A-Za-z]?,? (?:and|or|&) )(?=-\d)")
"""CIFAR-10 and -100."""
_AT = lazy_regex(r"\b([Pp]recision|[Rr]ecall|[Hh]its?|m?AP|NDCG|pass) at (?=\d{1,3}\b(?!\.\d|[%×x]))")
"""mAP at 50."""
_IN_NAME = lazy_regex(
    r"(?<=@)\d+\b|(?<=[A-Za-z\d][-_])\d+(?:\.\d+)?(?:[BMKk]|x\d+B)?(?![\w.])|(?<=[A-Za-z])\d+(?:\.\d+)?[BMKk]?(?![\w.])"
)
_YEAR_IN_NAME = lazy_regex(r"(?<=[A-Z]{3})['-]?(2\d)(?!\w)")
_EDGES = " .\"'…"


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """The text on one line, with its formulas in plain characters and one kind of quotation mark and hyphen."""
    text = readable(_COMPARED.sub(r"\1", text[:MAX_CHARS].replace("{,}", ","))).translate(_SAME)
    text = " ".join(_SIM.sub("~", _TIMES.sub("×", text)).split())
    text = _GROUPED.sub(",", _AND_MORE.sub("", _DOLLARS.sub("$", _DECIMAL_COMMA.sub(".", text))))
    text = _IN_THOUSANDS.sub("", _TOP.sub(" ", text))
    text = _AT.sub(r"\1@", _SHARED.sub(r"\1\2\1", text))
    return _SERIES.sub(lambda match: "/".join(match[1] + each for each in f"{match[2]}{match[3]}".split("/")), text)


@lru_cache(maxsize=1024)
def squeeze(text: str) -> str:
    """The text without what a copy may lose: white space, the final stop, quotation marks around it."""
    return "".join(plain(text).strip(_EDGES).split())


def _bare(text: str) -> str:
    """The text without white space. Its formulas stay: those of a sentence are read otherwise than those of a text."""
    return "".join(text.split())


class Passage:
    """A text whose parts are parsed when they are first asked for."""

    def __init__(self, text: str, languages: tuple[str, ...], *, is_evidence: bool = False) -> None:
        self.text = plain(text)
        self.languages = languages
        self._is_evidence = is_evidence

    @cached_property
    def numbers(self) -> Sequence[Number]:
        """Its numbers in their order."""
        return numbers(self.text, self.languages, with_labels=self._is_evidence)


class Evidence:
    """The words of a paper that the model was given."""

    def __init__(self, title: str, abstract: str, languages: tuple[str, ...]) -> None:
        self._copied = (*(_bare(part) for part in (abstract, title)), squeeze(abstract), squeeze(title))
        self.passages = tuple(Passage(part, languages, is_evidence=True) for part in (title, *sentences(abstract)))
        self.text = "\n".join(passage.text for passage in self.passages)

    def holds(self, sentence: str) -> bool:
        """Whether a sentence stands in the text, verbatim but for white space and quotation marks."""
        asked = {_bare(sentence), squeeze(sentence)} - {""}
        return any(each in copied for copied in self._copied for each in asked)

    @cached_property
    def numbers(self) -> Sequence[Number]:
        """Every number of the text, and both numbers of its fractions: 88 and 105 of 88/105."""
        found = [number for passage in self.passages for number in passage.numbers]
        parts = [
            Number(value, "", each.start, each.end) for each in found if each.unit == "part" for value in each.others
        ]
        return (*found, *parts)

    @cached_property
    def numbers_in_names(self) -> Sequence[Number]:
        """Sizes, versions and years that stand in names: 7 billion of Foo-7B, 2024 of AIME24."""
        found = [match.group() for match in _IN_NAME.finditer(self.text)]
        found += [f"20{match[1]}" for match in _YEAR_IN_NAME.finditer(self.text)]
        return tuple(number for each in found for number in numbers(each, self.passages[0].languages))

    @cached_property
    def vocabulary(self) -> Words:
        """Every word and name of the text as it may be written again."""
        return Words([passage.text for passage in self.passages])


@lru_cache(maxsize=16)
def evidence(title: str, abstract: str, languages: tuple[str, ...]) -> Evidence:
    """The paper's words, parsed once for all its analyses."""
    return Evidence(title, abstract, languages)

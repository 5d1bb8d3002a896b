"""Texts made comparable: formulas plain, white space and quotation marks folded."""

from functools import lru_cache

from shared.model.frozen import Frozen
from shared.text.formulas import readable
from shared.text.sentences import sentences

_SAME = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "`": "'", "–": "-", "—": "-", "‑": "-", "−": "-", "∼": "~"}
)
_EDGES = " .\"'…"


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """The text on one line, with its formulas in plain characters and one kind of quotation mark and hyphen."""
    return " ".join(readable(text).translate(_SAME).split())


@lru_cache(maxsize=1024)
def squeezed(text: str) -> str:
    """The text without what a copy may lose at no cost: white space, the final stop, quotation marks around it."""
    return "".join(plain(text).strip(_EDGES).split())


class PaperText(Frozen):
    """The words of a paper that the model was given."""

    title: str
    abstract: str

    def holds(self, source: str) -> bool:
        """Whether the source stands in the text, verbatim but for white space and quotation marks."""
        asked = squeezed(source)
        return bool(asked) and (asked in squeezed(self.abstract) or asked in squeezed(self.title))

    @property
    def whole(self) -> str:
        """Title and abstract as one text."""
        return f"{plain(self.title)}. {plain(self.abstract)}"

    def parts(self) -> tuple[str, ...]:
        """Title and sentences, each comparable."""
        return (plain(self.title), *self.sentences())

    def sentences(self) -> tuple[str, ...]:
        """The abstract's sentences, each comparable."""
        return _sentences(self.abstract)


@lru_cache(maxsize=64)
def _sentences(abstract: str) -> tuple[str, ...]:
    return tuple(map(plain, sentences(abstract)))

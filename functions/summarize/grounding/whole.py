"""The check of an analysis that was made from a whole paper: an item is held against the sentences that it cites.

A number may stand anywhere in a text of eight thousand tokens by chance. Names are looked for in all of it.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

from functions.summarize.answer import Answer
from functions.summarize.grounding.comparisons import is_shown
from functions.summarize.grounding.findings import MAX_QUOTE_CHARS, Finding
from functions.summarize.grounding.names import is_supported, names
from functions.summarize.grounding.passage import Evidence, Passage, squeeze
from functions.summarize.grounding.rules import check_text
from shared.languages.files import languages_of
from shared.model.texts import texts
from shared.text.numbers.number import Number
from shared.text.words import Words

ELSEWHERE = Finding(item="setup", rule="name.elsewhere", kind="name", severity="remove", quote="")
EXCHANGED = Finding(item="results", rule="number.exchanged", kind="number", severity="drop", quote="")
RULES = (ELSEWHERE, EXCHANGED)
"""What is found beside the rules of every text, as findings without their place and quotation."""


class WholeEvidence(Evidence):
    """The title and the numbered sentences that the model was given."""

    def __init__(self, title: str, sentences: Sequence[str], languages: tuple[str, ...]) -> None:
        parts = (title, *sentences)
        self.by_sentence = {part: Passage(part, languages, is_evidence=True) for part in parts}
        self.passages = tuple(self.by_sentence.values())
        self.text = "\n".join(passage.text for passage in self.passages)
        self._squeezed = frozenset(map(squeeze, parts))

    def holds(self, sentence: str) -> bool:
        """Whether it is one of the sentences."""
        return squeeze(sentence) in self._squeezed


class CitedEvidence(Evidence):
    """What an item may rest on: the numbers of title, abstract and cited sentences, the names of the whole text."""

    def __init__(self, whole: WholeEvidence, cited: Sequence[str]) -> None:
        self._whole = whole
        self.passages = tuple(whole.by_sentence[each] for each in dict.fromkeys(cited) if each in whole.by_sentence)
        self.text = whole.text

    def holds(self, sentence: str) -> bool:
        """Whether it is one of the whole text's sentences."""
        return self._whole.holds(sentence)

    @cached_property
    def numbers_in_names(self) -> Sequence[Number]:
        """Those of the whole text: a model's size is part of its name."""
        return self._whole.numbers_in_names

    @cached_property
    def vocabulary(self) -> Words:
        """That of the whole text."""
        return self._whole.vocabulary


def check_whole(
    answer: Answer, title: str, abstract: Sequence[str], body: Sequence[str], language: str
) -> tuple[Finding, ...]:
    """All that the answer says and the sentences that it cites do not support, and rows that exchange two numbers."""
    languages = languages_of(language)
    whole = WholeEvidence(title, (*abstract, *body), languages)
    found = (
        finding
        for text in texts(answer)
        if text.declared.kind != "topic"
        for finding in check_text(text, CitedEvidence(whole, (title, *abstract, *text.sources)), languages)
    )
    right = (each for each in found if each.kind != "name" or each.quote not in whole.text)
    return tuple(dict.fromkeys((*right, *_check_setup(answer), *_check_rows(answer, whole))))


def _check_setup(answer: Answer) -> Iterator[Finding]:
    """A machine's name with digits, such as H100, must stand in the sentence: a paper names those of others, too."""
    for place, part in enumerate(answer.setup):
        if part.kind == "compute" and part.sources:
            cited = Words(part.sources)
            for name in names(part.text, prose=True):
                if any(map(str.isdigit, name)) and not is_supported(name, cited, advice=False):
                    yield ELSEWHERE.model_copy(update={"item": f"setup.{place}", "quote": name[:MAX_QUOTE_CHARS]})


def _check_rows(answer: Answer, whole: WholeEvidence) -> Iterator[Finding]:
    for place, row in enumerate(answer.results):
        passage = whole.by_sentence.get(row.source)
        if passage and not is_shown(row, passage):
            quote = f"{row.value} / {row.baseline}"[:MAX_QUOTE_CHARS]
            yield EXCHANGED.model_copy(update={"item": f"results.{place}", "quote": quote})

"""From a paper to its checked analysis."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from functions.summarize.answer import Answer
from functions.summarize.asking import Outcome, ask
from functions.summarize.grades import grades
from functions.summarize.grounding import Finding
from functions.summarize.injection import hostile
from functions.summarize.injection.hostile import Screened
from functions.summarize.llm import FinalError, LanguageModel
from functions.summarize.llm.metered import MeteredModel
from functions.summarize.prompt.prompt import Question
from shared.draft.availability import find_resource
from shared.languages import labels
from shared.model.analysis import Analysis, Content, Provenance, Resource
from shared.model.facts import EnrichedPaper
from shared.model.manifest import Plan
from shared.model.prices import Price, Usage, cost
from shared.model.texts import declarations
from shared.text.vocabulary import MOST_TAGS, tags, vocabulary

RESOURCES: Mapping[str, Literal["code", "weights", "dataset"]] = {
    "code": "code",
    "weights": "weights",
    "data": "dataset",
}
_FIELD = re.compile(r"[a-z_]+")


class NothingToReadError(FinalError):
    """The paper has no abstract, or none that is for readers."""


class ModelSummarizer:
    """Has a language model analyse papers."""

    costs_money = True

    def __init__(self, name: str, model: LanguageModel, price: Price | None) -> None:
        self._name, self._model, self._price = name, model, price

    def analyse(self, paper: EnrichedPaper, day: date, language: str, plan: Plan) -> Analysis:  # noqa: ARG002
        """The checked analysis. Raises FinalError where there is none that could be shown."""
        text = hostile.screen(paper.title, paper.facts.abstract)
        if not text.sentences:
            raise NothingToReadError("abstract: there is nothing to read")
        question = Question(
            plan=plan,
            language=language,
            title=text.title,
            sentences=text.sentences,
            tags=tags(text.title, text.abstract),
        )
        model = MeteredModel(self._model)
        try:
            outcome = ask(model, question, text)
        except FinalError as error:
            error.cost_usd = cost(self._price, filter(None, model.calls))
            raise
        return _analysis(outcome, paper, question, self._provenance(outcome, model.calls, text, language))

    def _provenance(self, outcome: Outcome, calls: Sequence[Usage | None], text: Screened, language: str) -> Provenance:
        """Prompt version and time are the step's to add."""
        return Provenance(
            source="model",
            model=self._name,
            prompt_version="",
            text_read="abstract",
            input_tokens=sum(usage.input_tokens for usage in calls if usage),
            output_tokens=sum(usage.output_tokens for usage in calls if usage),
            cost_usd=cost(self._price, calls),
            findings=tuple(_told(outcome.left_out, hostile_text=bool(text.signs), language=language)),
        )


def _analysis(outcome: Outcome, paper: EnrichedPaper, question: Question, provenance: Provenance) -> Analysis:
    answer = outcome.answer
    full = question.plan == "full"
    graded = grades(answer.stated, paper.facts, question.sentences, question.language) if full else None
    content = {name: getattr(answer, name) for name in Content.model_fields}
    for name, declared in declarations(Content).items():
        if declared.most is not None:
            content[name] = content[name][: declared.most]
    return Analysis(
        **{**content, "tags": spelled(answer.tags, question.tags)},
        difficulty=graded.difficulty if graded else None,
        reliability=graded.reliability if graded else None,
        availability=tuple(_available(answer)),
        provenance=provenance,
    )


def spelled(said: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """The tags as the vocabulary spells them, so that themes can be counted; the paper's own where none is said."""
    names = {tag.name.casefold(): tag.name for tag in vocabulary()}
    found = (names.get(tag.casefold(), tag) for tag in said or known)
    return tuple({tag.casefold(): tag for tag in found}.values())[:MOST_TAGS]


def _available(answer: Answer) -> Iterator[Resource]:
    """What the paper's own sentences say is there to take, in the model's words, with the sentence's address."""
    for fact in answer.stated:
        resource = find_resource(RESOURCES.get(fact.kind, ""), fact.source)
        if resource:
            yield resource.model_copy(update={"text": fact.text})


def _told(left_out: Sequence[Finding], *, hostile_text: bool, language: str) -> Iterator[str]:
    """What readers are told of the check. Never what was left out itself: it is not the paper's."""
    words = labels(language)
    if hostile_text:
        yield words["findings"]["hostile"]
    told = (
        words["findings"]["left_out"].format(
            field=_field(finding.item, words), reason=words["findings"]["reasons"][finding.kind]
        )
        for finding in left_out
    )
    yield from dict.fromkeys(told)


def _field(item: str, words: Mapping[str, Mapping[str, str]]) -> str:
    """The name of the field that an item such as `key_points[1]` is in."""
    name = _FIELD.match(item)
    return words["fields"].get(name.group() if name else "", words["fields"]["analysis"])

"""From a paper to its checked analysis."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from functions.summarize.answer import Answer
from functions.summarize.asking import Outcome, ask
from functions.summarize.errors import FinalError, LostAnswerError, TooLongError, UnreadableAnswerError
from functions.summarize.grades import grades
from functions.summarize.grounding import Finding
from functions.summarize.injection import hostile
from functions.summarize.injection.hostile import Screened
from functions.summarize.llm import LanguageModel
from functions.summarize.llm.metered import MeteredModel
from functions.summarize.prompt.prompt import VERSION, Question
from shared.draft.availability import find_resource
from shared.model.analysis import Analysis, Content, Provenance, Resource
from shared.model.facts import EnrichedPaper
from shared.model.manifest import Plan
from shared.model.prices import Price, Usage, add, cost
from shared.model.texts import declarations
from shared.store.retry import TryAgainLaterError
from shared.text.vocabulary import MAX_TAGS, tags, vocabulary

RESOURCES: Mapping[str, Literal["code", "weights", "dataset"]] = {
    "code": "code",
    "weights": "weights",
    "data": "dataset",
}


class NothingToReadError(FinalError):
    """The paper has no abstract, or none that is for readers."""


class ModelSummarizer:
    """Has a language model analyse papers."""

    costs_money = True

    def __init__(self, name: str, model: LanguageModel, price: Price | None) -> None:
        self._name, self._model, self._price = name, model, price

    def analyse(self, paper: EnrichedPaper, language: str, plan: Plan) -> Analysis:
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
            outcome, question = _ask_within_window(model, question, text)
        except Exception as error:
            raise _priced(error, model.calls, self._price) from error
        return _analysis(outcome, paper, question, self._provenance(outcome, model.calls, text))

    def _provenance(self, outcome: Outcome, calls: Sequence[Usage], text: Screened) -> Provenance:
        """The time is the step's to add."""
        usage = add(calls)
        return Provenance(
            source="model",
            model=self._name,
            prompt_version=VERSION,
            text_read="abstract",
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            is_estimated=usage.is_estimated,
            cost_usd=cost(self._price, calls),
            findings=tuple(_codes(outcome.left_out, is_hostile=bool(text.signs))),
        )


def _ask_within_window(model: LanguageModel, question: Question, text: Screened) -> tuple[Outcome, Question]:
    """The outcome, and the question as it was asked: in short where the model's window is too small for the whole."""
    try:
        return ask(model, question, text), question
    except TooLongError:
        if question.plan == "short":
            raise
    shorter = question.model_copy(update={"plan": "short"})
    return ask(model, shorter, text), shorter


def _priced(error: Exception, calls: Sequence[Usage], price: Price | None) -> Exception:
    """The error with what the model's answers cost all the same. After a paid answer few attempts follow, or none."""
    if not calls:
        return error
    if isinstance(error, TryAgainLaterError):
        priced: FinalError | LostAnswerError = LostAnswerError(str(error), error.seconds)
    elif isinstance(error, FinalError):
        priced = error
    else:
        priced = UnreadableAnswerError(f"{type(error).__name__}: {error}")
    priced.usage, priced.cost_usd = add(calls), cost(price, calls)
    return priced


def _analysis(outcome: Outcome, paper: EnrichedPaper, question: Question, provenance: Provenance) -> Analysis:
    answer = outcome.answer
    full = question.plan == "full"
    graded = grades(answer.stated, paper.facts, question.sentences) if full else None
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


def spelled(tags: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """The tags as the vocabulary spells them, so that themes can be counted; without tags, the paper's own."""
    names = {tag.name.casefold(): tag.name for tag in vocabulary()}
    found = (names.get(tag.casefold(), tag) for tag in tags or known)
    return tuple({tag.casefold(): tag for tag in found}.values())[:MAX_TAGS]


def _available(answer: Answer) -> Iterator[Resource]:
    """What the paper's own sentences say is there to take, in the model's words, with the sentence's address."""
    for fact in answer.stated:
        resource = find_resource(RESOURCES.get(fact.kind, ""), fact.source)
        if resource:
            yield resource.model_copy(update={"text": fact.text})


def _codes(left_out: Sequence[Finding], *, is_hostile: bool) -> Iterator[str]:
    """What readers learn of the check, as codes. Never what was left out itself: it is not the paper's."""
    if is_hostile:
        yield "hostile"
    yield from dict.fromkeys(f"{finding.item.partition('.')[0]}.{finding.kind}" for finding in left_out)

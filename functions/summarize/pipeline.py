"""From a paper to its checked analysis."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from functions.summarize.answer import Answer
from functions.summarize.asking import Decision, ask
from functions.summarize.errors import (
    FinalError,
    GuardrailError,
    LostAnswerError,
    RefusedError,
    TooLongError,
    UnreadableAnswerError,
)
from functions.summarize.grades import grades
from functions.summarize.grounding import Finding
from functions.summarize.injection import hostile
from functions.summarize.injection.hostile import Screened
from functions.summarize.llm import LanguageModel, MeteredModel
from functions.summarize.prompt.prompt import VERSION, Question
from functions.summarize.whole.reading import WholeText, headings, place_sources, read_whole
from functions.summarize.whole.stated import graded_facts
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


MIN_RESULTS = 2
"""From so many results on, all on one benchmark are worth a word."""
MAX_TEXT_TOKENS = 8_000
"""Of a whole text, where nobody says otherwise."""
SHORTER: Mapping[Plan, Plan] = {"text": "full", "full": "short"}


class NothingToReadError(FinalError):
    """The paper has no abstract, or none that is for readers."""


class _Asked(NamedTuple):
    """What came of a question, as it was asked in the end."""

    outcome: Decision
    question: Question
    text: Screened
    lacks: tuple[str, ...] = ()


class ModelSummarizer:
    """Has a language model analyse papers."""

    costs_money = True

    def __init__(
        self, name: str, model: LanguageModel, price: Price | None, max_text_tokens: int = MAX_TEXT_TOKENS
    ) -> None:
        self._name, self._model, self._price, self._max_text_tokens = name, model, price, max_text_tokens

    def analyse(self, paper: EnrichedPaper, language: str, plan: Plan, markdown: str = "") -> Analysis:
        """The checked analysis, of the whole text `markdown` where the plan reads it. Raises FinalError."""
        abstract = hostile.screen(paper.title, paper.facts.abstract)
        if not abstract.sentences:
            raise NothingToReadError("abstract: there is nothing to read")
        whole = read_whole(markdown, abstract, self._max_text_tokens) if plan == "text" else WholeText(abstract)
        if plan == "text" and not whole.screened.body:
            plan = "full"
        model = MeteredModel(self._model)
        try:
            asked = _ask_within_window(model, whole, plan, language)
        except Exception as error:
            raise _priced(error, model.calls, self._price) from error
        analysis = _analysis(asked, paper, self._provenance(asked, model.calls, paper))
        return place_sources(analysis, asked.text.body) if asked.text.body else analysis

    def _provenance(self, asked: _Asked, calls: Sequence[Usage], paper: EnrichedPaper) -> Provenance:
        """The time is the step's to add."""
        usage = add(calls)
        version = paper.facts.text.version if paper.facts.text and asked.text.body else None
        return Provenance(
            source="model",
            model=self._name,
            prompt_version=VERSION,
            text_read="text" if asked.text.body else "abstract",
            text_version=version,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            is_estimated=usage.is_estimated,
            cost_usd=cost(self._price, calls),
            findings=tuple(_codes(asked.outcome.left_out, is_hostile=bool(asked.text.signs))),
        )


def _ask_within_window(model: LanguageModel, whole: WholeText, plan: Plan, language: str) -> _Asked:
    """The outcome, by the next shorter plan where the text is too long for the model, or whole and refused."""
    text = whole.screened if plan == "text" else whole.screened.model_copy(update={"body": ()})
    question = Question(
        plan=plan,
        language=language,
        title=text.title,
        sentences=text.sentences,
        tags=tags(text.title, text.abstract),
        headings=headings(text),
    )
    try:
        return _Asked(ask(model, question, text), question, text, whole.lacks if text.body else ())
    except (TooLongError, RefusedError, GuardrailError) as error:
        if plan not in SHORTER or (plan != "text" and not isinstance(error, TooLongError)):
            raise
    return _ask_within_window(model, whole, SHORTER[plan], language)


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


def _analysis(asked: _Asked, paper: EnrichedPaper, provenance: Provenance) -> Analysis:
    answer, question = asked.outcome.answer, asked.question
    full = question.plan in {"text", "full"}
    of_abstract = question.sentences[: len(question.sentences) - len(asked.text.body)]
    of_text = {*graded_facts(asked.text.body), *(["benchmark"] if answer.results else [])}
    graded = grades(answer.stated, paper.facts, of_abstract, of_text) if full else None
    content = {name: getattr(answer, name) for name in Content.model_fields}
    for name, declared in declarations(Content).items():
        if declared.most is not None:
            content[name] = content[name][: declared.most]
    return Analysis(
        **{**content, "tags": spelled(answer.tags, question.tags)},
        difficulty=graded.difficulty if graded else None,
        reliability=graded.reliability if graded else None,
        availability=tuple(_available(answer)),
        lacks=tuple(_lacks(asked, paper)),
        provenance=provenance,
    )


def _lacks(asked: _Asked, paper: EnrichedPaper) -> Iterator[str]:
    """What the paper does not state; code may be known from elsewhere."""
    yield from (each for each in asked.lacks if each != "code" or not paper.facts.code)
    if len(asked.outcome.answer.results) >= MIN_RESULTS and len({row.on for row in asked.outcome.answer.results}) == 1:
        yield "one_benchmark"


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

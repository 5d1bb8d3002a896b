"""Reads the form that a model filled in: strict in what it must hold, lenient in how models like to put it."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field, ValidationError

from functions.summarize.answer import Answer, StatedFact
from functions.summarize.errors import InvalidJsonError, SchemaViolationError
from functions.summarize.prompt.filled_form import find_any, find_form
from functions.summarize.prompt.form import KINDS, ROLES
from functions.summarize.prompt.lenient import (
    NOT_TEXT,
    read_cited,
    read_items,
    read_optional,
    read_statement,
    read_tags,
    read_text,
)
from shared.model.analysis import KeyPoint, Number, Role, Statement
from shared.model.frozen import Frozen

MAX_QUOTED = 8_000
"""Characters of a wrong answer that are shown to the model again; a whole one has about 4,000."""
Content = Mapping[str, Any] | str


def _role(value: Any) -> Any:
    found = str(value).strip().lower()
    return found if found in ROLES else None


Text = Annotated[str, BeforeValidator(read_text), Field(min_length=1)]
Cited = Annotated[
    tuple[str, ...],
    BeforeValidator(read_cited),
    Field(validation_alias=AliasChoices("sources", "source", "citations", "sentences")),
]


class _Said(Frozen):
    text: Text
    sources: Cited = ()


class _SaidPoint(_Said):
    role: Annotated[Role | None, BeforeValidator(_role)] = None


class _SaidNumber(Frozen):
    value: Text
    measures: Text
    sources: Cited


class _SaidFact(_Said):
    kind: Text


_Statement = Annotated[_Said, BeforeValidator(read_statement)]
_Optional = Annotated[_Said | None, BeforeValidator(read_optional)]
_Statements = Annotated[tuple[_Statement, ...], BeforeValidator(read_items)]


class _Filled(Frozen):
    one_line: _Statement
    key_points: Annotated[
        tuple[Annotated[_SaidPoint, BeforeValidator(read_statement)], ...],
        BeforeValidator(read_items),
        Field(min_length=1),
    ]
    tags: Annotated[tuple[Annotated[str, BeforeValidator(read_text)], ...], BeforeValidator(read_tags)] = ()
    developer_view: _Optional = None
    practice_ideas: _Statements = ()
    risks: _Statements = ()
    detail: _Optional = None
    numbers: Annotated[tuple[_SaidNumber, ...], BeforeValidator(read_items)] = ()
    stated: Annotated[tuple[_SaidFact, ...], BeforeValidator(read_items)] = ()


def read(contents: Sequence[Content], sentences: Sequence[str], *, full: bool, whole: bool = True) -> Answer:
    """The answer, with the sentences that it cites, from the first content that holds one.

    A content that is not `whole` must be JSON as it stands. Raises InvalidJsonError or SchemaViolationError.
    """
    form = next(filter(None, (find_form(content, repaired=whole) for content in contents)), None)
    if form is None:
        said = quote(contents)
        if any(map(find_any, contents)):
            raise SchemaViolationError("one_line: Field required; key_points: Field required", said)
        raise InvalidJsonError("the answer is not a JSON object", said)
    answer = _answer(_validated(form), sentences)
    return answer if full else Answer(one_line=answer.one_line, key_points=answer.key_points, tags=answer.tags)


def _validated(form: Mapping[str, Any]) -> _Filled:
    """The form without the items that are not as asked; an item that is wrong costs itself."""
    try:
        return _Filled.model_validate(form)
    except ValidationError as error:
        wrong = {each["loc"][:2] for each in error.errors(include_url=False)}
        reason = "; ".join(
            f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors(include_url=False)
        )
        raised = SchemaViolationError(reason, quote([form]))
    if any(place[0] == "one_line" or len(place) == 1 for place in wrong):
        raise raised
    kept = {
        name: [item for place, item in enumerate(read_items(value)) if (name, place) not in wrong]
        if any(place[0] == name for place in wrong)
        else value
        for name, value in form.items()
    }
    try:
        return _Filled.model_validate(kept)
    except ValidationError:
        raise raised from None


def _answer(filled: _Filled, sentences: Sequence[str]) -> Answer:
    def statement(said: _Said) -> Statement:
        return Statement(text=said.text, sources=_cited(said.sources, sentences))

    return Answer(
        one_line=statement(filled.one_line),
        key_points=tuple(
            KeyPoint(text=point.text, sources=_cited(point.sources, sentences), role=point.role)
            for point in filled.key_points
        ),
        tags=tuple(tag for tag in filled.tags if tag),
        developer_view=statement(filled.developer_view) if filled.developer_view else None,
        practice_ideas=tuple(map(statement, filled.practice_ideas)),
        risks=tuple(map(statement, filled.risks)),
        detail=statement(filled.detail) if filled.detail else None,
        numbers=tuple(
            Number(value=number.value, measures=number.measures, source=source)
            for number in filled.numbers
            for source in _cited(number.sources, sentences)[:1]
        ),
        stated=tuple(
            StatedFact.model_validate({"kind": fact.kind, "text": fact.text, "source": source})
            for fact in filled.stated
            if fact.kind in KINDS
            for source in _cited(fact.sources, sentences)[:1]
        ),
    )


def _cited(cited: Sequence[str], sentences: Sequence[str]) -> tuple[str, ...]:
    """The sentences by their numbers (1 is first) or their words. A number that there is not cites nothing."""
    by_name = {" ".join(sentence.split()): sentence for sentence in sentences}
    by_name |= {str(place): sentence for place, sentence in enumerate(sentences, start=1)}
    return tuple(dict.fromkeys(by_name[name] for name in cited if name in by_name))


def quote(contents: Sequence[Content]) -> str:
    """What a model said, as it is shown to it again."""
    texts = (text if isinstance(text, str) else json.dumps(text, ensure_ascii=False) for text in contents[:1])
    return NOT_TEXT.sub(" ", "\n".join(texts))[:MAX_QUOTED]

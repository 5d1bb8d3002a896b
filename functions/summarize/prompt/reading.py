"""Reads the form that a model filled in: strict in what it must hold, lenient in how models like to put it."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from functions.summarize.answer import Answer, StatedFact
from functions.summarize.llm import InvalidJsonError, SchemaViolationError
from functions.summarize.prompt.form import KINDS, ROLES
from shared.model.analysis import KeyPoint, Number, Role, Statement
from shared.model.frozen import Frozen

LONGEST_SAID = 8_000
"""Characters of a wrong answer that are shown to the model again; a whole one has about 4,000."""

# What some models put around their JSON: their thoughts, and the fence of a code block.
_THOUGHTS = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL)


def _or_nothing(value: Any) -> Any:
    return () if value is None else value


def _as_statement(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


def _as_role(value: Any) -> Any:
    return value if value in ROLES else None


Cited = int | str
Text = Annotated[str, Field(min_length=1)]


class _Said(Frozen):
    text: Text
    sources: Annotated[tuple[Cited, ...], BeforeValidator(_or_nothing)] = ()


class _SaidPoint(_Said):
    role: Annotated[Role | None, BeforeValidator(_as_role)] = None


class _SaidNumber(Frozen):
    value: Text
    measures: Text
    source: Cited


class _SaidFact(Frozen):
    kind: str
    text: Text
    source: Cited


_Statement = Annotated[_Said, BeforeValidator(_as_statement)]
_Statements = Annotated[tuple[_Statement, ...], BeforeValidator(_or_nothing)]


class _Filled(Frozen):
    one_line: _Statement
    key_points: Annotated[tuple[Annotated[_SaidPoint, BeforeValidator(_as_statement)], ...], Field(min_length=1)]
    tags: Annotated[tuple[str, ...], BeforeValidator(_or_nothing)] = ()
    developer_view: _Statement | None = None
    practice_ideas: _Statements = ()
    risks: _Statements = ()
    detail: _Statement | None = None
    numbers: Annotated[tuple[_SaidNumber, ...], BeforeValidator(_or_nothing)] = ()
    stated: Annotated[tuple[_SaidFact, ...], BeforeValidator(_or_nothing)] = ()


def read(content: Mapping[str, Any] | str, sentences: Sequence[str], *, full: bool) -> Answer:
    """The answer, with the sentences that it cites. Raises InvalidJsonError or SchemaViolationError."""
    payload = content if isinstance(content, Mapping) else _json(content)
    said = json.dumps(payload, ensure_ascii=False)[:LONGEST_SAID]
    try:
        filled = _Filled.model_validate(payload)
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors(include_url=False)
        )
        raise SchemaViolationError(wrong, said) from error
    answer = _answer(filled, sentences)
    return answer if full else Answer(one_line=answer.one_line, key_points=answer.key_points, tags=answer.tags)


def _json(text: str) -> Mapping[str, Any]:
    """The one JSON object in a text, whatever stands around it."""
    bare = _THOUGHTS.sub("", text)
    start, end = bare.find("{"), bare.rfind("}")
    try:
        found = json.loads(bare[start : end + 1])
    except ValueError as error:
        raise InvalidJsonError(f"the answer is not JSON: {error}", text[:LONGEST_SAID]) from error
    if not isinstance(found, dict):
        raise InvalidJsonError("the answer is not a JSON object", text[:LONGEST_SAID])
    return found


def _answer(filled: _Filled, sentences: Sequence[str]) -> Answer:
    def statement(said: _Said) -> Statement:
        return Statement(text=said.text.strip(), sources=_cited(said.sources, sentences))

    return Answer(
        one_line=statement(filled.one_line),
        key_points=tuple(
            KeyPoint(text=point.text.strip(), sources=_cited(point.sources, sentences), role=point.role)
            for point in filled.key_points
        ),
        tags=tuple(tag.strip() for tag in filled.tags if tag.strip()),
        developer_view=statement(filled.developer_view) if filled.developer_view else None,
        practice_ideas=tuple(map(statement, filled.practice_ideas)),
        risks=tuple(map(statement, filled.risks)),
        detail=statement(filled.detail) if filled.detail else None,
        numbers=tuple(
            Number(value=number.value.strip(), measures=number.measures.strip(), source=source)
            for number in filled.numbers
            for source in _cited((number.source,), sentences)
        ),
        stated=tuple(
            StatedFact.model_validate({"kind": fact.kind, "text": fact.text.strip(), "source": source})
            for fact in filled.stated
            if fact.kind in KINDS
            for source in _cited((fact.source,), sentences)
        ),
    )


def _cited(cited: Sequence[Cited], sentences: Sequence[str]) -> tuple[str, ...]:
    """The sentences by their numbers (1 is first). A number that there is not cites nothing."""
    by_name = {str(place): sentence for place, sentence in enumerate(sentences, start=1)}
    by_name |= {sentence: sentence for sentence in sentences}
    found = (by_name.get(str(name).strip(" []")) for name in cited)
    return tuple(dict.fromkeys(sentence for sentence in found if sentence))


def written(content: Mapping[str, Any] | str) -> str:
    """What a model said, as it is shown to it again."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return text[:LONGEST_SAID]

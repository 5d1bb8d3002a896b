"""Reads the form that a model filled in: strict in what it must hold, lenient in how models like to put it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from functions.summarize.answer import Answer
from functions.summarize.errors import InvalidJsonError, SchemaViolationError
from functions.summarize.prompt.form import fields, options, shapes
from functions.summarize.prompt.lenient import (
    NOT_TEXT,
    find_any,
    find_form,
    read_cited,
    read_items,
    read_statement,
    read_tags,
    read_text,
)
from shared.model.frozen import Frozen
from shared.model.manifest import Plan

CITED = ("sources", "source", "citations", "sentences")
"""What models call the numbers of the sentences that an item rests on."""
MAX_QUOTED = 8_000
"""Characters of a wrong answer that are shown to the model again; a whole one has about 4,000."""
Content = Mapping[str, Any] | str


def read(
    contents: Sequence[Content], sentences: Sequence[str], *, plan: Plan, whole: bool = True, title: str = ""
) -> Answer:
    """The answer, with the sentences that it cites, from the first content that holds one.

    A content that is not `whole` must be JSON as it stands. Raises InvalidJsonError or SchemaViolationError.
    """
    form = next(filter(None, (find_form(content, repaired=whole) for content in contents)), None)
    if form is None:
        quoted = quote(contents)
        if any(map(find_any, contents)):
            raise SchemaViolationError("one_line: Field required; key_points: Field required", quoted)
        raise InvalidJsonError("the answer is not a JSON object", quoted)
    named = _name_sentences(title, sentences)
    filled = {name: _read_field(name, value, named) for name, value in form.items() if name in fields(plan)}
    return _validate(filled, quote([form]))


def _read_field(name: str, value: Any, named: Mapping[str, str]) -> Any:
    shape = shapes()[name]
    if shape.item is None:
        return [text for text in map(read_text, read_tags(value)) if text]
    if shape.is_list:
        return [_read_item(shape.item, item, named) for item in read_items(value)]
    item = _read_item(shape.item, value, named)
    return item if "text" in item or Answer.model_fields[name].is_required() else None


def _read_item(item: type[Frozen], value: Any, named: Mapping[str, str]) -> dict[str, Any]:
    """The fields of an item that hold something; what is none of the words to choose from holds nothing."""
    fields = read_statement(value)
    names = next((name for name in CITED if name in fields), "")
    known = (named.get(name) for name in read_cited(fields.get(names)))  # a number that there is not cites nothing
    cited = tuple(dict.fromkeys(filter(None, known)))
    found: dict[str, Any] = {"sources": cited, "source": next(iter(cited), None)}
    for name, info in item.model_fields.items():
        text, words = read_text(fields.get(name)), options(info.annotation)
        found.setdefault(name, text.lower() if text.lower() in words else None if words else text)
    return {name: part for name, part in found.items() if part}


def _validate(filled: Mapping[str, Any], quoted: str) -> Answer:
    """The answer without the items that are not as asked; an item that is wrong costs itself."""
    try:
        return _checked(filled)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        wrong = {each["loc"][:2] for each in errors}
        words = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in errors)
        raised = SchemaViolationError(words, quoted)
    kept = {
        name: [item for place, item in enumerate(value) if (name, place) not in wrong]
        for name, value in filled.items()
        if isinstance(value, list)
    }
    try:
        return _checked({**filled, **kept})
    except ValidationError:
        raise raised from None


def _checked(filled: Mapping[str, Any]) -> Answer:
    """Raises pydantic's ValidationError; a list of no key point is a missing one."""
    return Answer.model_validate({name: value for name, value in filled.items() if name != "key_points" or value})


def _name_sentences(title: str, sentences: Sequence[str]) -> Mapping[str, str]:
    """What can be cited, by its number (the title is 0) and by its words."""
    citable = (title, *sentences)
    named = {" ".join(sentence.split()): sentence for sentence in citable}
    return named | {str(place): sentence for place, sentence in enumerate(citable)}


def quote(contents: Sequence[Content]) -> str:
    """The model's answer as the repair prompt quotes it."""
    texts = (text if isinstance(text, str) else json.dumps(text, ensure_ascii=False) for text in contents[:1])
    return NOT_TEXT.sub(" ", "\n".join(texts))[:MAX_QUOTED]

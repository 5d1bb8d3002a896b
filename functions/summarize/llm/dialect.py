"""Finds the parameters that a server takes: one simpler way of asking after another, until it answers."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, TypeVar

from functions.summarize.errors import RejectedRequestError

Dialect = Mapping[str, str]
"""The way in which each parameter is sent, by the parameter's name."""
_Answer = TypeVar("_Answer")


class Parameter(NamedTuple):
    """Something that a request says, and the ways to say it."""

    name: str
    words: re.Pattern[str]
    """What servers call it where they refuse it."""
    ways: tuple[str, ...]
    """The best one first, the one that every server takes last."""


class RefusedParameterError(Exception):
    """The server does not take the request as it was put."""


def first_dialect(parameters: Sequence[Parameter], unsent: Collection[str]) -> Dialect:
    """Every parameter in its best way, but for those that this model is not sent."""
    return {parameter.name: parameter.ways[-1 if parameter.name in unsent else 0] for parameter in parameters}


def negotiate(
    call: Callable[[Dialect], _Answer], dialect: Dialect, parameters: Sequence[Parameter]
) -> tuple[_Answer, Dialect]:
    """The answer, and the dialect that it was asked for in. Raises RejectedRequestError where no dialect is taken."""
    spoken, refusals = dialect, list[RefusedParameterError]()
    while True:
        try:
            return call(spoken), spoken
        except RefusedParameterError as refusal:
            refusals.append(refusal)
            simpler = simplify(spoken, parameters, str(refusal))
            if simpler is None:
                raise RejectedRequestError(str(refusals[0])) from refusal
            spoken = simpler


def simplify(dialect: Dialect, parameters: Sequence[Parameter], refusal: str) -> Dialect | None:
    """The dialect with the next way for the parameter that a refusal names, else for the first that has one left."""
    left = [parameter for parameter in parameters if dialect[parameter.name] != parameter.ways[-1]]
    named = [parameter for parameter in left if parameter.words.search(refusal)]
    for parameter in named or left:
        way = parameter.ways.index(dialect[parameter.name]) + 1
        return {**dialect, parameter.name: parameter.ways[way]}
    return None

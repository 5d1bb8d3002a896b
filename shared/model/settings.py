"""Settings of a function, read from its environment in its handler."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, HttpUrl, ValidationError

from shared.languages import Language
from shared.model.frozen import Frozen

_BY_COMMA = BeforeValidator(lambda value: tuple(value.split(",")))
_NAMES = {"Openai": "OpenAi", "Github": "GitHub"}

Count = Annotated[int, Field(ge=1, description="a whole number from 1")]
CountOrNone = Annotated[int, Field(ge=0, description="a whole number from 0")]
Dollars = Annotated[float, Field(ge=0, allow_inf_nan=False, description="a number of dollars such as 0.50")]
Address = Annotated[HttpUrl, Field(description="an http or https address")]
Languages = Annotated[
    tuple[Language, ...], _BY_COMMA, Field(description="a list of languages with a folder in shared/languages")
]
"""The first has its tree at the site's root."""
Sources = Annotated[tuple[str, ...], _BY_COMMA]
"""The sources to ask; `none` asks none."""


class SettingsError(ValueError):
    """A variable of the environment is missing or wrong."""


class Settings(Frozen):
    """Fields are the environment's variables in lower case. Their descriptions say what a right value is."""

    stack_name: str
    """The one dimension of all metrics: stacks in one account do not share them."""

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """Raises SettingsError naming the template's parameter, the value and what is right."""
        given = {name: environment[name.upper()] for name in cls.model_fields if name.upper() in environment}
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            name = str(first["loc"][0])
            if first["type"] == "missing":
                raise SettingsError(f"{parameter(name)}: the variable {name.upper()} is missing") from error
            right = cls.model_fields[name].description
            raise SettingsError(f"{parameter(name)}: {given[name]!r} is not {right}") from error


def parameter(field: str) -> str:
    """The name of the template's parameter that a field has its value from."""
    return "".join(_NAMES.get(part, part) for part in map(str.capitalize, field.split("_")))

"""Settings of a function, read from its environment in its handler."""

from collections.abc import Mapping
from typing import Self

from pydantic import ValidationError

from shared.model.frozen import Frozen


class SettingsError(ValueError):
    """A variable of the environment is missing or wrong."""


class Settings(Frozen):
    """Fields are the environment's variables in lower case."""

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """Raises SettingsError naming the variable and the value."""
        given = {name: environment[name.upper()] for name in cls.model_fields if name.upper() in environment}
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            name = str(first["loc"][0]).upper()
            raise SettingsError(f"{name}: {first['msg']}, got {environment.get(name)!r}") from error

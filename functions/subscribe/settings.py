"""Environment variables of subscribe."""

from pydantic import field_validator

from shared.languages import Language
from shared.model.settings import Settings


class SubscribeSettings(Settings):
    """The variables of the subscribe function."""

    bucket: str
    readers_topic_arn: str
    site_url: str
    languages: tuple[Language, ...]

    @field_validator("languages", mode="before")
    @classmethod
    def _split(cls, value: str) -> tuple[str, ...]:
        return tuple(value.split(","))

"""What fetch is told by its environment."""

from pydantic import HttpUrl, PositiveInt, field_validator

from shared.settings import Settings


class FetchSettings(Settings):
    """The variables of the fetch function."""

    bucket: str
    enrich_queue_url: str
    languages: tuple[str, ...]
    """Comma-separated in the environment; the first has its tree at the site's root."""
    model: str
    papers_in_full: PositiveInt
    deadline_minutes: PositiveInt
    hf_url: HttpUrl

    @field_validator("languages", mode="before")
    @classmethod
    def _split(cls, value: str) -> tuple[str, ...]:
        return tuple(value.split(","))

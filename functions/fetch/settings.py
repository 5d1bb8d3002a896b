"""What fetch is told by its environment."""

from pydantic import HttpUrl, NonNegativeFloat, NonNegativeInt, PositiveInt, field_validator

from shared.languages import Language
from shared.model.interests import Interests
from shared.model.settings import Settings


class FetchSettings(Settings):
    """The variables of the fetch function."""

    bucket: str
    enrich_queue_url: str
    languages: tuple[Language, ...]
    """Comma-separated in the environment; the first has its tree at the site's root."""
    model: str
    papers_in_full: PositiveInt
    deadline_minutes: PositiveInt
    budget_usd: NonNegativeFloat
    budget_tokens: NonNegativeInt
    """For a model whose price is not known."""
    model_price: str
    interests: Interests
    openai_base_url: str
    hf_url: HttpUrl
    arxiv_url: HttpUrl
    sources: tuple[str, ...]
    """Which sources are asked, comma-separated in the environment; `none` is none of them."""

    @field_validator("languages", "sources", mode="before")
    @classmethod
    def _split(cls, value: str) -> tuple[str, ...]:
        return tuple(value.split(","))

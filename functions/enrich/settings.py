"""What enrich is told by its environment."""

from pydantic import HttpUrl, PositiveInt, field_validator

from shared.model.settings import Settings


class EnrichSettings(Settings):
    """The variables of the enrich function."""

    bucket: str
    enrich_queue_url: str
    summarize_queue_url: str
    publish_queue_url: str
    max_receives: PositiveInt
    hf_url: HttpUrl
    github_url: HttpUrl
    github_token_parameter: str
    """The name of the SSM parameter that holds a token; empty where GitHub is asked without one."""
    sources: tuple[str, ...]
    """Which sources are asked, comma-separated in the environment; `none` is none of them."""

    @field_validator("sources", mode="before")
    @classmethod
    def _split(cls, value: str) -> tuple[str, ...]:
        return tuple(value.split(","))

"""What the operator chose, and the environment variables of publish."""

from typing import Literal

from pydantic import PositiveInt, field_validator

from shared.languages import Language
from shared.model.frozen import Frozen
from shared.model.interests import Interest, Interests
from shared.model.settings import Settings

Shape = Literal["slack", "discord", "teams"]
"""The form of the webhook's message."""


class SiteConfig(Frozen):
    """What the operator chose for the site, its posts and its mails."""

    languages: tuple[str, ...]
    """All languages of the run; the first has its pages at the site's root."""
    papers_in_full: int = 10
    top_papers: int = 5
    post_papers: int = 10
    author: str = "daily-papers"
    blog_title: str = "Hugging Face Daily Papers"
    time_zone: str = "Asia/Seoul"
    site_url: str = ""
    site_is_reachable: bool = True
    """False for a private site: no link leads to a page of it."""
    interests: tuple[Interest, ...] = ()


class PublishSettings(Settings):
    """Environment variables of publish."""

    bucket: str
    dead_letters_url: str
    readers_topic_arn: str
    site_url: str
    site_is_reachable: bool
    languages: tuple[Language, ...]
    papers_in_full: PositiveInt
    top_papers: PositiveInt
    post_papers: PositiveInt
    author: str
    blog_title: str
    time_zone: str
    interests: Interests
    webhook_parameter: str
    """The name of the SSM parameter that holds the webhook's address; empty where there is none."""
    webhook_shape: Shape

    @field_validator("languages", mode="before")
    @classmethod
    def _split(cls, value: str) -> tuple[str, ...]:
        return tuple(value.split(","))

    @property
    def site(self) -> SiteConfig:
        """The part that pages, posts and mails follow from."""
        return SiteConfig.model_validate(self.model_dump())

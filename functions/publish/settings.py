"""What publish is told by its environment."""

from pydantic import PositiveInt, field_validator

from shared.settings import Settings


class PublishSettings(Settings):
    """The variables of the publish function."""

    bucket: str
    dead_letters_url: str
    readers_topic_arn: str
    site_url: str
    languages: tuple[str, ...]
    papers_in_full: PositiveInt
    top_papers: PositiveInt
    post_papers: PositiveInt
    author: str
    blog_title: str
    time_zone: str

    @field_validator("languages", mode="before")
    @classmethod
    def _split(cls, value: str) -> tuple[str, ...]:
        return tuple(value.split(","))

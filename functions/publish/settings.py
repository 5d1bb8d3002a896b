"""What publish is told by its environment."""

from pydantic import PositiveInt, field_validator

from functions.publish.render.webhook import Shape
from shared.languages import Language
from shared.model.interests import Interests
from shared.model.settings import Settings


class PublishSettings(Settings):
    """The variables of the publish function."""

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

"""What publish is told by its environment."""

from typing import Annotated

from pydantic import Field

from functions.publish.render.webhook import Shape
from shared.model.interests import Interests
from shared.model.settings import Count, Languages, Settings


class PublishSettings(Settings):
    """The variables of the publish function."""

    bucket: str
    dead_letters_url: str
    readers_topic_arn: str
    site_url: str
    site_is_reachable: Annotated[bool, Field(description="true or false")]
    languages: Languages
    papers_in_full: Count
    top_papers: Count
    post_papers: Count
    author: str
    blog_title: str
    time_zone: str
    interests: Interests
    webhook_parameter: str
    """The name of the SSM parameter that holds the webhook's address; empty where there is none."""
    webhook_shape: Annotated[Shape, Field(description="slack, discord or teams")]

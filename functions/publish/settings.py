"""What the operator chose, and the environment variables of publish."""

from hashlib import sha256
from typing import Annotated, Literal

from pydantic import Field

from shared.model.frozen import Frozen
from shared.model.interests import Interest, Interests
from shared.model.settings import Count, Languages, Settings

INSTALLATION_LENGTH = 12
"""Hexadecimal digits of the bucket's name, which is unique in the world and is never replaced."""
Shape = Literal["slack", "discord", "teams"]
"""The form of the webhook's message."""
Kind = Literal[Shape, "telegram"]
"""The kinds of chat."""


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
    installation: str = ""
    """What tells the entries of its feeds from those of every other installation."""
    interests: tuple[Interest, ...] = ()
    sign_up_url: str = ""
    """Where the form is posted to; empty where the site takes no sign-ups."""


class PublishSettings(Settings):
    """Environment variables of publish."""

    bucket: str
    dead_letters_url: str
    readers_topic_arn: str
    operators_topic_arn: str
    sign_up_url: str
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
    channels_path: str
    """The path of the SSM parameters that describe a channel each; empty where there are none."""
    webhook_shape: Annotated[Shape, Field(description="slack, discord or teams")]

    @property
    def site(self) -> SiteConfig:
        """The part that pages, posts and mails follow from."""
        return SiteConfig.model_validate({**self.model_dump(), "installation": installation(self.bucket)})


def installation(bucket: str) -> str:
    """The name of an installation: a hash, since a private bucket's own name is nobody's business."""
    return sha256(bucket.encode()).hexdigest()[:INSTALLATION_LENGTH]

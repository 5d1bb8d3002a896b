"""Environment variables of subscribe."""

from shared.model.settings import Languages, Settings


class SubscribeSettings(Settings):
    """Environment variables of subscribe."""

    bucket: str
    readers_topic_arn: str
    site_url: str
    languages: Languages

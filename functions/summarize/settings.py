"""What summarize is told by its environment."""

from pydantic import PositiveInt

from shared.settings import Settings


class SummarizeSettings(Settings):
    """The variables of the summarize function."""

    bucket: str
    summarize_queue_url: str
    publish_queue_url: str
    max_receives: PositiveInt

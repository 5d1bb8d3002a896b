"""What enrich is told by its environment."""

from pydantic import PositiveInt

from shared.settings import Settings


class EnrichSettings(Settings):
    """The variables of the enrich function."""

    bucket: str
    enrich_queue_url: str
    summarize_queue_url: str
    max_receives: PositiveInt

"""What summarize is told by its environment."""

from pydantic import PositiveInt

from shared.model.settings import Settings


class SummarizeSettings(Settings):
    """The variables of the summarize function."""

    bucket: str
    summarize_queue_url: str
    publish_queue_url: str
    max_receives: PositiveInt
    openai_base_url: str
    openai_key_parameter: str
    """The name of the SSM parameter that holds the key; empty for a server that asks for none."""
    model_price: str
    model_seconds: PositiveInt

"""Environment variables of summarize."""

from shared.model.settings import Count, Settings


class SummarizeSettings(Settings):
    """The variables of the summarize function."""

    bucket: str
    summarize_queue_url: str
    publish_queue_url: str
    max_receives: Count
    openai_base_url: str
    openai_key_parameter: str
    """The name of the SSM parameter that holds the key; empty for a server that asks for none."""
    model_price: str
    model_seconds: Count
    text_tokens: Count
    """How many tokens of a whole text a model is given."""

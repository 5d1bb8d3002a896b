"""Environment variables of enrich."""

from shared.model.settings import Address, Count, Settings, Sources


class EnrichSettings(Settings):
    """The variables of the enrich function."""

    bucket: str
    enrich_queue_url: str
    summarize_queue_url: str
    publish_queue_url: str
    max_receives: Count
    hf_url: Address
    github_url: Address
    github_token_parameter: str
    """The name of the SSM parameter that holds a token; empty where GitHub is asked without one."""
    hugging_face_token_parameter: str
    """The name of the SSM parameter that holds a token; empty where Hugging Face is asked without one."""
    sources: Sources

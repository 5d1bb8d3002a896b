"""Environment variables of fetch."""

from shared.model.interests import Interests
from shared.model.settings import Address, Count, CountOrNone, Dollars, Languages, Settings, Sources


class FetchSettings(Settings):
    """The variables of the fetch function."""

    bucket: str
    enrich_queue_url: str
    operators_topic_arn: str
    languages: Languages
    model: str
    papers_in_full: Count
    full_text: CountOrNone
    deadline_minutes: Count
    budget_usd: Dollars
    budget_tokens: CountOrNone
    """For a model whose price is not known."""
    model_price: str
    interests: Interests
    openai_base_url: str
    hf_url: Address
    arxiv_url: Address
    sources: Sources

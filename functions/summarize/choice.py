"""Which summarizer a model's name means."""

from collections.abc import Callable
from typing import NamedTuple

from functions.summarize.errors import ConfigurationError
from functions.summarize.llm.bedrock import BedrockModel, read_leniently
from functions.summarize.llm.openai import OpenAiModel
from functions.summarize.pipeline import MAX_TEXT_TOKENS, ModelSummarizer
from functions.summarize.step import Summarizer
from shared.draft.extract import draft
from shared.model.analysis import Analysis
from shared.model.facts import EnrichedPaper
from shared.model.manifest import Plan
from shared.model.prices import price
from shared.store import aws, web


class UnknownModelError(ConfigurationError):
    """A model's name that no summarizer answers to."""


class DraftSummarizer:
    """The embedded default, without a language model: sentences of the paper itself, in every language the same."""

    costs_money = False

    def analyse(self, paper: EnrichedPaper, language: str, plan: Plan, markdown: str = "") -> Analysis:  # noqa: ARG002
        """The extractive draft."""
        return draft(paper.title, paper.facts.abstract, paper.facts.summary)


class Access(NamedTuple):
    """How models are reached, and what they cost."""

    openai_base_url: str
    openai_key: Callable[[], str]
    """Empty for a server that asks for none."""
    seconds: int
    """How long a model may take for one answer."""
    max_text_tokens: int = MAX_TEXT_TOKENS
    price: str = ""
    """`input/output`, USD for a million tokens; empty for the price of the table."""


def summarizer(model: str, access: Access) -> Summarizer:
    """Raises UnknownModelError naming those there are."""
    service, _, name = model.partition(":")
    match service, name:
        case (("draft" | "sample"), ""):  # the local run has stored the sample's analyses, and a draft replaces none
            return DraftSummarizer()
        case "bedrock", str(profile) if profile:
            bedrock = BedrockModel(profile, read_leniently(aws.bedrock_runtime(access.seconds)))
            return ModelSummarizer(model, bedrock, price(model, access.price), access.max_text_tokens)
        case "openai", str(known) if known:
            base_url = access.openai_base_url
            openai = OpenAiModel(known, base_url, access.openai_key, web.client(), access.seconds)
            return ModelSummarizer(model, openai, price(model, access.price, base_url), access.max_text_tokens)
    raise UnknownModelError(f"Model: {model!r} is none of draft, bedrock:<inference profile>, openai:<model>")

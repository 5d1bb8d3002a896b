"""What is known of families of models beforehand. What is not listed is asked plainly, and learned from its answers."""

from functions.summarize.prompt.prompt import Prompt
from shared.text.lazy_regex import lazy_regex

REASONING_TOKENS = 4096
"""Added to the limit of an answer where a model's reasoning counts against it. At low effort it takes a tenth of that;
a limit costs nothing that is not used."""
EFFORT = "low"
"""Known to every model with an effort; `minimal` is not (https://platform.openai.com/docs/guides/reasoning). An answer
takes sentences of an abstract and needs no long thought."""
_REASONING = lazy_regex(
    r"(?:^|[/.])(?:gpt-5|o[134]\b|gpt-oss|grok-3-mini|gemini-(?:2\.5-(?:pro|flash(?!-lite))|[3-9]))"
)
_GREEDY = lazy_regex(r"(?:^|\.)amazon\.nova-")


def reasons(model: str) -> bool:
    """Whether the model reasons before it answers, and takes a `reasoning_effort`."""
    return bool(_REASONING.search(model))


def calls_tools_greedily(model: str) -> bool:
    """Whether the vendor asks for greedy decoding where tools are called.

    https://docs.aws.amazon.com/nova/latest/userguide/prompting-tools-function.html.
    """
    return bool(_GREEDY.search(model))


def limit(prompt: Prompt, *, reasoning: bool) -> int:
    """The most tokens of an answer, with what the model thinks."""
    return prompt.max_tokens + (REASONING_TOKENS if reasoning else 0)

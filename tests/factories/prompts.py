from functions.summarize.prompt.prompt import FENCE_CHARACTERS, Question, count_tokens, first
from shared.model.manifest import Plan


def estimated_tokens(plan: Plan, language: str) -> int:
    """Tokens of a prompt with its form, without title and abstract."""
    prompt = first(Question(plan=plan, language=language, title="", sentences=()), fence="0" * FENCE_CHARACTERS)
    return count_tokens(prompt.with_form + prompt.text)

"""What the check objects to in one item, for tests of its rules."""

from functions.summarize.answer import Answer
from functions.summarize.grounding import check
from shared.model.analysis import KeyPoint, Statement


def objections(said: str, sentence: str) -> list[tuple[str, str]]:
    """What the check has against an item that cites a paper of one sentence."""
    language = "ko" if any("가" <= character <= "힣" for character in said) else "en"
    item = KeyPoint(text=said, sources=(sentence,))
    answer = Answer(one_line=Statement(text=said, sources=(sentence,)), key_points=(item,))
    found = check(answer, "A Title", sentence, language)
    return [(each.kind, each.said) for each in found if each.item == "key_points.0" and each.kind != "length"]

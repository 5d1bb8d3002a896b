"""Orders to models in a whole paper: kept from the model. A paper that prints prompts is not accused of them."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from functions.summarize.injection.hostile import Sign, find_hidden
from functions.summarize.injection.orders import gives_orders
from shared.text.lazy_regex import lazy_regex
from shared.text.paper.sections import Section

_ABOUT_REVIEWS = lazy_regex(
    r"\b(?:positive|favou?rable|good|high)\b.{0,40}\b(?:review|rating|score|recommendation)"
    r"|\brecommend\w* (?:accept|publi)"
    r"|\baccept (?:this|the) (?:paper|submission)|\b(?:do not|don't|never) (?:highlight|mention|report|list)\b.{0,40}"
    r"\b(?:negative|weakness|limit)",
    re.IGNORECASE,
)
_EXAMPLES = lazy_regex(
    r"\bprompt|\binject|\battack|jailbreak|adversar|e\.g\.|such as|for (?:example|instance)|\bquote|template",
    re.IGNORECASE,
)

"""What stands around an order that is shown as one."""
_ORDER = lazy_regex(r"\b(?:ignore|disregard|forget|you (?:must|should)|as an? (?:ai|large|language))\b", re.IGNORECASE)


class ScreenedSections(NamedTuple):
    """The sections without what is not for readers."""

    sections: tuple[Section, ...]
    signs: tuple[Sign, ...]
    withheld: tuple[str, ...]


def screen_sections(sections: Iterable[Section]) -> ScreenedSections:
    """Takes out what speaks to a model. It is a sign of steering only where it is hidden, or asks for a good review."""
    kept, signs, withheld = [], dict[Sign, None](), list[str]()
    for section in sections:
        paragraphs = []
        for paragraph in section.paragraphs:
            left, found = find_hidden(paragraph)
            paragraphs += [left] if left.strip() else []
            if found and _is_steering(section, paragraph, found):
                signs |= dict.fromkeys(sign for sign, _ in found)
                withheld += [text for _, text in found]
        heading = "" if find_hidden(section.heading)[1] else section.heading
        kept.append(section._replace(heading=heading, paragraphs=tuple(paragraphs)))
    return ScreenedSections(tuple(kept), tuple(signs), tuple(withheld))


def _is_steering(section: Section, paragraph: str, found: Sequence[tuple[Sign, str]]) -> bool:
    if any(sign in {"invisible", "lookalike"} for sign, _ in found):
        return True
    if any(sign in {"comment", "white"} and gives_orders(text) for sign, text in found):
        return True
    rest = paragraph
    for _, text in found:
        rest = rest.replace(text, _ORDER.split(text, maxsplit=1)[0])
    asks = any(_ABOUT_REVIEWS.search(text) for _, text in found)
    return asks and not section.in_appendix and not _EXAMPLES.search(f"{section.heading} {rest}")

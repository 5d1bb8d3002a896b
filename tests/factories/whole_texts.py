"""A whole paper of our own as Hugging Face gives one, in each form that the conversion of arXiv's HTML has."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

PAPER = "2602.00001"
TITLE = "KiteNet: Steering Kites by Listening to the Wind"
ABSTRACT = (
    "Kites crash when the wind turns. We propose KiteNet, which hears a gust before it arrives. It halves the crashes."
)
FILLER = (
    "Wind near the ground is turbulent, and a line of two hundred metres meets several layers of it at once, so that a "
    "pilot who watches the kite alone learns of a gust only when the line has tightened. "
)
CITING = (
    'Pilots learn for years [[7](https://arxiv.org/html/2602.00001v2#bib.bib7 "Wind")]. '
    "Our contributions are three: a microphone, a model and a benchmark [lee2020wind, kim2021kites]."
)
PICTURE = "![Image 1: Refer to caption](https://arxiv.org/html/2602.00001v2/x1.png)"
SIZE = "KiteNet has 7 million parameters and answers 8\\times faster, with an error of 10^{-4}."
DATA = "We use 900 flights for training and 300 for testing."
RESULT = "KiteNet reaches 74.0% on GustBench, compared with 61.0% for LineNet."
FROM_TO = "Crashes per hour fall from 4.2 to 2.1."
CAPTION = "Table 1: Accuracy on GustBench (%)."
ROWS = "Method Calm Gusty Storm LineNet 61.0 48.2 12.5 KiteNet (ours) 74.0 66.3 31.9"
BODILESS = "Table 2: Crashes per hour on GustBench for each layer of wind."
ABLATION = "Without the microphone, accuracy drops to 65.1%, so hearing matters most."
LIMIT = "A limitation is that KiteNet was flown over flat land only."
HARDWARE = "We train KiteNet on 8 NVIDIA A100 GPUs for 36 hours."
VARIANCE = "All numbers are means over 5 random seeds, with a standard deviation of at most 0.4."


class Part(NamedTuple):
    """A section with its number, and its paragraphs."""

    number: str
    heading: str
    paragraphs: Sequence[str]


PARTS = (
    Part("1", "Introduction", [FILLER * 6, CITING, "*   •\nWe introduce GustBench, 1,200 flights over 3 sites."]),
    Part("2", "Related Work", [FILLER * 5, "LineNet (Park et al., 2023) reads the tension of the line."]),
    Part("3", "Method", [FILLER * 8, PICTURE, "Figure 1: A kite and its microphone.", SIZE]),
    Part("4", "Experiments", [f"{DATA} {FILLER * 4}"]),
    Part("4.1", "Main Results", [f"{RESULT} {FROM_TO}", CAPTION, ROWS, BODILESS, FILLER * 4]),
    Part("4.2", "Ablation Study", [ABLATION, FILLER * 2]),
    Part("5", "Limitations", [LIMIT]),
    Part("6", "Conclusion", [f"KiteNet hears gusts. {FILLER}"]),
    Part("", "References", ["[7] Lee. Wind. 2020.", "[8] Park. Lines. 2023."]),
    Part("A", "Training Details", [HARDWARE, VARIANCE, FILLER * 3]),
)


def head(paper_id: str = PAPER) -> str:
    """What the converter puts before every text."""
    return f"Title: {TITLE}\n\nURL Source: https://arxiv.org/html/{paper_id}\n\nMarkdown Content:\n"


def stamp(paper_id: str) -> str:
    """What arXiv prints beside a paper."""
    return f"arXiv:{paper_id}v2 [cs.RO] 19 Feb 2026"


def marked(parts: Sequence[Part] = PARTS, paper_id: str = PAPER, abstract: str = ABSTRACT) -> str:
    """The usual form: `## 1 Introduction`."""

    def heading(part: Part) -> str:
        level = 2 + part.number.count(".")
        name = f"Appendix {part.number}" if part.number.isalpha() else part.number
        return f"{'#' * level} {f'{name} {part.heading}'.strip()}"

    return _text(paper_id, ["###### Abstract", abstract, *_sections(parts, heading)])


def underlined(parts: Sequence[Part] = PARTS, paper_id: str = PAPER, abstract: str = ABSTRACT) -> str:
    """The older form, whose headings are underlined, with the page's navigation as links."""

    def heading(part: Part) -> str:
        return f"{part.number} {part.heading}".strip() + f"\n{'-' * 12}"

    logo = "[![Image 1: arxiv logo](https://arxiv.org/logo.svg)Back to arXiv](https://arxiv.org/)"
    licence = "[License: CC BY 4.0](https://arxiv.org/license)"
    navigation = [logo, "##### Report GitHub Issue", licence, stamp(paper_id)]
    return _text(paper_id, [*navigation, "Abstract\n--------", abstract, *_sections(parts, heading)])


def plain(parts: Sequence[Part] = PARTS, paper_id: str = PAPER, abstract: str = ABSTRACT) -> str:
    """The rarer form: the page as plain text, with its navigation and its table of contents."""

    def heading(part: Part) -> str:
        return f"{'Appendix ' if part.number.isalpha() else ''}{part.number}{part.heading}"

    contents = [f"{part.number}{part.heading}" for part in parts if "." not in part.number]
    navigation = ["Back to arXiv", "Why HTML?", "Report Issue", "Abstract", *contents, "License: CC BY 4.0"]
    formula = ["where", "\u2062\nx\n\u200b\n=\n4", "holds for every gust that the microphone hears."]
    body = ["\n".join([*navigation, stamp(paper_id)]), "Abstract", abstract, *formula, *_sections(parts, heading)]
    return _text(paper_id, body)


def _sections(parts: Sequence[Part], heading: Callable[[Part], str]) -> Iterator[str]:
    for part in parts:
        yield heading(part)
        yield from part.paragraphs


def _text(paper_id: str, blocks: Sequence[str]) -> str:
    return head(paper_id) + "\n\n".join(blocks) + "\n"


FORMS = {"marked": marked, "underlined": underlined, "plain": plain}

import json
import re
from collections.abc import Iterator
from functools import cache

import pytest

from shared.draft import extract
from shared.model.analysis import Analysis
from tests.factories.places import REFERENCE

RECORDED = REFERENCE / "data" / "huggingface"
draft = cache(extract.draft)


def recorded(*names: str) -> Iterator[tuple[str, str, str]]:
    if not RECORDED.is_dir():
        pytest.skip(f"the recorded answers are not here: {RECORDED}")
    for day in [RECORDED / name for name in names] or sorted(RECORDED.rglob("*.json")):
        for row in json.loads(day.read_text(encoding="utf-8")):
            yield row["paper"]["id"], row["paper"]["title"], row["paper"].get("summary", "")


CONTRIBUTIONS = {
    "2602.13515": "We propose SpargeAttention2",
    "2602.17270": "We present Unified Latents",
    "2602.16855": "The paper introduces GUI-Owl-1.5",
    "2602.15569": "We investigate feedback timing",
    "2602.17004": "the technical report for Arcee Trinity Large",
}

# For each of the fifteen key points of the reference edition, words that only a sentence covering it holds; `=` where
# it repeats the contribution, which is the one line of the draft.
COVERED = {
    "2602.13515": ("combines Top-k and Top-p", "distillation-inspired", "95% attention sparsity"),
    "2602.17270": ("=a framework for learning latent", "tight upper bound", "Kinetics-600"),
    "2602.16855": ("=(desktop, mobile, browser", "Data Flywheel", "MRPO"),
    "2602.15569": ("trust, and user experience", "adaptive approach", "reducing task load"),
    "2602.17004": ("=400B total parameters", "(SMEBU)", "model checkpoints are available"),
}


def the_five() -> dict[str, Analysis]:
    papers = {paper: draft(title, abstract) for paper, title, abstract in recorded("2026-02-20.json")}
    return {paper: papers[paper] for paper in CONTRIBUTIONS}


def test_the_one_lines_of_the_reference_edition_state_the_contribution() -> None:
    assert [paper for paper, drafted in the_five().items() if CONTRIBUTIONS[paper] not in drafted.one_line.text] == []


def test_the_key_points_of_the_reference_edition_are_covered() -> None:
    covered = 0
    for paper, drafted in the_five().items():
        points = " ".join(point.text for point in drafted.key_points)
        for words in COVERED[paper]:
            covered += words[1:] in drafted.one_line.text if words.startswith("=") else words in points
    assert sum(len(words) for words in COVERED.values()) == 15
    assert covered >= 12


def test_no_one_line_of_a_recorded_day_is_background_where_the_abstract_states_a_contribution() -> None:
    states = re.compile(
        r"\bwe (?:propose|introduce|present|develop|study)\b|\bthis (?:paper|report) (?:presents|introduces)\b"
    )
    about_itself = re.compile(r"\b(?:we|our)\b|\b(?:this|the) [\w ]{0,40}\b(?:paper|work|report|study|survey)\b")
    background, read = [], set()
    for paper, title, abstract in recorded():
        read.add(paper)
        line = draft(title, abstract).one_line.text.lower()
        named = line.startswith(title.partition(":")[0].lower()) or " is proposed" in line
        if states.search(" ".join(abstract.lower().split())) and not (named or about_itself.search(line)):
            background.append((paper, line))
    assert background == []
    assert len(read) > 400


def test_every_text_of_a_recorded_day_is_a_sentence_of_its_abstract() -> None:
    for paper, title, abstract in recorded():
        drafted = draft(title, abstract)
        texts = [drafted.one_line, *drafted.key_points]
        assert len({text.text for text in texts}) == len(texts), paper
        places = [abstract.index(point.sources[0]) for point in drafted.key_points]
        assert places == sorted(places), paper
        assert drafted.one_line.sources[0] in abstract, paper

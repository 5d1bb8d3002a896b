import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from shared.text.vocabulary import MAX_TAGS, Tag, tags, vocabulary
from tests.factories.places import REFERENCE

RECORDED = REFERENCE / "data" / "huggingface"


def test_a_tag_comes_from_the_words_of_title_or_abstract() -> None:
    assert tags("Robots that plan", "") == ("Robotics",)
    assert tags("", "Our robot learns from a world model.") == ("Robotics", "World Model")
    assert tags("", "") == ()


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Coverage and leverage drag storage along", "RAG"),
        ("The URL of a girl in a world", "RL"),
        ("Moe is a moeity of some more", "MoE"),
        ("rl and rag in lower case", "RL"),
        ("A guideline for a guide", "GUI Automation"),
        ("Villas and slam doors", "VLA"),
        ("A reagent and a pageant", "Agent"),
        ("Attention has been drawn to attention spans", "Attention"),
        ("A mathematician's aftermath", "Math"),
        ("Planetary gears", "Planning"),
    ],
)
def test_part_of_a_word_or_an_acronym_in_another_case_calls_for_no_tag(text: str, tag: str) -> None:
    assert tag not in tags(text, f"{text}. {text}.")


@pytest.mark.parametrize(
    ("title", "tag"),
    [
        ("RAG for lawyers", "RAG"),
        ("Retrieval-Augmented Generation at Home", "RAG"),
        ("Two LLMs Talk", "LLM"),
        ("MOVING ON WITH LANGUAGE MODELS", "LLM"),
        ("A Mixture-of-Experts of Small Parts", "MoE"),
        ("mixture of experts", "MoE"),
        ("GRPO-style updates", "RL"),
        ("Vision Language Models", "Vision-Language Model"),
        ("World\n  Models", "World Model"),
    ],
)
def test_plurals_hyphens_and_capitals_of_plain_words_do_not_matter(title: str, tag: str) -> None:
    assert tags(title, "") == (tag,)


def test_the_longest_match_wins() -> None:
    assert tags("A Vision-Language-Action Model", "") == ("VLA",)
    assert tags("A Diffusion Language Model", "") == ("Diffusion Language Model",)
    assert tags("On-Policy Distillation", "") == ("Distillation",)


def test_the_title_weighs_more_than_the_abstract_and_mentions_add_up() -> None:
    assert tags("Speech", "A language model, two language models.") == ("Speech", "LLM")
    assert tags("Speech", "LLM, LLM, LLM and LLM.") == ("LLM", "Speech")


def test_of_equal_weight_the_tag_that_is_mentioned_first_comes_first() -> None:
    assert tags("Speech and Distillation", "") == ("Speech", "Distillation")
    assert tags("Distillation and Speech", "") == ("Distillation", "Speech")


def test_a_passing_mention_is_a_tag_only_where_there_is_no_other() -> None:
    assert tags("", "It may help an agent one day.") == ("Agent",)
    assert tags("On Speech", "It may help an agent one day.") == ("Speech",)
    assert tags("On Speech", "Our agent asks another agent.") == ("Speech", "Agent")


@pytest.mark.parametrize("examples", ["such as", "including", "e.g.,", "for example"])
def test_an_example_is_no_mention(examples: str) -> None:
    assert tags("On Speech", f"It helps in tasks {examples} vision and GUI agents. It is a robot.") == (
        "Speech",
        "Robotics",
    )
    assert tags("", f"It helps in tasks {examples} GUI agents.") == ()


@pytest.mark.parametrize(
    ("title", "tag"),
    [
        ("SciBench: Are We There Yet?", "Benchmark"),
        ("SCI-BENCH: Are We There Yet?", "Benchmark"),
        ("PlayWorld: Benchmarking Kites", "Benchmark"),
        ("A Diversified Dataset of Kites", "Dataset"),
        ("Kites: Datasets and Tails", "Dataset"),
    ],
)
def test_a_title_that_says_dataset_or_benchmark_carries_the_tag(title: str, tag: str) -> None:
    assert tags(title, "A robot learns.")[0] == tag


@pytest.mark.parametrize(
    ("title", "tag"),
    [
        ("Charting Real-World Models", "World Model"),
        ("A Workbench for Kites", "Benchmark"),
        ("Score Distillation Sampling of Sketches", "Distillation"),
        ("A Query Optimizer for Databases", "Optimizer"),
        ("Pruning with a Calibration Set", "Uncertainty"),
    ],
)
def test_a_word_that_is_part_of_another_thing_calls_for_no_tag(title: str, tag: str) -> None:
    assert tag not in tags(title, "")


def test_words_on_both_sides_of_a_pause_are_no_phrase() -> None:
    assert tags("", "We study language. Models of the world, models of all.") == ()


def test_a_paper_has_at_most_seven_tags() -> None:
    title = "Robots, Agents, Speech, Distillation, LLM, RL, MoE, RAG, VLA, OCR"
    assert tags(title, "") == ("Robotics", "Agent", "Speech", "Distillation", "LLM", "RL", "MoE")
    assert MAX_TAGS == 7


@pytest.mark.parametrize("tag", vocabulary(), ids=lambda tag: tag.name)
def test_all_that_a_tag_lists_calls_for_it(tag: Tag) -> None:
    assert [words for words in tag.words if tags(words.replace("*", "Sci"), "") != (tag.name,)] == []


def test_the_vocabulary_is_of_a_size_that_a_reader_can_know_and_names_nothing_twice() -> None:
    assert 50 <= len(vocabulary()) <= 90
    assert len({tag.name for tag in vocabulary()}) == len(vocabulary())
    assert [words for words, count in Counter(w for tag in vocabulary() for w in tag.words).items() if count > 1] == []


def recorded() -> Iterator[tuple[str, str, str]]:
    if not RECORDED.is_dir():
        pytest.skip(f"the recorded answers are not here: {RECORDED}")
    for day in sorted(RECORDED.rglob("*.json")):
        for row in json.loads(day.read_text(encoding="utf-8")):
            yield row["paper"]["id"], row["paper"]["title"], row["paper"].get("summary", "")


def test_on_recorded_days_every_title_that_says_dataset_or_bench_carries_the_tag() -> None:
    wanted = {"Dataset": re.compile("data ?set", re.IGNORECASE), "Benchmark": re.compile("bench", re.IGNORECASE)}
    read = [(title, tags(title, abstract)) for _, title, abstract in recorded()]
    missing = [
        (title, tag) for title, given in read for tag, word in wanted.items() if word.search(title) and tag not in given
    ]
    assert missing == []


def test_on_recorded_days_a_paper_without_a_tag_mentions_none() -> None:
    without = {paper for paper, title, abstract in recorded() if not tags(title, abstract)}
    assert without <= {"2602.12280"}, "2602.12280 names score distillation sampling only"


def test_over_all_recorded_days_no_tag_is_called_for_by_part_of_a_word() -> None:
    called = {
        "RAG": r"\b(?:Graph)?RAGs?\b|(?i:\bretrieval[\s-]+augmented\b)",
        "RL": r"\b(?:RL|GRPO|PPO|RLVR|DAPO)s?\b|(?i:\breinforcement\s+learning|\bpolicy[\s-]+\w+|\bactor[\s-]+critic)",
        "MoE": r"\bMoEs?\b|(?i:\bexperts?\b)",
        "GUI Automation": r"\bGUIs?\b|(?i:\b(?:web|mobile|browser)[\s-]+agent|\bcomputer[\s-]+us)",
        "VLA": r"\bVLAs?\b|(?i:\bvision[\s-]+language[\s-]+action\b)",
    }
    given: Counter[str] = Counter()
    for paper, title, abstract in recorded():
        for tag in called.keys() & set(tags(title, abstract)):
            given[tag] += 1
            assert re.search(called[tag], f"{title}\n{abstract}"), (paper, tag)
    assert given.keys() == called.keys()

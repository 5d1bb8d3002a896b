import pytest

from shared.draft.extract import draft
from shared.model.analysis import Number


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("It reaches a 16.2x attention speedup on long films.", [("16.2x", "attention speedup")]),
        ("It achieves an FID of 1.4 and an accuracy of 92%.", [("1.4", "FID"), ("92%", "accuracy")]),
        ("It obtains 56.5 on SkyBench and 71% on WindArena.", [("56.5", "SkyBench"), ("71%", "WindArena")]),
        ("It achieves a 90.2% reduction in lost kites.", [("90.2%", "reduction in lost kites")]),
        ("It achieves a 12% improvement over all the others.", []),
        ("It reaches 3% and 4% on SkyBench and WindArena.", []),
        ("It gains 3.5 on Sky and 4.5 on Wind, respectively.", []),
        ("It reduces cost by 86.0% on Sky and 75.9% on Wind.", []),
        ("It improves on Owl-1.5 and on version 2.0 of GPT-4.", []),
        ("It takes 5%-7% higher winds to outperform the rest.", []),
        ("It obtains 71% on SkyBench and WindArena.", []),
        ("It achieves 30%, 15%, and 20% fewer falls on three beaches.", []),
        ("Our approach ties a 16.2x longer rope to the tail of the kite.", []),
    ],
)
def test_numbers_are_given_where_it_is_clear_what_they_measure(sentence: str, numbers: list[tuple[str, str]]) -> None:
    drafted = draft("On Kites", f"We propose a kite with two tails. {sentence}")
    assert drafted.numbers == tuple(Number(value=v, measures=m, source=sentence) for v, m in numbers)

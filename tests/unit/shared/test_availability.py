import pytest

from shared.draft.extract import draft
from shared.model.analysis import Resource


@pytest.mark.parametrize(
    ("sentence", "resources"),
    [
        ("Code is available at https://github.com/kite/two.", [("code", "https://github.com/kite/two")]),
        ("We release code and model weights.", [("code", None), ("weights", None)]),
        ("The dataset has been released.", [("dataset", None)]),
        (
            "The models are open-sourced, and a demo is available at https://kite.example/try.",
            [("weights", "https://kite.example/try"), ("demo", "https://kite.example/try")],
        ),
        (
            "Page: https://kite.example, Code: https://github.com/kite/two",
            [("code", "https://github.com/kite/two")],
        ),
        ("Project page: https://kite.example/", [("other", "https://kite.example/")]),
        ("Project page: https://kite.example/code/", [("other", "https://kite.example/code/")]),
        ("The code will be released soon.", []),
        ("It outperforms open-source models.", []),
        ("No data is available.", []),
        ("Code is available at javascript:alert(1).", [("code", None)]),
    ],
)
def test_what_is_there_to_take_is_told_by_kind(sentence: str, resources: list[tuple[str, str | None]]) -> None:
    drafted = draft("On Kites", f"Kite datasets are publicly available. We propose a kite. {sentence}")
    expected = [Resource.model_validate({"kind": kind, "text": sentence, "address": at}) for kind, at in resources]
    assert list(drafted.availability) == expected

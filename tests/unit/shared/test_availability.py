import pytest

from shared.draft.availability import find_resource, released_kinds
from shared.draft.extract import draft

KITE = "We propose a kite with two tails that keep it in the air on calm days."


@pytest.mark.parametrize(
    ("sentence", "kind", "name", "address"),
    [
        ("Code is available at https://github.com/kite/two.", "code", "GitHub kite/two", "https://github.com/kite/two"),
        ("Code: https://github.com/kite/two.git", "code", "GitHub kite/two", "https://github.com/kite/two.git"),
        (
            "The models are available at https://huggingface.co/collections/kite/two-tails.",
            "other",
            "Hugging Face kite/two-tails",
            "https://huggingface.co/collections/kite/two-tails",
        ),
        (
            "The data are available at https://huggingface.co/datasets/kite/tails",
            "dataset",
            "Hugging Face kite/tails",
            "https://huggingface.co/datasets/kite/tails",
        ),
        ("Project page: https://kite.example/", "other", "kite.example", "https://kite.example/"),
        ("Project page: https://kite.example/a/", "other", "kite.example/a", "https://kite.example/a/"),
        ("The dataset has been released.", "dataset", "The dataset has been released.", None),
        ("(2) We release code and model weights.", "code", "… We release code and model weights.", None),
        (
            "Code is available at javascript:alert(1).",
            "code",
            "Code is available at javascript:alert(1).",
            None,
        ),
    ],
)
def test_what_is_there_to_take_has_a_kind_a_name_and_an_address(
    sentence: str, kind: str, name: str, address: str | None
) -> None:
    (resource,) = draft("On Kites", f"Kite datasets are publicly available. {KITE} {sentence}").availability
    assert (resource.kind, resource.text, resource.address) == (kind, name, address)


@pytest.mark.parametrize(
    "sentence", ["The code will be released soon.", "It outperforms open-source models.", "No data is available."]
)
def test_what_is_promised_or_of_others_is_not_there_to_take(sentence: str) -> None:
    assert draft("On Kites", f"{KITE} {sentence}").availability == ()


def test_each_address_is_one_row_however_often_it_is_given() -> None:
    pages = "Page: https://kite.example, Code: https://github.com/kite/two"
    again = "Code and models are released at https://github.com/Kite/Two/ for everybody."
    rows = draft("On Kites", f"{KITE} {pages}. {again}").availability
    assert [(row.kind, row.address) for row in rows] == [
        ("other", "https://kite.example"),
        ("code", "https://github.com/kite/two"),
    ]


def test_a_sentence_can_name_several_kinds() -> None:
    assert released_kinds("We release code, model weights and datasets.") == ["code", "weights", "dataset"]
    assert released_kinds("We release nothing.") == ()


def test_a_resource_of_a_kind_has_the_address_that_is_surely_its_own() -> None:
    both = "Code: https://github.com/kite/two and the dataset is at https://kite.example/tails"
    code, data, weights = (find_resource(kind, both) for kind in ("code", "dataset", "weights"))
    assert code is not None
    assert code.address == "https://github.com/kite/two"
    assert data is not None
    assert data.address is None
    assert weights is None
    assert find_resource("", both) is None

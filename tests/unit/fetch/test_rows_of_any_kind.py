"""Whatever JSON the list holds: reading it never fails, loses no good row, and what was read can be stored."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.fetch.lists import rows
from functions.fetch.plan import rank
from shared.model.manifest import Manifest
from tests.factories.days import manifest
from tests.factories.places import FIXTURES

GOOD = {"paper": {"id": "2602.00001", "title": "A Good Row", "upvotes": 5}}
ANY_TEXT = st.text(st.characters(categories=("L", "N", "P", "S", "Z", "Cc", "Cf", "Cs")), max_size=20)
NAMES = st.sampled_from(
    sorted({"paper", "id", "title", "name"}.union(*(path.split(".") for path, _ in rows._OPTIONAL.values())))
)


def json_values(text: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Any value that a JSON parser may answer, often with the names that we look for."""
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | text | st.just("2602.00002")
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | text, inner, max_size=6),
        max_leaves=20,
    )


def stored(listing: rows.Listing) -> Manifest:
    """What comes back from the bucket."""
    written = manifest().model_copy(
        update={
            "papers": rank(listing.papers, 10, {}),
            "refused": listing.refused,
            "odd_fields": listing.odd_fields,
        }
    )
    read = Manifest.model_validate_json(written.model_dump_json())
    assert read == written
    return read


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.json")), ids=lambda path: path.stem)
def test_what_was_read_of_a_list_can_be_stored(path: Path) -> None:
    assert stored(rows.read(json.loads(path.read_text(encoding="utf-8")))).day


def test_a_refused_id_with_half_a_character_can_be_stored() -> None:
    stored(rows.read([{"paper": {"id": "\ud83d", "title": "A Kite"}}, GOOD]))


@given(st.lists(json_values(ANY_TEXT), max_size=4), st.lists(json_values(ANY_TEXT), max_size=4))
def test_whatever_stands_beside_it_a_good_row_is_read(before: list[Any], after: list[Any]) -> None:
    unlike = {"paper": GOOD["paper"] | {"id": "math/0309136"}}
    listing = rows.read([*before, unlike, *after])
    assert "math/0309136" in [paper.id for paper in listing.papers]
    assert len({paper.id for paper in listing.papers}) == len(listing.papers)
    assert len(listing.papers) + len(listing.refused) <= len(before) + len(after) + 1


@given(st.dictionaries(NAMES, json_values(ANY_TEXT)), st.dictionaries(NAMES, json_values(ANY_TEXT)))
def test_whatever_its_other_fields_are_a_row_with_id_and_title_is_read_and_can_be_stored(
    outer: dict[str, Any], inner: dict[str, Any]
) -> None:
    listing = rows.read([outer | {"paper": inner | {"id": "2602.00001", "title": "A Kite"}}])
    assert [paper.title for paper in listing.papers] == ["A Kite"]
    stored(listing)


@given(json_values(ANY_TEXT))
def test_whatever_a_row_is_what_is_known_of_it_can_be_stored(row: Any) -> None:
    stored(rows.read([row]))

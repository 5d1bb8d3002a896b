"""Reads the parts of the published index: which papers have a term, and what it weighs in them."""

import json
from collections.abc import Mapping

from functions.publish.index.search import Segment
from functions.publish.index.search_terms import DIGITS, LEVELS, part_of
from local.mcp.archive import MAX_PAPERS, Archive
from shared.store import keys

Terms = Mapping[str, str]
"""The postings of a part's terms."""


class Parts:
    """The parts of one segment, each read once."""

    def __init__(self, archive: Archive, name: str, segment: Segment) -> None:
        self._archive, self._name, self._count = archive, name, segment.parts
        self._read: dict[int, Terms] = {}

    def of(self, term: str) -> Terms:
        """The terms of the part that has this one."""
        part = part_of(term, self._count)
        if part not in self._read:
            self._read[part] = read_part(self._archive.read(self._archive.tree + keys.search_part(self._name, part)))
        return self._read[part]


def read_part(script: bytes | None) -> Terms:
    """The postings by term of `addToSearch("part", segment, number, text);`. A part that cannot be read has none."""
    try:
        text = (script or b"").decode()
        *_, listed = json.loads(f"[{text[text.index('(') + 1 : text.rindex(')')]}]")
        pairs = [entry.split(" ") for entry in str(listed).split(";") if entry]
        found, term = {}, ""
        for shortened, postings in pairs:
            term = term[: DIGITS.index(shortened[0])] + shortened[1:]
            found[term] = postings
    except (ValueError, IndexError, RecursionError):
        return {}
    return found


def decode_postings(text: str) -> dict[int, float]:
    """The places of papers, each with the weight of the term: what `search_terms.encode` wrote."""
    found, place, number, half = {}, -1, 0, len(DIGITS) // 2
    for character in text:
        digit = DIGITS.find(character)
        if digit >= half:
            number = number * half + digit - half + 1
            if number > MAX_PAPERS * len(LEVELS):
                break  # no index has that
            continue
        step, level = divmod(number * half + digit, len(LEVELS))
        place, number = place + step, 0
        found[place] = LEVELS[level]
    return found

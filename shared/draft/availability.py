"""What a paper says is there to take: code, weights, data, a demo."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from shared.draft.cues import releases
from shared.model.analysis import Resource

Kind = Literal["code", "weights", "dataset", "demo", "other"]

ADDRESS_ENDS = ".,;:!?'\"*"
"""What ends a sentence or a quotation and no address."""

_ADDRESS = re.compile(r"https?://[^\s,;()<>\[\]{}]+")
_CODE_HOST = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/")
_PROMISED = re.compile(r"\b(?:will|soon|upon|plan to|to be)\b")
_KINDS: Mapping[Kind, re.Pattern[str]] = {
    "code": re.compile(r"\b(?:codes?|codebase|implementation|toolkit|library|package|github)\b"),
    "weights": re.compile(
        r"\b(?:weights|checkpoints?)\b|\bmodels?(?= (?:is|are|and|series)\b|,)|\breleas\w+ .{0,60}\bmodels?\b"
    ),
    "dataset": re.compile(r"\b(?:datasets?|data|corpus|benchmark)\b"),
    "demo": re.compile(r"\bdemos?\b"),
}


def resources(sentences: Sequence[str]) -> Iterator[Resource]:
    """One resource for each kind that a sentence names. What is only promised is not there."""
    for sentence in sentences:
        text = " ".join(sentence.split())
        asked = text.lower()
        if not releases(asked) or _PROMISED.search(asked):
            continue
        addresses = [address.rstrip(ADDRESS_ENDS) for address in _ADDRESS.findall(text)]
        for kind in _kinds(asked):
            yield Resource(kind=kind, text=text, address=_address(kind, addresses))


def _kinds(asked: str) -> Sequence[Kind]:
    return [kind for kind, cue in _KINDS.items() if cue.search(_ADDRESS.sub("", asked))] or ["other"]


def _address(kind: Kind, addresses: Sequence[str]) -> str | None:
    """The address of a resource, where the sentence leaves no doubt which one it is."""
    if len(addresses) == 1:
        return addresses[0]
    code = [address for address in addresses if _CODE_HOST.match(address)]
    return code[0] if kind == "code" and len(code) == 1 else None

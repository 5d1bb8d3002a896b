"""What a paper says is there to take: code, weights, data, a demo."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal
from urllib.parse import urlsplit

from shared.draft.opening import cut_opening
from shared.model.analysis import Resource
from shared.text.lazy_regex import lazy_regex

Kind = Literal["code", "weights", "dataset", "demo", "other"]

ADDRESS_ENDS = ".,;:!?'\"*"
"""What ends a sentence or a quotation and no address."""
MAX_NAME_PARTS = 2
"""Parts of a path that name what is at an address: github.com/owner/name."""

_ADDRESS = lazy_regex(r"https?://[^\s,;()<>\[\]{}]+")
_PROMISED = lazy_regex(r"\b(?:will|soon|upon|plan to|to be)\b")
_WE = r"(?<!can )(?<!do )(?<!should )(?<!could )(?<!would )(?<!when )\b(?:we|i) "
_THINGS = (
    r"(?:code|codebase|implementation|models?|weights|checkpoints?|datasets?|data|benchmark|corpus|demo|toolkit|library"
    r"|page|project|website|homepage|resources?|artifacts|materials|suite|framework|github|videos)"
)
_RELEASES = lazy_regex(
    rf"\b{_THINGS}\b.{{0,90}}?\b(?:is|are|be|been|at) (?:\w+ ){{0,3}}(?:available|released|open-?sourced|open-source"
    r"|accessible|found|https?:)"
    rf"|{_WE}(?:will )?(?:also )?(?:\w+ly )?(?:release|open-?source|publish|make)\b.{{0,120}}?\b{_THINGS}\b"
    rf"|\b{_THINGS}:? \(?https?://|\breleasing\b.{{0,80}}?\b{_THINGS}\b"
)
_OF_OTHERS = lazy_regex(r"\b(?:few|no|not|lack|limited|scarce)\b")
_KINDS: Mapping[Kind, re.Pattern[str]] = {
    "code": lazy_regex(r"\b(?:codes?|codebase|implementation|toolkit|library|package|github)\b"),
    "weights": lazy_regex(
        r"\b(?:weights|checkpoints?)\b|\bmodels?(?= (?:is|are|and|series)\b|,)|\breleas\w+ .{0,60}\bmodels?\b"
    ),
    "dataset": lazy_regex(r"\b(?:datasets?|data|corpus|benchmark)\b"),
    "demo": lazy_regex(r"\bdemos?\b"),
}
_PLACES: Mapping[str, tuple[str, Kind | None]] = {
    "github.com": ("GitHub", "code"),
    "gitlab.com": ("GitLab", "code"),
    "huggingface.co": ("Hugging Face", None),
    "modelscope.cn": ("ModelScope", None),
    "zenodo.org": ("Zenodo", None),
    "kaggle.com": ("Kaggle", None),
    "pypi.org": ("PyPI", "code"),
}
"""Well-known hosts: how they are called, and what is there where the path does not say."""
_FOLDERS: Mapping[str, Kind] = {
    "datasets": "dataset",
    "spaces": "demo",
    "collections": "other",
    "models": "weights",
    "project": "code",
}
"""First parts of a path that say what is there, and are no part of its name."""


def is_release(sentence: str) -> bool:
    """Whether a sentence, in lower case and on one line, says that something of the paper's is there to take."""
    return bool(_RELEASES.search(sentence)) and not _OF_OTHERS.search(sentence)


def released_kinds(sentence: str) -> Sequence[Kind]:
    """What a sentence says is there to take, kind by kind. What is only promised is not there."""
    lowered = " ".join(sentence.lower().split())
    if not is_release(lowered) or _PROMISED.search(lowered):
        return ()
    return [kind for kind, cue in _KINDS.items() if cue.search(_ADDRESS.sub("", lowered))] or ["other"]


def resources(sentences: Sequence[str]) -> Iterator[Resource]:
    """One resource an address, named by it; one a sentence that gives none."""
    seen: set[str] = set()
    for sentence in sentences:
        kinds = released_kinds(sentence)
        text = " ".join(sentence.split())
        addresses = [found.rstrip(ADDRESS_ENDS) for found in _ADDRESS.findall(text)] if kinds else []
        for address in addresses:
            if _comparable(address) not in seen:
                seen.add(_comparable(address))
                yield _at(address, kinds if len(addresses) == 1 else ("other",))
        if kinds and not addresses:
            yield Resource(kind=kinds[0], text=cut_opening(text))


def find_resource(kind: str, sentence: str) -> Resource | None:
    """What a sentence releases of a kind, with the address where it leaves no doubt which one it is."""
    if kind not in released_kinds(sentence):
        return None
    found = tuple(resources((sentence,)))
    matching = found if len(found) == 1 else [resource for resource in found if resource.kind == kind]
    address = matching[0].address if len(matching) == 1 else None
    return Resource.model_validate({"kind": kind, "text": " ".join(sentence.split()), "address": address})


def _comparable(address: str) -> str:
    return address.lower().removesuffix("/").partition("://")[2].removeprefix("www.")


def _at(address: str, kinds: Sequence[Kind]) -> Resource:
    """What is at an address, named by the host's own word: `GitHub owner/name`."""
    parts = urlsplit(address)
    host = parts.netloc.lower().removeprefix("www.")
    place, kind = _PLACES.get(host, ("", None))
    path = [part for part in parts.path.split("/") if part]
    if not place:
        return Resource(kind=kinds[0], text=f"{host}{parts.path.rstrip('/')}", address=address)
    folder = _FOLDERS.get(path[0]) if path else None
    name = "/".join(path[1:] if folder else path[:MAX_NAME_PARTS]).removesuffix(".git")
    return Resource(kind=kind or folder or kinds[0], text=f"{place} {name}".strip(), address=address)

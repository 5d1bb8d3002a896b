"""Holds the names in an item, of models, data sets, benchmarks and the like, against the text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from functions.summarize.grounding.findings import Finding
from functions.summarize.grounding.glossary import american, folded, known_words, names_of_addresses, singular, tools
from functions.summarize.grounding.items import Item
from functions.summarize.grounding.language_data import read
from functions.summarize.grounding.texts import PaperText, plain
from shared.draft.acts import announces

ONE_SENTENCE = frozenset({"numbers", "stated"})
"""Fields whose items can name one sentence only: what they are about may be named in another."""

_TOKEN = re.compile(r"[A-Za-z0-9α-ωΑ-Ωℓ][\w@+./&'²³₀-₉-]*", re.ASCII)
_ADDRESS = re.compile(r"https?://\S+")
_PLAIN_LETTERS = str.maketrans(
    dict(zip("₀₁₂₃₄₅₆₇₈₉ℓ", "0123456789l", strict=True))
    | {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "λ": "lambda", "π": "pi", "σ": "sigma", "τ": "tau"}
)
_BARE = str.maketrans("", "", "-_'")
"""Marks that a writer may leave out of a name."""
_STEM = re.compile(r"[a-z]{3,}(?=\d)")
_PARTS = re.compile(r"[-/+&]")
_MULTIPLE = re.compile(r"^\d[\d.]*(?:[x×-]|(?=[A-Z]{2}))")
_NAMING = re.compile(r"[A-Z]|[a-z].*\d")
_CAPITALISED = re.compile(r"[A-Z][a-z'-]+")
_STARTS = re.compile(r"(?:^|[.!?:;]\s+|[\n(\"'])$")
_ACRONYM = re.compile(r"[A-Z]{4,}")
"""Shorter ones are the initials of some words of any text."""
_SIZE = re.compile(r"\d[\d.,]*(?:[-/x×]?\d+)*(?:[a-z%°]{0,3}|[KMBT]|bn|GB|TB|MB|KB|Hz|kHz|MHz|GHz|FPS|W|kWh|dB|J)")


def unsupported_names(item: Item, text: PaperText, support: Sequence[str], language: str) -> Iterator[Finding]:
    """Names that the item's sentences do not hold, nor title and contribution, nor the glossary."""
    for said in dict.fromkeys(names(plain(item.whole), prose=read(language, "style")["letters"] == "[A-Za-z]")):
        if _is_known(said, item, language) or any(_is_in(said, tokens(part)) for part in support):
            continue
        if _is_in(said, own_names(text)) or _is_in(said, names_of_addresses(text.abstract)):
            continue
        if _ACRONYM.fullmatch(said) and said.lower() in _initials(text.whole):
            continue
        elsewhere = any(_is_in(said, tokens(part)) for part in text.parts())
        if elsewhere and (item.advice or item.field in ONE_SENTENCE):
            continue
        why = "this name is not in the sentences that the item names" if elsewhere else "this name is not in the text"
        yield Finding(item=item.path, kind="name", said=said, why=why)
    for said, name in transliterated(item.text, language):
        spelled = any(_is_in(word, tokens(part)) for word in name.split() for part in text.parts())
        if not spelled and not (item.advice and folded(name) in tools()):
            yield Finding(item=item.path, kind="name", said=said, why=f"{name} is not in the text")


def names(text: str, *, prose: bool) -> Iterator[str]:
    """Latin words with a capital or a digit; in Latin prose, none whose only capital may begin a sentence."""
    text = _ADDRESS.sub(" ", text)
    yield from (said for said, start, _ in located_names(text) if not (prose and begins_a_sentence(said, text, start)))


def begins_a_sentence(said: str, text: str, start: int) -> bool:
    """Whether a sentence may be all that its capital is for."""
    return bool(_CAPITALISED.fullmatch(said) and _STARTS.search(text[max(start - 3, 0) : start]))


@lru_cache(maxsize=1024)
def located_names(text: str) -> Sequence[tuple[str, int, int]]:
    """Latin words with a capital or a digit, and where they stand."""
    return tuple(_located(text))


def _located(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _TOKEN.finditer(text):
        token = _trimmed(match.group())
        said = _MULTIPLE.sub("", token)
        if len(said) > 1 and _NAMING.search(said) and not _SIZE.fullmatch(token) and not said[0].isdigit():
            yield said, match.start() + len(token) - len(said), match.start() + len(token)


def _trimmed(token: str) -> str:
    return token.rstrip(".-/'+&").removesuffix("'s") if not token.endswith("++") else token


@lru_cache(maxsize=512)
def tokens(text: str) -> frozenset[str]:
    """Every Latin word of a text as it may be written again: folded, without the plural, its parts, joined in pairs."""
    found: set[str] = set()
    earlier = before = word = ""
    for match in _TOKEN.finditer(text):
        token = _fold(match.group())
        stripped = _fold(_MULTIPLE.sub("", match.group()))
        bare = token.translate(_BARE)
        found |= {token, stripped, singular(token)} | {bare, f"{before}{bare}", f"{earlier}{before}{bare}"}
        found |= {token.replace("-to-", "2"), f"m{token}" if word == "mean" else token, *_STEM.findall(token)[:1]}
        if len(token) == 4 and token.startswith("20"):  # AIME 2024 is AIME24
            found.add(f"{before}{token[2:]}")
        parts = _PARTS.split(token)
        found |= {part for part in parts if part} | {singular(part) for part in parts if part}
        found |= {"-".join(parts[:end]) for end in range(2, len(parts))}
        earlier, before, word = before, bare, token
    return frozenset(found if text.isascii() else found | {each.translate(_PLAIN_LETTERS) for each in found})


def _fold(token: str) -> str:
    return american(_trimmed(token).lower())


def _is_in(said: str, near: frozenset[str]) -> bool:
    token = _fold(said)
    if {token, singular(token), token.replace("-", ""), token.translate(_BARE)} & near:
        return True
    parts = [part for part in _PARTS.split(token) if part]
    return len(parts) > 1 and all(
        part in near or singular(part) in near if not any(map(str.isdigit, part)) else False for part in parts
    )


def _is_known(said: str, item: Item, language: str) -> bool:
    known = known_words(language)
    allowed = known | tools() if item.advice else known
    forms = {said.lower(), singular(said.lower()), folded(said)}
    if forms & allowed:
        return True
    if any(map(str.isdigit, said)):
        return False
    parts = [part for part in re.split(r"[-/]", said.lower()) if len(part) > 1]
    return bool(parts) and all(part in allowed or singular(part) in allowed for part in parts)


@lru_cache(maxsize=64)
def _initials(whole: str) -> str:
    """The first letters of a text's words: what it spells out, a writer may shorten."""
    return "".join(word[0] for word in re.findall(r"[a-z]+", whole.lower()))


@lru_cache(maxsize=64)
def own_names(text: PaperText) -> frozenset[str]:
    """The names in the title and in the sentences that announce the work: any item may speak of it."""
    announced = [each for each in text.sentences() if announces(" ".join(each.lower().split()))]
    return tokens(plain(text.title)) | frozenset(
        word for each in announced for name in names(each, prose=True) for word in tokens(name)
    )


def transliterated(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Known names that are spelled in the language's own letters, with their spelling in Latin ones."""
    finder, spelled = _transliterations(language)
    for match in finder.finditer(text):
        yield match.group(), spelled[match.group()]


@cache
def _transliterations(language: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    spelled = read(language, "glossary").get("names", {})
    forms = "|".join(sorted(map(re.escape, spelled), key=len, reverse=True)) or "(?!)"
    letters = read(language, "style")["letters"]
    particles = "|".join(read(language, "glossary").get("particles", ())) or "(?!)"
    return re.compile(rf"(?<!{letters})(?:{forms})(?=(?:{particles})?(?!{letters}))"), spelled

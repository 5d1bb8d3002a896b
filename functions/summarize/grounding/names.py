"""Finds names of models, data sets, benchmarks and the like in an item that the evidence does not hold."""

import re
from collections.abc import Iterator

from functions.summarize.grounding.glossary import general_words
from shared.text.addresses import ADDRESS
from shared.text.lazy_regex import lazy_regex
from shared.text.words import Words, chunks, singular, stem, strip_accents

MIN_NAME_CHARS = 2
MIN_PART_CHARS = 3
"""Of a part of a longer name of the text: FiLM of RGFiLM."""
MIN_STEMMED = 7
"""Letters of a capitalised word that may be a form of one of the text's: Distillation, distills."""

_TOKEN = lazy_regex(r"(?<![A-Za-z0-9])(?=[\w@+./&'^²³₀-₉-]{0,80}[A-Z\d])[A-Za-zα-ωΑ-Ω0-9][\w@+./&'^²³₀-₉-]*", re.ASCII)
_FORMULA = lazy_regex(
    r"(?<!\w)(?:(?:log|[^\W\d_])(?:[²³]|\^\(?\w{1,9}\)?)|[A-Za-z](?:[₀-₉]|_\(?\w{1,9}\)?)){1,4}(?![\w-])"
)
"""ε², X_1, d^(3/2): symbols, and no names."""
_SEPARATORS = lazy_regex(r"[/&+]|(?<=[a-z])\.(?=[A-Z])")
_CAPITAL, _LETTER, _DIGIT = lazy_regex(r"[A-Z]"), lazy_regex(r"[a-z]"), lazy_regex(r"\d")
_ORDINARY = lazy_regex(r"[a-z]+")
_NOT_NAMED = lazy_regex(r"[a-z]+|\d[\d.,]*(?:[KMBTkD]|GB|TB|MB)?")
"""In front of a name: near-F2F, 8-GPU, 24B-parameter."""
_SIZE_PART = lazy_regex(r"\d+(?:\.\d+)?[BMKTk]")
_SUFFIX = lazy_regex(r"(?<=[A-Z]{2})(?:ness|ing|ed|ized|ization)$")
_LABEL = lazy_regex(r"(?:step|stage|phase|level|part|case|round)\d{1,2}")
_PLACEHOLDER = lazy_regex(r"@[kn]$")
_UNIT = r"(?:[a-zA-Z%°]{0,3}|GHz|MHz|kHz|FPS|kWh)"
_NUMBER = lazy_regex(rf"\d[\d.,]{{0,20}}{_UNIT}(?:[-x×]\d[\d.,]{{0,20}}{_UNIT}){{0,4}}(?:e[-+]?\d{{1,3}})?")
_CAPITALISED = lazy_regex(r"[A-Z][a-z]+")
_STARTS = lazy_regex(r"(?:^|[.!?:;]['\")]*\s+|[\n(\[\"'*]|\d[).]\s*|[-•→]\s+)$")


def names(text: str, *, prose: bool) -> Iterator[str]:
    """Latin words with a capital or a digit; in Latin prose, none whose only capital may begin a sentence."""
    for match in _TOKEN.finditer(strip_accents(_FORMULA.sub(" ", ADDRESS.sub(" ", text)))):
        for part in _SEPARATORS.split(match.group()):
            name = _trimmed(part)
            if len(name) < MIN_NAME_CHARS or not _is_naming(name) or _NUMBER.fullmatch(name) or _LABEL.fullmatch(name):
                continue
            if prose and _CAPITALISED.fullmatch(name.partition("-")[0]) and _is_first(match, part):
                continue
            yield name


def _is_naming(word: str) -> bool:
    """Whether it has a capital, or a digit behind a letter."""
    letter = _LETTER.search(word)
    return bool(_CAPITAL.search(word) or (letter and _DIGIT.search(word, letter.end())))


def _is_first(match: re.Match[str], part: str) -> bool:
    """Whether a sentence may be all that its capital is for."""
    before = match.string[max(match.start() - 4, 0) : match.start()]
    return match.group().startswith(part) and bool(_STARTS.search(before))


def _trimmed(token: str) -> str:
    return token.strip(".-/'+&^_").removesuffix("'s")


def is_supported(name: str, text: Words, *, advice: bool) -> bool:
    """Whether the text or the glossary holds a name, or it is made of such names and ordinary words."""
    if "@" in name:
        spelled = "".join(text.spelled.lower().split()).replace("s@", "@")
        return _PLACEHOLDER.sub("@", name.lower().replace("s@", "@")) in spelled
    if _is_known(name, text, advice=advice):
        return True
    parts = [part for part in re.split(r"[-_]", name) if part]
    while parts and _NOT_NAMED.fullmatch(parts[0]):
        parts.pop(0)
    while parts and _ORDINARY.fullmatch(parts[-1]):
        parts.pop()
    if _is_known(_SUFFIX.sub("", "-".join(parts)), text, advice=advice):
        return True
    if len(parts) > 1 and any(part[0].isdigit() for part in parts):
        sizes = [part for part in parts if _SIZE_PART.fullmatch(part)]
        named = "-".join(part for part in parts if part not in sizes)
        return all(_is_known(part, text, advice=advice) for part in [*sizes, named] if part)
    return all(_ORDINARY.fullmatch(part) or _is_known(part, text, advice=advice) for part in parts)


def _is_known(name: str, text: Words, *, advice: bool) -> bool:
    run = "".join(chunks(name))
    forms = {run, singular(run)}
    if (
        any(map(text.holds, forms))
        or forms & general_words(advice=advice)
        or (len(name) >= MIN_PART_CHARS and name in text.spelled)
    ):
        return True
    if _CAPITALISED.fullmatch(name) and len(name) >= MIN_STEMMED and text.begins(stem(run)):
        return True
    letters = name.removesuffix("s").replace("-", "")
    return letters.isalnum() and not _CAPITALISED.fullmatch(letters) and bool(forms & text.initials)


def is_doubtful(name: str, *, prose: bool) -> bool:
    """Whether it may be an ordinary word with a capital."""
    return prose and bool(re.fullmatch(r"[A-Z][a-z]+(?:-[A-Za-z][a-z]+)*", name))


def is_titled(word: str, text: str) -> bool:
    """Whether the word stands in a row of capitalised ones: Exact Match, Anticipate, Recover."""
    between = r"(?:,? | vs\.? |/)"
    return word.isalpha() and bool(re.search(rf"[A-Z][a-z]+{between}{word}\b|\b{word}{between}[A-Z][a-z]", text))

"""How languages write numbers, compiled from their files."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from shared.languages.files import read
from shared.text.lazy_regex import lazy_regex

NEVER = "(?!)"
# Not the digits of a name: GPT-4, v1.5, A100; but 29 in 6x-29x.
_NOT_IN_NAME = r"(?<![A-Za-zα-ωΑ-Ω0-9_.@^])(?<![A-Za-wyz][-–'])(?<!(?<!\d)x[-–'])"
_DIGITS = (
    rf"(?:{_NOT_IN_NAME}(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d{{1,3}}(?: \d{{3}})+(?![\d,]|\.\d)|\d+)(?:\.\d+)?"
    rf"|(?<![\w.])\.\d+)"
)
_STARTS = lazy_regex(r"(?:^|\||\(\?:)([^\W_])")
_EXPONENT = r"(?:\s?[×x·]\s?10[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+|e[-+]?\d+)?"


class Notation(NamedTuple):
    """What finds the numbers of a text."""

    number: re.Pattern[str]
    words: Mapping[str, float]
    digits: Mapping[str, float]
    scale: re.Pattern[str]
    scales: Mapping[str, float]
    group: re.Pattern[str]
    """Digits that a scale follows: the next group of a number."""
    phrases: Sequence[tuple[re.Pattern[str], float, str]]
    unit: re.Pattern[str]
    """Its groups are named by the unit and a running number."""
    signs: Mapping[str, str]
    ordinal: re.Pattern[str]
    ordinal_before: re.Pattern[str]
    and_a_half: re.Pattern[str]
    fraction: re.Pattern[str]
    only: re.Pattern[str]
    """What behind a number below one is no scale: 0.03만, only 0.03."""
    label: re.Pattern[str]
    """What stands before a number that is only part of a name: Step 3."""
    counter: re.Pattern[str]
    joins: re.Pattern[str]


@cache
def notation(languages: tuple[str, ...]) -> Notation:
    """The numbers of texts in these languages."""
    files = [read(language, "numbers") for language in languages]
    words, digits, scales, letters, signs = (
        {form: value for file in files for form, value in file.get(table, {}).items()}
        for table in ("words", "digits", "scales", "letters", "signs")
    )
    spelled = _any(_given(files, "spelled"))
    number = "|".join(
        [
            f"(?P<phrase>{_any(_bounded(files, 'phrases', 'phrase_after'))})",
            f"(?P<digits>{_DIGITS}{_EXPONENT})",
            f"(?P<spelled>{spelled})",
            f"(?P<word>{_any(_bounded(files, 'words', 'after'))})",
        ]
    )
    phrases = [phrase for file in files for phrase in file["phrases"].items()]
    starts = {letter for form, _ in phrases for letter in _STARTS.findall(form)}
    starts |= {word[0] for word in words} | set(digits) | set("".join(scales) if digits else "")
    return Notation(
        number=re.compile(f"(?<![A-Za-z])(?=[0-9.{''.join(sorted(starts))}])(?:{number})"),
        words=words,
        digits=digits,
        scale=_scale(files, letters),
        scales=scales | letters,
        group=re.compile(rf"\s?(\d[\d,]*)(?=\s?(?:{_any(_longest(scales))})(?![A-Za-z]))"),
        phrases=[(re.compile(_latin(form)), float(value), unit) for form, (value, unit) in phrases],
        unit=_units(files),
        signs=signs,
        ordinal=_pattern(files, "ordinal"),
        ordinal_before=re.compile(f"(?:{_any(_given(files, 'ordinal_before'))})$"),
        and_a_half=_pattern(files, "and_a_half"),
        fraction=_pattern(files, "fraction"),
        only=_pattern(files, "only"),
        label=re.compile("|".join(_given(files, "label")) or NEVER, re.IGNORECASE),
        counter=re.compile(rf"\s?(?:{_any(_given(files, 'counter'))})"),
        joins=re.compile(rf"(?:\s|[-–~∼/,&+]|{_any(file['joins'] for file in files)}){{1,8}}"),
    )


def _scale(files: Sequence[Mapping[str, Any]], letters: Iterable[str]) -> re.Pattern[str]:
    """A scale right behind a number: a letter, or a word where the language has one."""
    words = _longest(form for file in files for form in file["scales"])
    there = "|".join(_given(files, "scale"))
    return re.compile(rf"(?P<letter>{_any(_longest(letters))})(?![A-Za-z])|(?={there})[\s-]?(?P<scale>{_any(words)})")


def _given(files: Iterable[Mapping[str, Any]], form: str) -> list[str]:
    """A form of those languages that have it."""
    return [file[form] for file in files if form in file]


def _bounded(files: Iterable[Mapping[str, Any]], table: str, after: str) -> Iterator[str]:
    """The forms of a table between what stands before and behind them, which is compiled once a language."""
    for file in files:
        forms = _longest(file[table]) if table == "words" else file[table]
        if forms:
            yield f"{file['before']}(?:{'|'.join(forms)}){file[after]}"


def _longest(forms: Iterable[str]) -> list[str]:
    return sorted(forms, key=len, reverse=True)


def _any(forms: Iterable[str]) -> str:
    return _latin("|".join(forms)) or NEVER


def _pattern(files: Iterable[Mapping[str, Any]], form: str) -> re.Pattern[str]:
    return re.compile(_any(_given(files, form)))


def _latin(form: str, letters: str = "A-Za-z") -> str:
    r"""In a form, `\b` ends a word in Latin letters: a particle of another script may follow."""
    return form.replace(r"\b", f"(?![{letters}])")


def _units(files: Sequence[Mapping[str, Any]]) -> re.Pattern[str]:
    forms = [
        (_latin(form, "A-Za-z\\d"), name) for each in files for name, some in each["units"].items() for form in some
    ]
    forms.sort(key=lambda pair: -len(pair[0]))
    return re.compile(rf"[\s-]?(?:{'|'.join(f'(?P<{name}__{at}>{form})' for at, (form, name) in enumerate(forms))})")

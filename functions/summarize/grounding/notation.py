"""How languages write numbers, compiled from their files."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from functions.summarize.grounding.language_data import read

NEVER = "(?!)"
# Not the digits of a name: GPT-4, v1.5, A100; but 29 in 6x-29x.
_NOT_IN_NAME = r"(?<![A-Za-zα-ωΑ-Ω0-9_.])(?<![A-Za-wyz][-–'])(?<!(?<!\d)x[-–'])"
_DIGITS = rf"(?:{_NOT_IN_NAME}(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?:\.\d+)?|(?<![\w.])\.\d+)"
# What follows the word for what is counted: no other part of it, as in `16 image, video and text benchmarks`.
_NO_MORE = r"(?!-[A-Za-z]|,? (?:[a-z-]+, )*(?:and|or) [a-z])"
_STARTS = re.compile(r"(?:^|\||\(\?:)([^\W_])")
_EXPONENT = r"(?:\s?[×x·]\s?10[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+|e[-+]?\d+)?"


class Named(NamedTuple):
    """Finds a form and tells whose it is. Most numbers have none, which the pattern without groups sees sooner."""

    quick: re.Pattern[str]
    telling: re.Pattern[str]

    def at(self, text: str, place: int) -> tuple[str, int]:
        """The name of what stands at a place, and where it ends; no name and the place itself where nothing does."""
        match = self.telling.match(text, place) if self.quick.match(text, place) else None
        return ((match.lastgroup or "").partition("__")[0], match.end()) if match else ("", place)


class Notation(NamedTuple):
    """What finds the numbers of a text."""

    number: re.Pattern[str]
    words: Mapping[str, float]
    scale: re.Pattern[str]
    scales: Mapping[str, float]
    group: re.Pattern[str]
    """Digits that a scale follows: the next group of a number."""
    phrases: Sequence[tuple[re.Pattern[str], float, str]]
    unit: Named
    signs: Mapping[str, str]
    ordinal: re.Pattern[str]
    ordinal_before: re.Pattern[str]
    and_a_half: re.Pattern[str]
    fraction: re.Pattern[str]
    only: re.Pattern[str]
    """What behind a number below one is no scale: 0.03만, only 0.03."""
    counter: re.Pattern[str]
    joins: re.Pattern[str]
    lists: re.Pattern[str]
    """The same without what only joins the ends of a range or of a change."""
    thing: Named
    thing_before: re.Pattern[str]
    """What is counted, right before a number, in those languages that put it there."""


@cache
def notation(languages: tuple[str, ...]) -> Notation:
    """The numbers of texts in these languages."""
    files = [read(language, "numbers") for language in languages]
    words, scales, signs = (_merged(files, table) for table in ("words", "scales", "signs"))
    letters = _merged(files, "letters")
    phrases = [(form, file, pair) for file in files for form, pair in file["phrases"].items()]
    number = "|".join(
        [
            *(f"(?P<phrase>{_any(_phrase(form, file) for form, file, _ in phrases)})",),
            f"(?P<digits>{_DIGITS}{_EXPONENT})",
            f"(?P<word>{_any(_word(word, file) for file in files for word in _longest(file['words']))})",
        ]
    )
    return Notation(
        number=re.compile(f"(?<![A-Za-z])(?=[0-9.{_first(phrases, words)}])(?:{number})"),
        words=words,
        scale=re.compile(
            rf"(?P<letter>{_any(_longest(letters))})(?![A-Za-z])"
            rf"|[\s-]?(?P<scale>{_any(_longest(scales))})(?![A-Za-z])"
        ),
        scales=scales | letters,
        group=re.compile(rf"\s?(\d[\d,]*)(?=\s?(?:{_any(_longest(scales))})(?![A-Za-z]))"),
        phrases=[(re.compile(_latin(form)), float(value), unit) for form, _, (value, unit) in phrases],
        unit=_quick(r"[\s-]?", files, "units", ""),
        signs=signs,
        ordinal=_pattern(file["ordinal"] for file in files),
        ordinal_before=re.compile(f"(?:{_any(_given(files, 'ordinal_before'))})$"),
        and_a_half=_pattern(_given(files, "and_a_half")),
        only=_pattern(_given(files, "only")),
        fraction=_pattern(_given(files, "fraction")),
        counter=re.compile(rf"\s?(?:{_any(file['counter'] for file in files)})"),
        joins=re.compile(rf"(?:\s|[-–~∼/,&+]|{_any(file['joins'] for file in files)}){{1,6}}"),
        lists=re.compile(rf"(?:\s|[/,&+]|{_any(file['lists'] for file in files)}){{1,6}}"),
        thing=_quick(rf"\+?(?:-|[\s-]*{_between(files)})", files, "things", _NO_MORE),
        thing_before=_before([file for file in files if file.get("counted_first")]),
    )


def _merged(files: Iterable[Mapping[str, Any]], table: str) -> dict[str, Any]:
    return {form: value for file in files for form, value in file[table].items()}


def _given(files: Iterable[Mapping[str, Any]], form: str) -> list[str]:
    """A form of those languages that have it."""
    return [file[form] for file in files if form in file]


def _word(word: str, file: Mapping[str, Any]) -> str:
    return f"{file['before']}{word}{file['after']}"


def _first(phrases: Iterable[tuple[str, Any, Any]], words: Iterable[str]) -> str:
    """The characters that a number in words may begin with: whatever else stands there is passed over at once."""
    return "".join(
        sorted({letter for form, _, _ in phrases for letter in _STARTS.findall(form)} | {w[0] for w in words})
    )


def _phrase(form: str, file: Mapping[str, Any]) -> str:
    return f"{file['before']}(?:{form}){file['phrase_after']}"


def _longest(forms: Iterable[str]) -> list[str]:
    return sorted(forms, key=len, reverse=True)


def _any(forms: Iterable[str]) -> str:
    return _latin("|".join(forms)) or NEVER


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile(_any(forms))


def _latin(form: str) -> str:
    r"""In a form, `\b` ends a word in Latin letters: a particle of another script may follow."""
    return form.replace(r"\b", "(?![A-Za-z])")


def _quick(before: str, files: Sequence[Mapping[str, Any]], table: str, after: str) -> Named:
    """One pattern that says whether any form is there, and one that says which."""
    forms = [(_latin(form), name) for file in files for name, all_forms in file[table].items() for form in all_forms]
    forms.sort(key=lambda pair: -len(pair[0]))
    plain = "|".join(form for form, _ in forms)
    groups = "|".join(f"(?P<{name}__{place}>{form})" for place, (form, name) in enumerate(forms))
    return Named(re.compile(f"{before}(?:{plain}){after}"), re.compile(f"{before}(?:{groups}){after}"))


def _before(files: Sequence[Mapping[str, Any]]) -> re.Pattern[str]:
    groups = [
        f"(?P<{name}__{place}>{form})"
        for file in files
        for name, all_forms in file["things"].items()
        for place, form in enumerate(all_forms)
    ]
    return re.compile(rf"(?:{'|'.join(groups) or NEVER})\s?$")


def _between(files: Sequence[Mapping[str, Any]]) -> str:
    """Up to some words between a number and what it counts."""
    words = []
    for file in files:
        between = file["between"]
        form = _any(between["only"]) if "only" in between else rf"(?!(?:{_any(between['never'])})\b)[a-z][a-z-]*"
        words.append(f"(?:(?:{form})[\\s]+){{0,{between['most']}}}")
    return f"(?:{'|'.join(words)})"

"""Makes a true analysis false in one place: the errors that language models make.

What is mutated is found by plain patterns of its own, not by the checker's reading of numbers and names.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from functions.summarize.answer import Answer
from shared.model.analysis import Statement
from shared.model.frozen import Frozen
from tests.quality.papers import Case
from tests.quality.wrong import NAMES, SCALES, TURNS, UNITS, WORDS, WRONG_KOREAN, WRONG_WORDS

CLAIMS = ("one_line", "key_points", "detail", "numbers")
"""Fields that say what the paper says. In advice only digits and names are mutated: the rest is the writer's own."""

IN_ENGLISH = {"%": "x", "ms": "seconds"}

DIGITS = re.compile(r"(?<![A-Za-z0-9_.,-])\d[\d,]*(?:\.\d+)?(?![\d.]*[A-Za-z]*\d)")
ONE_NUMBER = re.compile(r"\s*")
"""What stands inside one number: 1억 3100만."""
ONE_LIST = re.compile(r"\s*(?:,|/|·|및|와|과|and|or|\()*\s*")
"""What joins the names of one list, or a name and its acronym: their order tells nothing."""
JOINED = re.compile(r"(?:[A-Z][a-z]+|[A-Z]+s?|[a-z]+)(?:-(?:[A-Z][a-z]+|[a-z]+))+$|[A-Z]+s$")
"""Words that are only joined, and acronyms in the plural."""


class Mutation(Frozen):
    """A false answer, and which item is false."""

    kind: str
    case: Case
    item: str
    before: str
    after: str
    answer: Answer


Change = Callable[[str, Case, random.Random], Iterator[str]]


def texts(answer: Answer) -> Iterator[tuple[str, str]]:
    """Every text with the path of its item; the value of a number has its own."""
    for path, statement in _statements(answer):
        yield path, statement.text
    for place, number in enumerate(answer.numbers):
        yield f"numbers.{place}", number.value


def _statements(answer: Answer) -> Iterator[tuple[str, Statement]]:
    yield "one_line", answer.one_line
    for field in ("key_points", "practice_ideas", "risks"):
        yield from ((f"{field}.{place}", each) for place, each in enumerate(getattr(answer, field)))
    yield from ((field, each) for field in ("developer_view", "detail") if (each := getattr(answer, field)))


def changed(answer: Answer, path: str, text: str) -> Answer:
    """The answer with another text at the path."""
    field, _, place = path.partition(".")
    value = getattr(answer, field)
    if not place:
        return answer.model_copy(update={field: value.model_copy(update={"text": text})})
    part = "value" if field == "numbers" else "text"
    each = tuple(
        one.model_copy(update={part: text}) if str(number) == place else one for number, one in enumerate(value)
    )
    return answer.model_copy(update={field: each})


def mutations(case: Case) -> Iterator[Mutation]:
    """Every mutation of the case, one for each thing that can be made false."""
    for kind, change in CHANGES.items():
        for path, text in texts(case.answer):
            for after in dict.fromkeys(change(text, case, random.Random(f"{case.id} {kind} {path}"))):
                if after != text and _is_false(kind, path, text, after):
                    yield Mutation(
                        kind=kind,
                        case=case,
                        item=path,
                        before=text,
                        after=after,
                        answer=changed(case.answer, path, after),
                    )


def _is_false(kind: str, path: str, text: str, after: str) -> bool:
    """In advice, a count in words or a direction is the writer's own and makes nothing false."""
    if path.startswith(CLAIMS) or kind in ("name", "scale", "unit"):
        return True
    return kind == "number" and DIGITS.findall(text) != DIGITS.findall(after)


def _numbers(text: str, case: Case, chance: random.Random) -> Iterator[str]:
    taken = {float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", case.abstract + text)}
    for match in DIGITS.finditer(text):
        value = float(match.group().replace(",", ""))
        decimals = len(match.group().partition(".")[2])
        shift = chance.choice((0.7, 0.9, 1.1, 1.3))
        steps = (round(value * shift + step * 10**-decimals, decimals) for step in range(1, 50))
        other = next(step for step in steps if step != value and step not in taken)
        yield f"{text[: match.start()]}{other:.{decimals}f}{text[match.end() :]}"
    for word, other_word in WORDS.items():
        for match in re.finditer(rf"(?<![가-힣A-Za-z]){word}", text):
            yield f"{text[: match.start()]}{other_word}{text[match.end() :]}"


def _after_digits(table: Mapping[str, str], between: str) -> Change:
    def change(text: str, case: Case, chance: random.Random) -> Iterator[str]:
        forms = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
        for match in re.finditer(rf"(?<=\d)({between})({forms})(?![A-Za-z])", text):
            if not re.search(r"[A-Za-z_-]\d[\d.]*$", text[: match.start()]):
                wrong = IN_ENGLISH.get(match[2], table[match[2]]) if case.language == "en" else table[match[2]]
                yield f"{text[: match.start(2)]}{wrong}{text[match.end() :]}"

    return change


def known_names(case: Case) -> list[str]:
    """Names of the text, plainly: words with two capitals, or a capital and a digit, but for acronyms of three.

    Words that are only joined, such as Vision-Language and LLM-based, are no names.
    """
    found = re.findall(
        r"(?<![\w-])(?=[\w+.-]*[A-Z][\w+.-]*[A-Z\d])[A-Z][\w+-]*(?:\.\d+)?[\w+-]*", f"{case.title} {case.abstract}"
    )
    return sorted({name for name in found if len(name) > 3 and any(map(str.islower, name)) and not JOINED.match(name)})


def _names(text: str, case: Case, chance: random.Random) -> Iterator[str]:
    for name in known_names(case):
        if re.search(rf"(?<![\w-]){re.escape(name)}(?![A-Za-z0-9-])", text):
            wrong = [
                chance.choice(NAMES),
                f"{name[:-1]}{'7' if name[-1].isdigit() and name[-1] != '7' else name[-1] + 'X'}",
            ]
            for other in wrong:
                yield re.sub(rf"(?<![\w-]){re.escape(name)}(?![A-Za-z0-9-])", other, text)


def _expansions(text: str, case: Case, chance: random.Random) -> Iterator[str]:
    for match in re.finditer(r"\(([A-Z][a-z]+(?:[ -][A-Za-z]+){1,6})\)", text):
        if re.search(r"[A-Z]{2,}[a-z]?$|[a-z]?[A-Z][a-z]?[A-Z]$", text[: match.start()]):
            words = re.split(r"(?<=[ -])|(?=[ -])", match[1])
            places = [place for place, word in enumerate(words) if word[0].isupper()]
            for place in places:
                wrong_words = [*words[:place], chance.choice(WRONG_WORDS), *words[place + 1 :]]
                yield f"{text[: match.start(1)]}{''.join(wrong_words)}{text[match.end(1) :]}"
    for match in re.finditer(r"((?:[A-Z][a-z-]+ ){2,6})\(([A-Z]{2,})\)", text):
        words = match[1].split()
        for place in range(len(words)):
            wrong_words = [*words[:place], chance.choice(WRONG_WORDS), *words[place + 1 :]]
            yield f"{text[: match.start(1)]}{' '.join(wrong_words)} ({match[2]}){text[match.end() :]}"
    for right, wrong in WRONG_KOREAN.items():
        for match in re.finditer(rf"{right}(?= ?\([A-Z][A-Za-z]*[A-Z][A-Za-z]*\))", text):
            yield f"{text[: match.start()]}{wrong}{text[match.end() :]}"


def _exchanged(pattern: re.Pattern[str], text: str, together: re.Pattern[str]) -> Iterator[str]:
    """Neighbours in each other's place, but for those whose order tells nothing by what stands between them."""
    found = list(pattern.finditer(text))
    for one, other in pairwise(found):
        if one.group() != other.group() and not together.fullmatch(text, one.end(), other.start()):
            yield (
                f"{text[: one.start()]}{other.group()}{text[one.end() : other.start()]}"
                f"{one.group()}{text[other.end() :]}"
            )


def _numbers_exchanged(text: str, case: Case, chance: random.Random) -> Iterator[str]:
    yield from _exchanged(
        re.compile(rf"{DIGITS.pattern}(?:%p|%|배|x|점|[KMBT](?![A-Za-z])|조|억|만)?"), text, ONE_NUMBER
    )


def _names_exchanged(text: str, case: Case, chance: random.Random) -> Iterator[str]:
    names = known_names(case)
    if names:
        forms = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
        yield from _exchanged(re.compile(rf"(?<![\w-])(?:{forms})(?![A-Za-z0-9-])"), text, ONE_LIST)


def _turned(text: str, case: Case, chance: random.Random) -> Iterator[str]:
    for word, opposite in TURNS.items():
        for match in re.finditer(rf"(?<![A-Za-z]){word}", text):
            yield f"{text[: match.start()]}{opposite}{text[match.end() :]}"


CHANGES: Mapping[str, Change] = {
    "number": _numbers,
    "unit": _after_digits(UNITS, r"(?: ?(?:조|억|만|천|[KMBT]|billion|million|trillion)?(?:\s?개의?|의)?[ -]?)"),
    "scale": _after_digits(SCALES, r""),
    "name": _names,
    "acronym": _expansions,
    "numbers exchanged": _numbers_exchanged,
    "names exchanged": _names_exchanged,
    "direction": _turned,
}

"""Makes a true analysis false in one place: the errors that language models make.

What is mutated is found by plain patterns of its own, not by the checker's reading of numbers and names.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from functions.summarize.answer import Answer
from shared.analysis import Statement
from shared.frozen import Frozen
from tests.bench.grounding.papers import Case

CLAIMS = ("one_line", "key_points", "detail", "numbers")
"""Fields that say what the paper says. In advice only digits and names are mutated: the rest is the writer's own."""

OF_DIGITS = ("number", "unit", "scale")

DIGITS = re.compile(r"(?<![A-Za-z0-9_.,-])\d[\d,]*(?:\.\d+)?(?![\d.]*[A-Za-z]*\d)")
WORDS: Mapping[str, str] = {
    "두 배": "세 배",
    "절반": "4분의 1",
    "두 ": "네 ",
    "세 ": "다섯 ",
    "네 ": "세 ",
    "열두 ": "열 ",
    "다섯 ": "여섯 ",
    "double": "triple",
    "half": "a quarter",
    "twelve": "eleven",
    "three": "five",
    "two": "four",
    "five": "seven",
}
UNITS: Mapping[str, str] = {
    "%p": "%",
    "%": "배",
    "배": "%",
    "ms": "초",
    "초": "분",
    "분": "시간",
    "시간": "일",
    "일 동안": "시간 동안",
    "GB": "MB",
    "MB": "GB",
    "Hz": "kHz",
    "km": "m",
    "비트": "바이트",
    "토큰": "파라미터",
    "파라미터": "토큰",
    "달러": "%",
    "점": "%",
    "dB": "%",
    "년": "개월",
    "주": "개월",
    "kWh": "kW",
    "mm": "cm",
    "cm": "m",
    "x ": "% ",
    "hours": "days",
    "minutes": "seconds",
    "seconds": "minutes",
    "percent": "times",
    "points": "percent",
    "days": "weeks",
    "tokens": "parameters",
    "parameters": "tokens",
    "times": "percent",
    "도 ": "% ",
}
SCALES: Mapping[str, str] = {
    "조": "억",
    "억": "만",
    "만": "억",
    "천": "만",
    "B": "M",
    "M": "B",
    "K": "M",
    "k": "M",
    "T": "B",
    " billion": " million",
    " million": " billion",
    " trillion": " billion",
    " thousand": " million",
}
NAMES = ("Gemini-3-Pro", "CIFAR-100", "Zephyrus", "HumanEval+", "Atlas-9B", "WikiSQL", "MedQA-X", "NuPlan", "OmniBench")
WRONG_WORDS = ("Adaptive", "Latent", "Dynamic", "Hierarchical", "Unified", "Stochastic")
WRONG_KOREAN: Mapping[str, str] = {
    "강화학습": "지도학습",
    "시각-언어 모델": "시각-행동 모델",
    "대규모 언어 모델": "대규모 행동 모델",
    "오류율": "정확률",
    "검색 증강 생성": "검색 증강 추론",
    "미세조정": "사전조정",
    "전문가 혼합": "전문가 분리",
    "그래프 신경망": "합성곱 신경망",
    "확산 트랜스포머": "확산 오토인코더",
    "선호 최적화": "선호 정규화",
    "사고 사슬": "사고 나무",
    "음성 합성": "음성 분리",
    "상태 공간 모델": "상태 전이 모델",
    "오토인코더": "오토마타",
    "문맥 내 학습": "문맥 외 학습",
    "방사장": "방사율",
}
TURNS: Mapping[str, str] = {
    "높이": "낮추",
    "높인": "낮춘",
    "높여": "낮춰",
    "낮추": "높이",
    "낮춘": "높인",
    "줄이": "늘리",
    "줄인": "늘린",
    "줄었": "늘었",
    "늘어": "줄어",
    "감소": "증가",
    "증가": "감소",
    "향상": "저하",
    "하락": "상승",
    "상승": "하락",
    "절감": "증가",
    "앞선": "뒤진",
    "앞서": "뒤지",
    "높음": "낮음",
    "낮음": "높음",
    "빠름": "느림",
    "빠르": "느리",
    "선호": "기피",
    "개선": "악화",
    "falls": "rises",
    "reduces": "increases",
    "ahead": "behind",
    "faster": "slower",
    "improves": "worsens",
    "cuts": "raises",
    "down": "up",
    "fewer": "more",
    "less": "more",
    "outperforms": "trails",
}


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
                if after != text and _is_false(kind, path, text):
                    yield Mutation(
                        kind=kind,
                        case=case,
                        item=path,
                        before=text,
                        after=after,
                        answer=changed(case.answer, path, after),
                    )


def _is_false(kind: str, path: str, text: str) -> bool:
    """In advice, a count in words or a direction is the writer's own and makes nothing false."""
    return path.startswith(CLAIMS) or (
        kind in ("number", "scale", "unit", "name") and bool(DIGITS.search(text) or kind == "name")
    )


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
                yield f"{text[: match.start(2)]}{table[match[2]]}{text[match.end() :]}"

    return change


def known_names(case: Case) -> list[str]:
    """Names of the text, plainly: words with two capitals, or a capital and a digit, but for acronyms of three."""
    found = re.findall(
        r"(?<![\w-])(?=[\w+.-]*[A-Z][\w+.-]*[A-Z\d])[A-Z][\w+-]*(?:\.\d+)?[\w+-]*", f"{case.title} {case.abstract}"
    )
    return sorted({name for name in found if len(name) > 3 and any(map(str.islower, name))})


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


def _exchanged(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    found = list(pattern.finditer(text))
    for one, other in pairwise(found):
        if one.group() != other.group():
            yield (
                f"{text[: one.start()]}{other.group()}{text[one.end() : other.start()]}"
                f"{one.group()}{text[other.end() :]}"
            )


def _numbers_exchanged(text: str, case: Case, chance: random.Random) -> Iterator[str]:
    yield from _exchanged(re.compile(rf"{DIGITS.pattern}(?:%p|%|배|x|점|[KMBT](?![A-Za-z])|조|억|만)?"), text)


def _names_exchanged(text: str, case: Case, chance: random.Random) -> Iterator[str]:
    names = known_names(case)
    if names:
        forms = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
        yield from _exchanged(re.compile(rf"(?<![\w-])(?:{forms})(?![A-Za-z0-9-])"), text)


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

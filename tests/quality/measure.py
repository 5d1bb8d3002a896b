"""How much of what is made false the check finds, and how often it objects to what is true.

The set has analyses of the project's own papers (`written/`) and of papers of recorded days (`recorded/`). What real
models wrote is measured by `tests.quality.answers`: an objection has to be right there first.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from statistics import median

from functions.summarize.grounding import Finding, check
from functions.summarize.grounding.findings import REPAIRED
from shared.model.texts import texts
from tests.quality.mutate import Mutation, mutations
from tests.quality.papers import LANGUAGES, Case, cases, recorded_cases

Row = tuple[str, str, str]
"""What is measured, the value, the target."""

EXCHANGED = "numbers or names exchanged"
TARGETS = {"number": 95.0, "unit": 95.0, "scale": 95.0, "name": 95.0, "acronym": 90.0}
"""Per cent of mutations that are found, by kind; `direction` is only reported."""
MAX_FALSE_ALARMS = 1.0
"""Per cent of true items."""
MAX_MILLISECONDS = 5.0
"""Of a whole analysis in the median, its paper read for the first time."""
OTHERS = 10
"""Papers that each analysis is held against."""


def measure() -> list[Row]:
    """All measurements: of the set, of what nobody has tuned on, and of papers of the real world."""
    everything = (*cases(), *recorded_cases())
    return [
        *_measured("check", cases()),
        *_measured("check, recorded papers", recorded_cases()),
        ("check: milliseconds an analysis", f"{milliseconds(everything):.1f}", f"<= {MAX_MILLISECONDS}"),
    ]


def _measured(name: str, chosen: Sequence[Case]) -> list[Row]:
    if not chosen:
        return [(name, "-", "the recorded days are not here")]
    rates = mutation_rates(chosen)
    rows = [
        (f"{name}: {kind}", _share(*rates[kind]), f">= {TARGETS[kind]} %" if kind in TARGETS else "reported")
        for kind in rates
    ]
    return [
        *rows,
        (f"{name}: analyses swapped", _share(*swapped_rate(chosen)), ">= 100 %"),
        (f"{name}: analyses swapped, citing sentences", _share(*swapped_rate(chosen, cited=True)), ">= 100 %"),
        (f"{name}: false alarms", _share(*false_alarms(chosen)), f"<= {MAX_FALSE_ALARMS} %"),
        (f"{name}: false alarms of style", _share(*false_alarms(chosen, style=True)), "<= 1.0 %"),
    ]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} % ({part} of {whole})"


def found(mutation: Mutation) -> bool:
    """Whether the check objects to the item that was made false."""
    return any(
        finding.item == mutation.item and finding.severity in REPAIRED
        for finding in check(mutation.answer, mutation.case.title, mutation.case.abstract, mutation.case.language)
    )


def mutation_rates(chosen: Sequence[Case]) -> dict[str, tuple[int, int]]:
    """Found and made, by kind."""
    counts = [_counts(case) for case in chosen]
    caught = sum((each[0] for each in counts), Counter())
    made = sum((each[1] for each in counts), Counter())
    return {kind: (caught[kind], made[kind]) for kind in sorted(made)}


@cache
def _counts(case: Case) -> tuple[Counter[str], Counter[str]]:
    made: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for mutation in mutations(case):
        caught_it = found(mutation)
        for kind in {mutation.kind, EXCHANGED if "exchanged" in mutation.kind else mutation.kind}:
            made[kind] += 1
            caught[kind] += caught_it
    return caught, made


def swapped_rate(chosen: Sequence[Case], *, cited: bool = False) -> tuple[int, int]:
    """Analyses that are found wrong when they are held against other papers of their language.

    With `cited`, every item cites all of the other paper's sentences, so that only what it says can give it away.
    """
    pairs = [pair for language in LANGUAGES for pair in _pairs([each for each in chosen if each.language == language])]
    caught = sum(
        any(finding.severity in REPAIRED for finding in _against(one, other, cited=cited)) for one, other in pairs
    )
    return caught, len(pairs)


def _pairs(chosen: Sequence[Case]) -> Iterator[tuple[Case, Case]]:
    """Each with the next ones: with every other one they would grow by the square."""
    for place, one in enumerate(chosen):
        others = (chosen[(place + step) % len(chosen)] for step in range(1, min(OTHERS, len(chosen) - 1) + 1))
        yield from ((one, other) for other in others if other.id != one.id)


def _against(one: Case, other: Case, *, cited: bool) -> tuple[Finding, ...]:
    answer = one.answer
    if cited:
        sources = (other.abstract,)
        answer = answer.model_copy(
            update={
                "one_line": answer.one_line.model_copy(update={"sources": sources}),
                "key_points": tuple(point.model_copy(update={"sources": sources}) for point in answer.key_points),
                "numbers": tuple(number.model_copy(update={"source": other.abstract}) for number in answer.numbers),
                "detail": answer.detail and answer.detail.model_copy(update={"sources": sources}),
                "stated": (),
            }
        )
    return check(answer, other.title, other.abstract, one.language)


def false_alarms(chosen: Sequence[Case], *, style: bool = False) -> tuple[int, int]:
    """True items that the check objects to, of all."""
    objected = sum(
        len({finding.item for finding in _findings(case) if (finding.severity == "note") == style}) for case in chosen
    )
    return objected, sum(text.declared.kind != "topic" for case in chosen for text in texts(case.answer))


def _findings(case: Case) -> tuple[Finding, ...]:
    return check(case.answer, case.title, case.abstract, case.language)


def milliseconds(chosen: Sequence[Case]) -> float:
    """The median of an analysis, in processor time: other work on the machine does not count."""
    needed = []
    for case in chosen:
        _forget()
        start = time.process_time()
        _findings(case)
        needed.append((time.process_time() - start) * 1000)
    return median(needed)


def _forget() -> None:
    """Empties the caches of texts, so that every paper is new; those of the language files are kept."""
    for name, module in list(sys.modules.items()):
        if name.startswith("functions.summarize.grounding"):
            for value in vars(module).values():
                if hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"]:
                    value.cache_clear()


if __name__ == "__main__":
    for name, value, target in measure():
        print(f"{name:60} {value:24} {target}")

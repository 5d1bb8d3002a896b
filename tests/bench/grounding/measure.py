"""How much of what is made false the check finds, and how often it objects to what is true.

Half of the papers was written when the checker was finished, in three parts. What they showed before anything was
changed for them: the first (`held_out.json`) a crash on `열 개`; then number 98.6 %, unit, scale, name and acronym
100 %, exchanged 80.0 %, false alarms 2 of 93. The second (`held_out_2.json`, which rounds, converts and counts together
as models do) number 98.2 %, unit 97.1 %, scale, name and acronym 100 %, exchanged 82.5 %, false alarms 11 of 137.
The third (`held_out_3.json`, full of ratios, differences and fractions of the writer's own) number 98.6 %, unit 97.1 %,
scale 100 %, name 99.4 %, acronym 0 of 1, exchanged 70.5 %, false alarms 33 of 225. Two of the 33 are its writer's
slips, who names a sentence too few (m11 ko stated.0, m12 en detail); they stay as written, as the whole file does. The
checker was mended for the classes that this part showed, so its row is no longer what to expect of a text that nobody
has seen: that is the first run's figures.
"""

import sys
import time
from collections import Counter
from collections.abc import Sequence
from statistics import median

from functions.summarize.grounding import Finding, check
from functions.summarize.grounding.items import items
from tests.bench.grounding.mutate import Mutation, mutations
from tests.bench.grounding.papers import Case, cases

Row = tuple[str, str, str]
"""What is measured, the value, the target."""

EXCHANGED = "numbers or names exchanged"
TARGETS = {"number": 95.0, "unit": 95.0, "scale": 95.0, "name": 95.0, "acronym": 95.0, EXCHANGED: 80.0}
"""Per cent of mutations that are found, by kind; `direction` is only reported."""
MOST_FALSE_ALARMS = 1.0
"""Per cent of true items."""
MOST_MILLISECONDS = 5.0
"""Of a whole analysis, its paper read for the first time."""


def measure() -> list[Row]:
    """All measurements of the set, of what was held out of it, and of the part that was held out last."""
    held_out = [case for case in cases() if case.held_out]
    untuned = [case for case in cases() if case.untuned]
    return [
        *_measured("grounding", cases()),
        *_measured("grounding, held out", held_out),
        *_measured("grounding, third part", untuned),
        ("grounding: milliseconds an analysis", f"{milliseconds(cases()):.1f}", f"<= {MOST_MILLISECONDS}"),
    ]


def _measured(name: str, chosen: Sequence[Case]) -> list[Row]:
    rates = mutation_rates(chosen)
    rows = [
        (f"{name}: {kind}", _share(*rates[kind]), f">= {TARGETS[kind]} %" if kind in TARGETS else "reported")
        for kind in rates
    ]
    return [
        *rows,
        (f"{name}: analyses swapped", _share(*swapped_rate(chosen)), ">= 100 %"),
        (f"{name}: analyses swapped, citing sentences", _share(*swapped_rate(chosen, cited=True)), ">= 100 %"),
        (f"{name}: false alarms", _share(*false_alarms(chosen)), f"<= {MOST_FALSE_ALARMS} %"),
        (f"{name}: false alarms of style", _share(*false_alarms(chosen, style=True)), "<= 1.0 %"),
    ]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} % ({part} of {whole})"


def found(mutation: Mutation) -> bool:
    """Whether the check objects to the item that was made false."""
    return any(
        finding.item == mutation.item and finding.kind != "style"
        for finding in check(mutation.answer, mutation.case.title, mutation.case.abstract, mutation.case.language)
    )


def mutation_rates(chosen: Sequence[Case]) -> dict[str, tuple[int, int]]:
    """Found and made, by kind."""
    made: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for mutation in (mutation for case in chosen for mutation in mutations(case)):
        caught_it = found(mutation)
        for kind in {mutation.kind, EXCHANGED if "exchanged" in mutation.kind else mutation.kind}:
            made[kind] += 1
            caught[kind] += caught_it
    return {kind: (caught[kind], made[kind]) for kind in sorted(made)}


def swapped_rate(chosen: Sequence[Case], *, cited: bool = False) -> tuple[int, int]:
    """Analyses that are found wrong when they are held against every other paper of their language.

    With `cited`, every item cites all of the other paper's sentences, so that only what it says can give it away.
    """
    pairs = [
        (one, other) for one in chosen for other in chosen if one.id != other.id and one.language == other.language
    ]
    caught = sum(any(finding.kind != "style" for finding in _against(one, other, cited=cited)) for one, other in pairs)
    return caught, len(pairs)


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
        len({finding.item for finding in _findings(case) if (finding.kind == "style") == style}) for case in chosen
    )
    return objected, sum(1 for case in chosen for _ in items(case.answer))


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

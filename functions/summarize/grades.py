"""Difficulty and reliability: pure functions of facts that the digest shows. The model states facts, never a grade.

Seven facts are asked for: is there code, are there weights, is there a licence, is the compute named, are there
benchmark results, is there an ablation, do the authors name limits. A fact is known where the list or a sentence of the
paper states it; that an abstract is silent proves nothing, so fewer than three known facts make no grade: `unknown`.

- Difficulty of adopting it falls with what one can start from: of code, weights, licence and compute, three or more
  known are `low`, two are `medium`, fewer are `high`.
- Reliability rises with what can be held against the paper: of code, benchmark, ablation and limits, three or more
  known are `high`, two are `medium`, fewer are `low`.

The reasons are the codes of the known facts that the grade follows from.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from functions.summarize.answer import StatedFact
from shared.draft.availability import released_kinds
from shared.model.analysis import EVIDENCE, STARTING_POINTS, Grade, Graded
from shared.model.facts import Facts

MIN_KNOWN = 3
MANY, SOME = 3, 2
ASKED = ("code", "weights", "licence", "compute", "benchmark", "ablation", "limits")

# A sentence that states such a fact holds one of these words: a model cannot raise a grade with any other sentence.
_CUES: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(pattern, re.IGNORECASE)
    for kind, pattern in {
        "code": r"\bcode|\bimplementation|\bgit(?:hub|lab)|open-?sourc|\btoolkit|\blibrary|\brelease|\bavailable",
        "weights": r"\bweights|\bcheckpoints?|\bmodels?\b.*\b(?:releas|available|open)"
        r"|\b(?:releas|open)\w*.*\bmodels?\b",
        "licence": r"\blicen[cs]|\bapache\b|\bmit\b|\bbsd\b|\bcc[ -]by|\bgpl\b|public domain|open-?sourc",
        "compute": r"\b[cgt]pus?\b|\b[abhv]\d{2,4}s?\b|\brtx\b|\b(?:hour|day|device|parameter)s?\b|\bflops?"
        r"|\bmemory\b|\bgb\b|\blaptop|\bphone|\b\d+(?:\.\d+)?[bm]\b",
        "benchmark": r"\d",
        "ablation": r"\bablat|\bcontrolled\b|\bisolat\w+|\bcomponents?\b|\bremov\w+",
        "limits": r"\blimit|\bfail|\bhowever\b|\bremain|\bonly\b|\bfuture\b|\bcannot\b|\bstruggl"
        r"|\bchalleng|\bnot yet\b",
    }.items()
}


class Grades(NamedTuple):
    """Both grades of a paper."""

    difficulty: Graded
    reliability: Graded


def grades(
    stated: Iterable[StatedFact], facts: Facts, sentences: Iterable[str], of_text: Collection[str] = ()
) -> Grades:
    """The grades of a paper with their reasons. `of_text`: what its whole text states, where that was read."""
    known = known_facts(stated, facts, sentences) | set(of_text)
    enough = len(known) >= MIN_KNOWN

    def graded(asked: tuple[str, ...], few: Grade, some: Grade, many: Grade) -> Graded:
        if not enough:
            return Graded(grade="unknown", reasons=("too_little",))
        found = [fact for fact in asked if fact in known]
        grade = many if len(found) >= MANY else some if len(found) >= SOME else few
        return Graded(grade=grade, reasons=tuple(found) or ("none",))

    return Grades(graded(STARTING_POINTS, "high", "medium", "low"), graded(EVIDENCE, "low", "medium", "high"))


def known_facts(stated: Iterable[StatedFact], facts: Facts, sentences: Iterable[str]) -> frozenset[str]:
    """Which of the facts that are asked for are known: from the list, from the text's own words, from the model."""
    known = {fact.kind for fact in stated if fact.kind in ASKED and _CUES[fact.kind].search(fact.source)}
    known |= {kind for sentence in sentences for kind in released_kinds(sentence) if kind in {"code", "weights"}}
    return frozenset(known | ({"code"} if facts.code else set()))

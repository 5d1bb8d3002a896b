"""The language model behind both protocols: what it is asked, what it answers, and how it fails."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from botocore.exceptions import ReadTimeoutError

from tests.factories.model_stub import Asked, honest
from tests.simulation.calls import Calls
from tests.simulation.faults import HANG_SECONDS
from tests.simulation.lists import ID

ANSWER_SECONDS = 4.0
STATUSES: Mapping[str, int] = {"throttled": 429, "down": 503}


class Question(NamedTuple):
    """A call, as far as it tells one analysis from another."""

    paper: str
    language: str
    model: str
    full: bool
    whole: bool
    """Whether the paper's whole text is read."""


class Answered(NamedTuple):
    """What came of a call. Status 0 is a model that cannot be reached."""

    content: Mapping[str, Any] | str = ""
    stop: str = "end"
    status: int = 200

    @property
    def text(self) -> str:
        """The content as a server writes it."""
        return self.content if isinstance(self.content, str) else json.dumps(self.content, ensure_ascii=False)


class Answerer:
    """Answers about the papers of the simulated lists. `watch` hears of each call before it begins."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self.watch: Callable[[Question], object] = lambda _: None

    def ask(self, model: str, system: str, text: str, patience: float) -> Answered:
        """One call. Raises ReadTimeoutError where it takes longer than the caller waits."""
        asked = Asked(service="openai", system=system, text=text)
        found = re.search(ID, text)
        assert found, "a prompt names its paper by the title"
        question = Question(found[0], "ko" if "한국어" in system else "en", model, asked.full, "§" in text)
        fault = self._calls.pass_through("model", f"{question.paper}.{question.language}")
        if fault and fault.kind == "killed before":
            self._calls.die()
        if fault and fault.kind in STATUSES:
            return Answered(status=STATUSES[fault.kind])
        self.watch(question)
        self._calls.kernel.sleep(ANSWER_SECONDS)
        if fault is None:
            return Answered(honest(asked))
        return self._wrong(fault.kind, asked, patience)

    def _wrong(self, kind: str, asked: Asked, patience: float) -> Answered:
        match kind:
            case "killed after":
                self._calls.die()
            case "slow":
                self._calls.kernel.sleep(patience)
                raise ReadTimeoutError(endpoint_url="https://model.invalid")
            case "hung":
                self._calls.kernel.sleep(HANG_SECONDS)
            case "garbled":
                return Answered('{"one_line": {"text": "')
            case "cut off":
                return Answered(json.dumps(honest(asked), ensure_ascii=False)[:200], stop="cut off")
            case "invented" if not asked.repair:
                honestly = honest(asked)
                return Answered({**honestly, "one_line": {**honestly["one_line"], "text": f"{asked.title} 99.9% 7B"}})
            case "refused":
                return Answered(stop="refused")
        return Answered(honest(asked))

"""What goes wrong, and where: a fault is a dice of the seed and the site, so that a history replays and shrinks."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

HANG_SECONDS = 100_000.0
"""Longer than any function may run."""
PLAIN = ("before", "unreachable", "killed before", "killed after", "stalled", "hung")
EFFECT = (*PLAIN, "answer lost", "repeated")
KINDS: Mapping[str, tuple[str, ...]] = {
    "get": PLAIN,
    "list": PLAIN,
    "put": EFFECT,
    "create": (*EFFECT, "conflict"),
    "delete": (*EFFECT, "partial"),
    "send": (*EFFECT, "partial"),
    "hide": (*PLAIN, "answer lost"),
    "publish": (*PLAIN, "answer lost"),
    "parameter": PLAIN,
    "model": (
        "killed before",
        "killed after",
        "throttled",
        "down",
        "slow",
        "garbled",
        "cut off",
        "invented",
        "refused",
    ),
    "web": ("killed before", "killed after", "throttled", "down", "slow", "garbled", "unreachable"),
    "text": (
        "killed before",
        "killed after",
        "throttled",
        "down",
        "slow",
        "unreachable",
        "garbled",
        "missing",
        "cut off",
        "large",
        "dripping",
    ),
    "post": ("killed before", "killed after", "throttled", "down", "slow", "unreachable", "answer lost"),
    "deliver": ("late", "held back", "undeleted"),
    "deliver twice": ("late", "held back", "undeleted", "twice", "twice at once"),
    "invoke": ("late", "twice", "twice at once"),
    "fire": ("missed", "doubled", "late"),
}
"""The faults of each operation. `deliver twice` is the delivery of a standard queue."""
RATE = 0.006
"""Of a call of weight 1 in a history of the middling kind."""
WEIGHTS: Mapping[str, float] = {
    "list": 0.15,
    "get": 0.4,
    "create": 6,
    "delete": 8,
    "hide": 4,
    "send": 5,
    "publish": 20,
    "parameter": 20,
    "model": 12,
    "web": 3,
    "text": 15,
    "post": 30,
    "deliver": 4,
    "deliver twice": 8,
    "invoke": 3,
}
"""Rare calls fail more often than their share of the calls: what they guard is most of what can be lost."""
MARKERS = 12
"""The weight of a marker's write."""
INTENSITIES = (0.3, 1.0, 3.0)
OUTAGES = (
    "web:list",
    "model",
    "publish",
    "send:PublishQueue",
    "put:site/",
    "create:mailed/",
    "put:mailed/",
    "web:github",
    "text",
)
OUTAGE_KINDS: Mapping[str, str] = {
    "publish": "answer lost",
    "web:list": "down",
    "model": "down",
    "web:github": "down",
    "text": "throttled",
    "post": "answer lost",
}


class Fault(NamedTuple):
    """What happens at a site; `seconds` is how long it lasts, where it lasts."""

    kind: str
    seconds: float = 0.0


class Outage(NamedTuple):
    """A kind of call that fails from one time to another, in hours of the history."""

    calls: str
    begins: float
    ends: float


class Dice:
    """Pseudo-random numbers by name: the same seed and name give the same number, whatever was drawn before."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def number(self, name: str) -> float:
        """At least 0 and less than 1."""
        digest = hashlib.blake2b(f"{self._seed}/{name}".encode(), digest_size=8).digest()
        return int.from_bytes(digest) / 2**64

    def choice(self, name: str, options: tuple[str, ...]) -> str:
        """One of the options."""
        return options[int(self.number(name) * len(options))]


class Faults:
    """Decides at each site. `planned`, where it is given, stands instead of the dice."""

    def __init__(self, seed: int, planned: Mapping[str, Fault] | None = None) -> None:
        self.dice = Dice(seed)
        self.injected: dict[str, Fault] = {}
        self.visits: Counter[str] = Counter()
        """How often each operation was called."""
        self.active = True
        self._planned = planned
        self._nth: Counter[str] = Counter()
        self._intensity = INTENSITIES[int(self.dice.number("intensity") * len(INTENSITIES))]
        self._outages = [] if planned is not None else list(self._drawn_outages())
        for site, fault in (planned or {}).items():
            if site.startswith("outage:"):
                calls, begins = site.removeprefix("outage:").rsplit("@", 1)
                self._outages.append(Outage(calls, float(begins), float(begins) + fault.seconds))
                self.injected[site] = fault

    def at(self, function: str, operation: str, key: str, hours: float) -> Fault | None:
        """The fault of this call, if it has one. Counts the call."""
        self.visits[operation] += 1
        place = f"{function}:{operation}:{key}"
        self._nth[place] += 1
        if not self.active:
            return None
        if outage := self._outage(operation, key, hours):
            return outage
        site = f"{place}#{self._nth[place]}"
        fault = self._drawn(site, operation, key) if self._planned is None else self._planned.get(site)
        if fault:
            self.injected[site] = fault
        return fault

    def _drawn(self, site: str, operation: str, key: str) -> Fault | None:
        number = self.dice.number(site)
        weight = MARKERS if operation == "put" and key.startswith("open/") else WEIGHTS.get(operation, 1.0)
        rate = min(RATE * weight * self._intensity, 0.4)
        if number >= rate:
            return None
        kind = self.dice.choice(f"{site}/kind", KINDS[operation])
        return Fault(kind, round(2 + 58 * number / rate, 1))

    def _drawn_outages(self) -> list[Outage]:
        if self.dice.number("outage") > 0.15:
            return []
        calls = self.dice.choice("outage/calls", OUTAGES)
        begins = round(40 * self.dice.number("outage/begins"), 1)
        outage = Outage(calls, begins, begins + round(0.5 + 30 * self.dice.number("outage/hours") ** 2, 1))
        self.injected[f"outage:{calls}@{begins}"] = Fault("outage", round(outage.ends - begins, 1))
        return [outage]

    def _outage(self, operation: str, key: str, hours: float) -> Fault | None:
        for outage in self._outages:
            if outage.begins <= hours < outage.ends and f"{operation}:{key}".startswith(outage.calls):
                return Fault(OUTAGE_KINDS.get(outage.calls, "before"))
        return None

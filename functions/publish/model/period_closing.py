"""Whether a week or month can be closed: a pure function of what lies in the bucket and the time."""

from collections.abc import Collection
from datetime import date, datetime

from shared.model.frozen import Frozen
from shared.model.manifest import PeriodManifest
from shared.model.span import Period


class PeriodState(Frozen):
    """The reads of a week or month, at least one, and its days that are still open."""

    manifests: tuple[PeriodManifest, ...]
    open_days: frozenset[date] = frozenset()

    @property
    def newest(self) -> PeriodManifest:
        """The newest read."""
        return max(self.manifests, key=lambda manifest: manifest.read_at)

    @property
    def period(self) -> Period:
        """What it is of."""
        return self.newest.period

    @property
    def upvotes(self) -> dict[str, int]:
        """The votes now by paper, each of the newest read that has it."""
        in_order = sorted(self.manifests, key=lambda manifest: manifest.read_at)
        return {votes.id: votes.upvotes for manifest in in_order for votes in manifest.papers}


def is_closed(state: PeriodState, now: datetime) -> bool:
    """When none of its days is open, or the time is up."""
    return not state.open_days or now >= state.newest.deadline


def days_of(period: Period, others: Collection[object]) -> frozenset[date]:
    """Those of the period's days that are among the others."""
    return frozenset(day for day in period.days if day in others)

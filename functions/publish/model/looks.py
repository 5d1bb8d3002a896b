"""Whether a message can change a day: the messages of papers that publish saw at its last look change nothing."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

from shared.model.frozen import Frozen
from shared.model.messages import PaperFailed, PaperSummarized
from shared.model.span import Day, Span

GOOD_FOR = timedelta(minutes=1)
"""A message that another process of the function took is missed for so long, and until the next message or tick."""

Settled = PaperSummarized | PaperFailed


class Look(Frozen):
    """What publish saw of a day, and what messages said since."""

    at: datetime
    summarised: Mapping[str, frozenset[str]]
    """The papers that had an analysis, by language."""
    awaited: Mapping[str, frozenset[str]] = {}
    """The papers that are on their way, by language."""

    def news(self, messages: Collection[Settled]) -> Iterator[tuple[str, str]]:
        """The languages and ids of papers that were not analysed yet."""
        for message in messages:
            for language in (message.language,) if message.language else self.summarised:
                if message.id not in self.summarised.get(language, ()):
                    yield language, message.id

    def after(self, messages: Collection[Settled]) -> "Look":
        """The look without the papers that are no longer awaited."""
        settled = frozenset(self.news(messages))
        left = {
            language: frozenset(each for each in ids if (language, each) not in settled)
            for language, ids in self.awaited.items()
        }
        return self.model_copy(update={"awaited": left})


class Looks:
    """The last look at each day."""

    def __init__(self) -> None:
        self._last: dict[Span, Look] = {}

    def is_due(self, day: Day, messages: Collection[Settled], now: datetime) -> bool:
        """Whether the day is to be looked at: a language whose papers are all settled has news."""
        look = self._last.get(day)
        if look is None or now - look.at > GOOD_FOR:
            return True
        self._last[day] = look.after(messages)
        return any(not self._last[day].awaited.get(language) for language, _ in look.news(messages))

    def note(self, span: Span, look: Look | None) -> None:
        """Remembers a look for as long as it is good. None: of a week or month, or of what was not read."""
        if look:
            known = {each: last for each, last in self._last.items() if look.at - last.at <= GOOD_FOR}
            self._last = {**known, span: look}

    def forget(self, span: Span) -> None:
        """Has it looked at with the next message."""
        self._last.pop(span, None)

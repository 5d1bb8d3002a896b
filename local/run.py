"""A run of the chain over OUT: fetch is asked, then everything runs until the day, week or month is settled."""

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep
from typing import Any

from functions.fetch.lists.huggingface import SourceUnavailableError
from local import listing
from local.arguments import KINDS, SAMPLE, Wish
from local.chain import Chain
from local.endings import NotDoneError
from local.folder import Folder, has_files
from local.report import Progress
from local.sample import stored
from shared.model.manifest import Manifest, latest_rows
from shared.model.messages import ClockTicked, PaperSummarized
from shared.model.span import Day, Period, Span, parse_span
from shared.store import keys

DAYS_BACK = 7
"""How far DAY=latest looks for a day that has papers."""
MAX_RUN = timedelta(hours=24)
"""On the clock that jumps over waits: by then every deadline has passed."""
RETRY_SECONDS = 1.0
"""Before a list is asked for again. Lambda waits for minutes; a reader at a terminal does not."""


class NoPageError(NotDoneError):
    """The day could not be made; the reason is one line."""


class Run:
    """A run of the chain over OUT."""

    def __init__(self, chain: Chain, folder: Folder, progress: Progress) -> None:
        self.chain, self.folder, self.out, self.progress = chain, folder, folder.path, progress
        self._started = chain.clock.now()
        self._retries = int(chain.functions["FetchFunction"].invoke_config["MaximumRetryAttempts"])

    def make(self, wish: Wish) -> Span:
        """Makes the day, week or month that is wished for, and says which it was."""
        if wish.listing:  # a file answers the same however often it is read
            self._retries = 0
        if wish.sample:
            shutil.copytree(SAMPLE / "pictures", self.out / keys.SITE / keys.PICTURES, dirs_exist_ok=True)
        if isinstance(wish.day, Day):
            self._make(wish.day, wish.listing, with_sample=wish.sample_analyses)
            return wish.day
        if wish.day:
            self._make_period(wish.day, wish.listing)
            return wish.day
        newest = day = Day(datetime.now(UTC).date()).previous
        for _ in range(DAYS_BACK):
            if self._make(day, None):
                print(f"The newest ended day that has papers is {day}.")
                return day
            print(f"{day} has no papers.")
            day = day.previous
        raise NoPageError(f"DAY: none of the {DAYS_BACK} days up to {newest} has papers")

    def answer(self, event: Mapping[str, Any]) -> None:
        """Does what an event of fetch asks for, and runs until its day, week or month is settled."""
        span = next(parse_span(event[name]) for name in ("day", *KINDS) if name in event)
        self._fetch(event)
        if isinstance(span, Day):
            manifests = self._manifests(span)
            papers = 1 if event.get("paper") else len(latest_rows(manifests))
            self.progress.start(span.first, papers, len(manifests[-1].languages))
        self.chain.send("PublishQueue", ClockTicked(scheduled_at=self.chain.clock.now()))
        self._settle(span)

    def _make(self, day: Day, recorded: Path | None, *, with_sample: bool = False) -> int:
        """Reads the day and runs until it is settled. Answers how many papers it has."""
        if with_sample and self._is_open(day):  # papers of a killed run that have an analysis and no facts yet
            shutil.rmtree(self.out / keys.summaries(day.first), ignore_errors=True)
        for event in self._events(day, recorded):
            self._fetch(event)
        manifests = self._manifests(day)
        papers, languages = latest_rows(manifests), manifests[-1].languages
        if with_sample:
            stored.write(self.out, languages)
        self.progress.start(day.first, len(papers), len(languages))
        for paper_id in list(papers)[:1]:  # so that another program renders a settled day again
            self.chain.send("PublishQueue", PaperSummarized(day=day.first, id=paper_id, language=languages[0]))
        self._settle(day)
        return len(papers)

    def _make_period(self, period: Period, recorded: Path | None) -> None:
        """Reads its list, unless this answer was read already, and runs until it is settled."""
        event: dict[str, object] = {period.unit: str(period), "mail": True}
        same = self._read_before(period, recorded)
        self._fetch(event | {"read_at": same.isoformat()} if same else event)
        self.chain.send("PublishQueue", ClockTicked(scheduled_at=self.chain.clock.now()))
        self._settle(period)

    def _events(self, day: Day, recorded: Path | None) -> list[dict[str, object]]:
        """A read, unless this answer was read already; a replay where another model or language is asked for."""
        event: dict[str, object] = {"day": str(day), "mail": True}
        known = self._manifests(day)
        if not known:
            return [event]
        same = self._read_before(day, recorded)
        events = [event | {"read_at": same.isoformat()} if same else event]
        parameters = self.chain.stack.parameters
        if known[-1].model != parameters["Model"]:
            events.append(event | {"replay_from": "summarize"})
        elif known[-1].languages != tuple(parameters["Languages"].split(",")):
            events.append(event | {"replay_from": "publish"})
        return events

    def _read_before(self, span: Span, recorded: Path | None) -> datetime | None:
        """When just this recorded answer was read, if it was the last and was settled since."""
        raw = sorted((self.out / "raw" / str(span)).glob("*Z.json"))
        if recorded and raw and not self._is_open(span) and raw[-1].read_bytes() == listing.first_page(recorded):
            return keys.read_at_of(raw[-1].name)
        return None

    def _fetch(self, event: Mapping[str, object]) -> None:
        """As often as Lambda would, where the source is down."""
        fetch = self.chain.functions["FetchFunction"]
        for attempt in range(1 + self._retries):
            if attempt:
                sleep(RETRY_SECONDS)
            try:
                fetch(dict(event))
            except SourceUnavailableError as error:
                reason = error
            except Exception as error:  # whatever it was, there is no list
                self.folder.check()
                raise NoPageError(f"fetch: {error}") from error
            else:
                return
        raise NoPageError(f"fetch: {reason}")

    def _manifests(self, day: Day) -> list[Manifest]:
        files = sorted((self.out / keys.manifests(day)).glob("*.json"))
        return [Manifest.model_validate_json(file.read_bytes()) for file in files]

    def _settle(self, day: Span) -> None:
        """Runs until the queues are empty and the day, week or month is settled; the clock jumps over every wait."""
        while (upcoming := self.chain.settle()) and upcoming < self._started + MAX_RUN:
            if not self.chain.hidden() and not self._is_open(day):
                return
            self.chain.clock.jump(upcoming)

    def _is_open(self, day: Span) -> bool:
        return has_files(self.out / keys.open_markers(day))

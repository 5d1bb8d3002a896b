"""`make digest`: one day, week or month from its list to the page, the post and the mail, on this machine."""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from local import listing, template
from local.arguments import SAMPLE, UsageError, Wish, read
from local.chain import Chain
from local.clock import Clock
from local.cloud import cloud
from local.folder import Folder
from local.log import LOG
from local.report import Progress, report
from local.sample import stored
from shared.model.manifest import Manifest, latest_rows
from shared.model.messages import ClockTicked, PaperSummarized
from shared.model.span import DayOrPeriod, Period
from shared.store import keys

TEMPLATE = Path(__file__).parents[1] / "template.yaml"
DAYS_BACK = 7
"""How far DAY=latest looks for a day that has papers."""
MAX_RUN = timedelta(hours=24)
"""On the clock that jumps over waits: by then every deadline has passed."""
NO_PAGE = 2
HUGGING_FACE = "https://huggingface.co"
"""Where the template looks for it."""


class NoPageError(RuntimeError):
    """The day could not be made; the reason is one line."""


def main(arguments: Sequence[str]) -> int:
    """0: every paper is on the page as asked. 1: one is missing, refused or only drafted. 2: no page, or bad use."""
    try:
        wish = read(arguments)
        stack = template.stack(TEMPLATE, wish.parameters, {"Model": "sample"} if wish.sample_analyses else {})
        folder = Folder(wish.out.resolve(), stack.names["Bucket"])
        with (
            environment(wish) as log,
            cloud(stack, folder.answers()),
            Clock(datetime.now(UTC), runs=True) as clock,
        ):
            progress = Progress()
            chain = Chain(stack, clock, threads=True, only={"TickSchedule"}, watch=progress.settled)
            day = Run(chain, folder.path, progress).make(wish)
            return report(folder.path, day, progress, log)
    except (UsageError, template.ParameterError, NoPageError) as error:
        print(error, file=sys.stderr)
        return NO_PAGE


@contextmanager
def environment(wish: Wish) -> Iterator[Path]:
    """The variables of a laptop without an account, the recorded answer's address, and the log."""
    before = dict(os.environ)
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": "ap-northeast-2",
        "POWERTOOLS_LOG_LEVEL": "WARNING",
        "POWERTOOLS_METRICS_DISABLED": "true",
    }
    log = wish.out / "log" / f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.jsonl"
    with ExitStack() as stack:
        LOG.path = log
        stack.callback(os.environ.update, before)
        stack.callback(os.environ.clear)
        if wish.listing and wish.day:
            elsewhere = os.environ.get("HF_URL", HUGGING_FACE)
            os.environ["HF_URL"] = stack.enter_context(listing.serve(wish.listing, wish.day, elsewhere=elsewhere))
        yield log


class Run:
    """A run of the chain over OUT."""

    def __init__(self, chain: Chain, out: Path, progress: Progress) -> None:
        self.chain, self.out, self.progress = chain, out, progress
        self._started = chain.clock.now()

    def make(self, wish: Wish) -> DayOrPeriod:
        """Makes the day, week or month that is wished for, and says which it was."""
        if wish.sample:
            shutil.copytree(SAMPLE / "pictures", self.out / keys.SITE / keys.PICTURES, dirs_exist_ok=True)
        if isinstance(wish.day, date):
            self._make(wish.day, wish.listing, with_sample=wish.sample_analyses)
            return wish.day
        if wish.day:
            self._make_period(wish.day, wish.listing)
            return wish.day
        newest = datetime.now(UTC).date() - timedelta(days=1)
        for day in (newest - timedelta(days=back) for back in range(DAYS_BACK)):
            if self._make(day, None):
                print(f"The newest ended day that has papers is {day}.")
                return day
            print(f"{day} has no papers.")
        raise NoPageError(f"DAY: none of the {DAYS_BACK} days up to {newest} has papers")

    def _make(self, day: date, recorded: Path | None, *, with_sample: bool = False) -> int:
        """Reads the day and runs until it is settled. Answers how many papers it has."""
        if with_sample and self._is_open(day):  # papers of a killed run that have an analysis and no facts yet
            shutil.rmtree(self.out / keys.summaries(day), ignore_errors=True)
        for event in self._events(day, recorded):
            self._fetch(event)
        manifests = self._manifests(day)
        papers, languages = latest_rows(manifests), manifests[-1].languages
        if with_sample:
            stored.write(self.out, languages)
        self.progress.start(day, len(papers), len(languages))
        for paper_id in list(papers)[:1]:  # so that another program renders a settled day again
            self.chain.send("PublishQueue", PaperSummarized(day=day, id=paper_id, language=languages[0]))
        self._settle(day)
        return len(papers)

    def _make_period(self, period: Period, recorded: Path | None) -> None:
        """Reads its list, unless this answer was read already, and runs until it is settled."""
        event: dict[str, object] = {period.unit: str(period), "mail": True}
        same = self._read_before(period, recorded)
        self._fetch(event | {"read_at": same.isoformat()} if same else event)
        self.chain.send("PublishQueue", ClockTicked(scheduled_at=self.chain.clock.now()))
        self._settle(period)

    def _events(self, day: date, recorded: Path | None) -> list[dict[str, object]]:
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

    def _read_before(self, day: DayOrPeriod, recorded: Path | None) -> datetime | None:
        """When just this recorded answer was read, if it was the last and was settled since."""
        raw = sorted((self.out / "raw" / str(day)).glob("*Z.json"))
        if recorded and raw and not self._is_open(day) and raw[-1].read_bytes() == listing.first_page(recorded):
            return keys.read_at_of(raw[-1].name)
        return None

    def _fetch(self, event: dict[str, object]) -> None:
        try:
            self.chain.functions["FetchFunction"](event)
        except Exception as error:  # whatever it was, there is no list
            raise NoPageError(f"fetch: {error}") from error

    def _manifests(self, day: date) -> list[Manifest]:
        files = sorted((self.out / keys.manifests(day)).glob("*.json"))
        return [Manifest.model_validate_json(file.read_bytes()) for file in files]

    def _settle(self, day: DayOrPeriod) -> None:
        """Runs until the queues are empty and the day, week or month is settled; the clock jumps over every wait."""
        while (upcoming := self.chain.settle()) and upcoming < self._started + MAX_RUN:
            if not self.chain.hidden() and not self._is_open(day):
                return
            self.chain.clock.jump(upcoming)

    def _is_open(self, day: DayOrPeriod) -> bool:
        return any((self.out / keys.open_markers(day)).glob("*"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

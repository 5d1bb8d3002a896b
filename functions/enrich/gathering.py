"""Asks the sources about the papers of a batch, all at once, so that a batch takes as long as its slowest answer."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import partial
from time import monotonic
from typing import NamedTuple, TypeVar

from functions.enrich.pictures import MissingPicture
from functions.enrich.sources import github, hub
from functions.enrich.sources.answers import SETTLED, Answer, Answers
from functions.enrich.sources.api import Api
from shared.model.facts import Facts, Picture
from shared.model.sources import ArxivFacts, Hub, MissingFacts, Reason, Repository, Source, Sourced

THREADS = 60
"""Ten papers of a batch, three sources each, and two batches in the local run: the work is waiting."""
MOST_SECONDS = 25.0
"""For a batch, from the first question: the function has 60, and what is late is missing."""

_Facts = TypeVar("_Facts", bound=Sourced)
_Result = TypeVar("_Result")


class StoredPictures(NamedTuple):
    """A paper's pictures, with their path where they are stored, and the reasons why some are not."""

    pictures: tuple[Picture, ...]
    missing: tuple[Reason, ...] = ()


PictureStore = Callable[[str, tuple[Picture, ...]], tuple[tuple[Picture, ...], tuple[MissingPicture, ...]]]


class Gathering(NamedTuple):
    """The questions about one paper that are under way."""

    facts: Facts
    """Those of the list."""
    kept: Answers
    repository: "Future[Answer[Repository]] | None"
    hub: "Future[Answer[Hub]] | None"
    pictures: "Future[StoredPictures] | None"
    asked_at: datetime
    overdue: float

    def answers(self) -> Answers:
        """Waits for them, and not for ever."""
        return Answers(repository=self._answer(self.repository), hub=self._answer(self.hub))

    def stored_pictures(self) -> StoredPictures | None:
        """The same for pictures; None where they are not asked for."""
        failed = partial(_not_stored, self.facts.pictures)
        return _waited(self.pictures, self.overdue, failed) if self.pictures else None

    def _answer(self, future: "Future[Answer[_Facts]] | None") -> Answer[_Facts] | None:
        failed = partial(_no_answer, self.asked_at)
        return _waited(future, self.overdue, failed) if future else None


def _waited(future: "Future[_Result]", overdue: float, failed: Callable[[Reason], _Result]) -> _Result:
    try:
        return future.result(timeout=max(0.0, overdue - monotonic()))
    except TimeoutError:
        return failed("slow")
    except Exception:  # noqa: BLE001 - a source must not cost the paper, whatever it sent
        return failed("odd")


def _no_answer(asked_at: datetime, reason: Reason) -> Answer[_Facts]:
    return Answer(asked="", read_at=asked_at, reason=reason)


def _not_stored(pictures: tuple[Picture, ...], reason: Reason) -> StoredPictures:
    return StoredPictures(pictures, (reason,))


class Gatherer:
    """The sources that are switched on."""

    def __init__(self, github: Api | None, hub: Api | None, store: PictureStore | None) -> None:
        self._github, self._hub, self._store = github, hub, store
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="source")

    def remembers(self, facts: Facts) -> bool:
        """Whether a source is asked about the paper whose answers are kept."""
        return self._hub is not None or (self._github is not None and _at_github(facts) is not None)

    def start(self, paper_id: str, facts: Facts, kept: Answers, now: datetime) -> Gathering:
        """Asks, and does not wait."""
        submit, address, at_github, at_hub = self._pool.submit, _at_github(facts), self._github, self._hub
        return Gathering(
            facts=facts,
            kept=kept,
            repository=submit(github.repository, at_github, address, kept.repository, now)
            if at_github and address
            else None,
            hub=submit(hub.linked, at_hub, paper_id, kept.hub, now) if at_hub else None,
            pictures=submit(_store, self._store, paper_id, facts.pictures) if self._store and facts.pictures else None,
            asked_at=now,
            overdue=monotonic() + MOST_SECONDS,
        )


def _store(store: PictureStore, paper_id: str, pictures: tuple[Picture, ...]) -> StoredPictures:
    stored, missing = store(paper_id, pictures)
    return StoredPictures(stored, tuple(picture.reason for picture in missing))


def remembered(kept: Answers, answers: Answers) -> Answers:
    """What is worth keeping for later questions: an answer, and not that there was none."""
    return Answers(
        repository=_better(kept.repository, answers.repository),
        hub=_better(kept.hub, answers.hub),
    )


def stated(facts: Facts, paper_id: str, arxiv: ArxivFacts, answers: Answers, pictures: StoredPictures | None) -> Facts:
    """The facts of the list with those of the other sources, or with the reasons why they are missing."""
    record = arxiv.records.get(paper_id)
    repository, linked = answers.repository, answers.hub
    missing: list[tuple[Source, Reason | None]] = [
        ("arxiv", None if record else arxiv.reason(paper_id)),
        ("github", _reason(repository) if _at_github(facts) else None),
        ("huggingface", _reason(linked)),
        *(("pictures", reason) for reason in _missing_pictures(facts, pictures)),
    ]
    found = {
        "arxiv": record,
        "repository": repository.facts if repository else None,
        "hub": linked.facts if linked else None,
        "pictures": pictures.pictures if pictures else facts.pictures,
        "missing": tuple(MissingFacts(source=source, reason=reason) for source, reason in missing if reason),
    }
    return facts.model_copy(update=found)


def _missing_pictures(facts: Facts, pictures: StoredPictures | None) -> Iterable[Reason]:
    """Each reason once."""
    if pictures:
        return dict.fromkeys(pictures.missing)
    return ("not_asked",) if any(picture.path is None for picture in facts.pictures) else ()


def _reason(answer: Answer[_Facts] | None) -> Reason | None:
    if answer is None:
        return "not_asked"
    return None if answer.facts else answer.reason or "odd"


def _better(kept: Answer[_Facts] | None, new: Answer[_Facts] | None) -> Answer[_Facts] | None:
    return new if new and (new.facts or new.reason in SETTLED) else kept


def _at_github(facts: Facts) -> str | None:
    """The address of the code, where GitHub can be asked about it."""
    return facts.code.address if facts.code and github.is_at_github(facts.code.address) else None

"""Asks the sources about the papers of a batch, all at once, so that a batch takes as long as its slowest answer."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from time import monotonic
from typing import NamedTuple, TypeVar

from functions.enrich.pictures.storing import MissingPicture, StoredPictures
from functions.enrich.sources import registry
from functions.enrich.sources.answers import Answers, AnyAnswer
from functions.enrich.sources.api import Api
from functions.enrich.sources.registry import PICTURES
from functions.enrich.texts import Asked, TextSource
from shared.model.facts import Facts, Picture
from shared.model.sources import ARXIV, TEXT, ArxivFacts, MissingFacts, Reason, Source

THREADS = 60
"""Ten papers of a batch, three sources each, and two batches in the local run: the work is waiting."""
MAX_SECONDS = 25.0
"""For a batch, from the first question: the function has 60, and what is late is missing."""

_Result = TypeVar("_Result")


PictureStore = Callable[[str, tuple[Picture, ...]], StoredPictures]


class Gathering(NamedTuple):
    """The questions about one paper that are under way."""

    facts: Facts
    """Those of the list."""
    kept: Answers
    asked: Mapping[Source, "Future[AnyAnswer | None]"]
    pictures: "Future[StoredPictures] | None"
    text: "Future[Asked] | None"
    asked_at: datetime
    overdue: float

    def answers(self) -> Answers:
        """Waits for the answers, until `overdue`."""
        waited = {name: _waited(future, self.overdue, self._no_answer) for name, future in self.asked.items()}
        if asked := self.asked_text():
            waited[TEXT] = asked.answer
        return Answers(by_source={name: answer for name, answer in waited.items() if answer})

    def asked_text(self) -> Asked | None:
        """Waits for the whole text; None where it is not asked for."""

        def failed(reason: Reason) -> Asked:
            return Asked(self._no_answer(reason), 0 if reason == "slow" else None)

        return _waited(self.text, self.overdue, failed) if self.text else None

    def stored_pictures(self) -> StoredPictures | None:
        """Waits for the pictures; None where they are not asked for."""

        def failed(reason: Reason) -> StoredPictures:
            return StoredPictures(self.facts.pictures, (MissingPicture(address="", reason=reason, detail=""),))

        return _waited(self.pictures, self.overdue, failed) if self.pictures else None

    def _no_answer(self, reason: Reason) -> AnyAnswer:
        return AnyAnswer(asked="", read_at=self.asked_at, reason=reason)


def _waited(future: "Future[_Result]", overdue: float, failed: Callable[[Reason], _Result]) -> _Result:
    try:
        return future.result(timeout=max(0.0, overdue - monotonic()))
    except TimeoutError:
        return failed("slow")
    except Exception:  # noqa: BLE001 - a source must not cost the paper, whatever it sent
        return failed("odd")


class Gatherer:
    """The sources that are switched on."""

    def __init__(self, apis: Mapping[Source, Api], store: PictureStore | None, texts: TextSource | None = None) -> None:
        self._sources = [(source, apis[source.name]) for source in registry.API_SOURCES if source.name in apis]
        self._store, self._texts = store, texts
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="source")

    def remembers(self, paper_id: str, facts: Facts, *, whole: bool = False) -> bool:
        """Whether a source is asked about the paper whose answers are kept."""
        is_asked = any(source.has_question(paper_id, facts) for source, _ in self._sources)
        return is_asked or (whole and self._texts is not None)

    def start(self, paper_id: str, facts: Facts, kept: Answers, now: datetime, *, whole: bool = False) -> Gathering:
        """Asks, and does not wait. `whole`: the paper's whole text is asked for, too."""
        submit, texts, overdue = self._pool.submit, self._texts, monotonic() + MAX_SECONDS
        return Gathering(
            facts=facts,
            kept=kept,
            asked={
                source.name: submit(source.ask, api, paper_id, facts, kept.by_source.get(source.name), now)
                for source, api in self._sources
                if source.has_question(paper_id, facts)
            },
            pictures=submit(self._store, paper_id, facts.pictures) if self._store and facts.pictures else None,
            text=submit(texts.ask, paper_id, kept.by_source.get(TEXT), overdue, now) if whole and texts else None,
            asked_at=now,
            overdue=overdue,
        )


def stated(facts: Facts, paper_id: str, arxiv: ArxivFacts, answers: Answers, pictures: StoredPictures | None) -> Facts:
    """The facts of the list with those of the other sources, or with the reasons why they are missing."""
    found = facts.model_copy(
        update={
            "arxiv": arxiv.records.get(paper_id),
            "text": answers.text,
            "pictures": pictures.pictures if pictures else facts.pictures,
            "missing": tuple(_missing(facts, paper_id, arxiv, answers, pictures)),
        }
    )
    for source in registry.API_SOURCES:
        answer = answers.by_source.get(source.name)
        if answer and answer.facts:
            found = source.merged(found, answer.facts)
    return found


def _missing(
    facts: Facts, paper_id: str, arxiv: ArxivFacts, answers: Answers, pictures: StoredPictures | None
) -> Iterator[MissingFacts]:
    if paper_id not in arxiv.records:
        yield MissingFacts(source=ARXIV, reason=arxiv.reason(paper_id))
    for source in registry.API_SOURCES:
        answer = answers.by_source.get(source.name)
        if source.has_question(paper_id, facts) and not (answer and answer.facts):
            yield MissingFacts(source=source.name, reason=(answer.reason or "odd") if answer else "not_asked")
    text = answers.by_source.get(TEXT)
    if text and not text.facts:
        yield MissingFacts(source=TEXT, reason=text.reason or "odd")
    for reason in _missing_pictures(facts, pictures):
        yield MissingFacts(source=PICTURES, reason=reason)


def _missing_pictures(facts: Facts, pictures: StoredPictures | None) -> Iterable[Reason]:
    """Each reason once."""
    if pictures:
        return dict.fromkeys(picture.reason for picture in pictures.missing)
    return ("not_asked",) if any(picture.path is None for picture in facts.pictures) else ()

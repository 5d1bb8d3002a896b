"""What must hold at every moment of a history."""

import json
import re
from collections import Counter, defaultdict
from datetime import date, datetime

from shared.store import keys
from tests.factories.whole_texts import FILLER
from tests.simulation.calls import Calls
from tests.simulation.faults import Fault
from tests.simulation.kernel import Task
from tests.simulation.links import dead_ends
from tests.simulation.models import Answerer, Question
from tests.simulation.objects import Objects
from tests.simulation.queues import Queues
from tests.simulation.services import Mail, SnsClient
from tests.simulation.texts import Texts

PAGE = re.compile(r"site/(?:[a-z]{2}/)?(\d{4}-\d\d-\d\d)/index\.html")
WRITTEN_ONCE = ("manifests/", "analyses/")
MARKER = re.compile(r"open/\d{4}-\d\d-\d\d/[^/]+")
EDITIONS = ("top5.md", "post.md")
PRIVATE = FILLER.strip().encode()
"""A sentence of every whole text that no analysis cites."""
ATTEMPT_SECONDS = 60.0
"""An attempt of enrich that began before an answer was kept may still ask."""


class Watch:
    """Hears of everything that is written, sent, mailed and asked, and collects what breaks a promise."""

    def __init__(self, calls: Calls, objects: Objects, first_language: str, *, whole_pages: bool) -> None:
        self.broken: list[str] = []
        self.unsure_mails: Counter[tuple[str, str]] = Counter()
        """How often something fell between SNS and the record of a mail."""
        self.failed_mails: Counter[tuple[str, str]] = Counter()
        """How often a try was counted and its call of SNS not answered: after three a mail is given up."""
        self.closed_at: dict[str, datetime] = {}
        """When each digest with papers was written first, by its key."""
        self._calls, self._objects, self._first_language = calls, objects, first_language
        self._whole_pages = whole_pages
        self._asked: dict[Question, Task] = {}
        self._stored: dict[tuple[str, str], set[tuple[str, bool]]] = defaultdict(set)
        self._kept_at: dict[str, float] = {}
        """When the answers of each paper's sources were written last."""
        self._mailing: dict[Task | None, tuple[str, str]] = {}

    def connect(self, queues: Queues, sns: SnsClient, answerer: Answerer, texts: Texts) -> None:
        """Begins to listen."""
        texts.watch = self._text_asked
        self._objects.watch, queues.watch = self._written, self._sent
        sns.watch, answerer.watch, self._calls.watch = self._mailed, self._model_called, self._faulted

    def _break(self, promise: str, about: str) -> None:
        self.broken.append(f"{promise}: {about} at {self._calls.kernel.time:%Y-%m-%d %H:%M:%S}")

    # ---- sent means written

    def _sent(self, queue: str, body: str) -> None:
        try:
            message = json.loads(body)
        except ValueError:
            return
        if not isinstance(message, dict) or not {"kind", "day", "id"} <= message.keys():
            return
        day, paper, language = date.fromisoformat(message["day"]), message["id"], message.get("language", "")
        proofs = {
            "EnrichQueue": [keys.manifest(day, datetime.fromisoformat(message.get("read_at", "2000-01-01")))],
            "SummarizeQueue": [keys.enriched(day, paper)],
            "PublishQueue": [
                keys.summary(day, language, paper),
                keys.failure(day, "summarize", paper, language),
                keys.failure(day, "enrich", paper),
            ],
        }
        if queue in proofs and self._objects.ever.isdisjoint(proofs[queue]):
            self._break("sent before it was written", f"{queue} {body[:160]}")

    # ---- mailed means published, and how often

    def _mailed(self, mail: Mail) -> None:
        tree = "" if mail.language == self._first_language else f"{mail.language}/"
        folder = mail.edition if mail.period == "daily" else f"{mail.period}/{mail.edition}"
        for name in ("index.html", "post.md", "digest.json"):
            if f"site/{tree}{folder}/{name}" not in self._objects:
                self._break("mailed before it was published", f"{mail.edition} {mail.language}: {name}")
        assert self._calls.kernel.current is not None
        self._mailing[self._calls.kernel.current] = (mail.edition, mail.language)

    def _faulted(self, operation: str, key: str, fault: Fault) -> None:
        """Between SNS and its record lie the call itself, and in this task all calls up to the record's write."""
        task = self._calls.kernel.current
        if operation == "put" and key.startswith("mailed/") and fault.kind in {"killed after", "answer lost"}:
            edition, name = key.split("/")[1:]
            self.failed_mails[edition, name.removesuffix(".json")] += 1  # the try is counted, and SNS is not called
        if operation == "publish":
            edition, language = key.split("/")
            self.failed_mails[edition, language] += fault.kind not in {"before", "unreachable"}
            self.unsure_mails[edition, language] += fault.kind not in {"before", "unreachable", "killed before"}
        elif task in self._mailing and fault.kind not in {"killed after", "answer lost", "repeated", "stalled"}:
            self.unsure_mails[self._mailing[task]] += 1

    # ---- what is written

    def _written(self, key: str, body: bytes | None) -> None:
        if key.startswith(WRITTEN_ONCE) and key in self._objects and self._objects.get(key) != body:
            self._break("what is written once changed", key)
        if body is None:
            self._deleted(key)
            return
        if key.startswith("mailed/") and b'"sent"' in body:
            self._mailing.pop(self._calls.kernel.current, None)
        if key.startswith("analyses/"):
            _, paper, language, _ = key.split("/")
            made = json.loads(body)["provenance"]
            self._stored[paper, language].add((made["model"], made["text_read"] == "text"))
        if key.startswith("sources/"):
            self._kept_at[key] = self._calls.kernel.now
        if key.startswith("site/"):
            self._published(key, body)

    def _deleted(self, key: str) -> None:
        """A read's marker goes last: what its manifest asks for is published by then, in every language."""
        manifest = key.replace("open/", "manifests/", 1) + ".json"
        if not MARKER.fullmatch(key) or manifest not in self._objects:
            return
        for language in json.loads(self._objects.get(manifest))["languages"]:
            tree = "" if language == self._first_language else f"{language}/"
            digest = f"site/{tree}{key.split('/')[1]}/digest.json"
            if digest not in self._objects or _read_at(self._objects.get(digest)) < keys.read_at_of(key):
                self._break("a marker goes before its read is published", f"{key} in {language}")

    def _published(self, key: str, body: bytes) -> None:
        if key.endswith("/digest.json") and key not in self.closed_at:
            digest = json.loads(body)
            if digest["papers"] and digest.get("status") != "open":
                self.closed_at[key] = self._calls.kernel.time
        if PRIVATE in body:
            self._break("a whole text is published", key)
        if shown := PAGE.fullmatch(key):
            self._check_parts(key, shown[1])
        if self._whole_pages and key.endswith(".html"):
            for page, target in dead_ends(key, body.decode(), self._objects):
                self._break("a page leads to nothing", f"{page} -> {target} once {key} is there")

    def _check_parts(self, page: str, day: str) -> None:
        """A page of a day that is still open has no editions of its own, but its data and its papers' pages."""
        folder = page.removesuffix("index.html")
        if folder + "digest.json" not in self._objects:
            self._break("a page before its parts", f"{page} without digest.json")
            return
        digest = json.loads(self._objects.get(folder + "digest.json"))
        tree = folder.removesuffix(f"{day}/")
        parts = [f"{tree}{keys.paper_file(paper['id'])}" for paper in digest["papers"]]
        parts += [folder + name for name in EDITIONS if digest["status"] != "open"]
        for part in parts:
            if part not in self._objects:
                self._break("a page before its parts", f"{page} without {part}")

    # ---- what is asked for

    def _text_asked(self, paper: str, is_conditional: bool) -> None:
        """What was answered today is not asked for, and a text that is there only conditionally."""
        key = keys.sources(paper)
        kept = json.loads(self._objects.get(key))["by_source"].get("text") if key in self._objects else None
        if not kept or self._calls.kernel.now - self._kept_at[key] < ATTEMPT_SECONDS:
            return
        if kept["read_at"][:10] == f"{self._calls.kernel.time:%Y-%m-%d}":
            self._break("a text is asked for twice a day", paper)
        if kept["facts"] and not is_conditional:
            self._break("a text that is there is asked for again", paper)

    # ---- what is paid for

    def _model_called(self, question: Question) -> None:
        """A repair belongs to the call before it: the same task asks again."""
        task, other = self._calls.kernel.current, self._asked.get(question)
        assert task is not None
        if other is not None and other is not task and other.alive:
            self._break("asked while another call is under way", str(question))
        known = self._stored[keys.safe(question.paper), question.language]
        if other is not task and any(
            model.endswith(question.model) and whole == question.whole for model, whole in known
        ):
            self._break("asked though an analysis is stored", str(question))
        self._asked[question] = task


def _read_at(digest: bytes) -> datetime:
    return datetime.fromisoformat(json.loads(digest)["read_at"])

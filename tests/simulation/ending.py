"""What must hold at the end of a history."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from shared.store import keys
from tests.simulation.comparison import Ending, digests
from tests.simulation.links import missing_targets, unreachable
from tests.simulation.scenario import DRAFT
from tests.simulation.world import World

MAX_MAILS = 3
"""Of a day, as of messages to the webhook: where their answers are lost."""
MAILED_WITHIN = timedelta(hours=24)


def unrest(world: World) -> str:
    """What is still open or under way."""
    waiting = {name: len(queue.messages) for name, queue in world.queues.by_name.items() if queue.messages}
    return f"{[key for key, _ in world.objects.list('open/')]} {waiting}"


def check(world: World, found: Ending) -> Iterator[str]:
    """Every paper shown or named, every mail sent as often as it may be, everything findable."""
    yield from _papers(world)
    yield from _mails(world)
    yield from _posts(world)
    yield from _notices(world)
    yield from _texts(world)
    yield from _findable(world, found)


def _papers(world: World) -> Iterator[str]:
    published = digests(world)
    for key, stored in world.objects.list("manifests/"):
        manifest = json.loads(stored.body)
        if "day" not in manifest:
            continue
        for language in manifest["languages"]:
            digest = published.get(_tree(world, language) + f"{manifest['day']}/digest.json")
            if digest is None:
                yield f"a day that was read is not published: {key} in {language}"
                continue
            shown = {paper["id"] for paper in (*digest["papers"], *digest.get("missing", ()))}
            for listed in manifest["papers"]:
                if listed["paper"]["id"] not in shown:
                    yield f"a listed paper is neither shown nor named: {listed['paper']['id']} of {key}"


def _tree(world: World, language: str) -> str:
    return "site/" + keys.tree(language, world.scenario.languages[0])


def _notices(world: World) -> Iterator[str]:
    for subject, count in Counter(world.sns.notices).items():
        if count > 1:
            yield f"the operators were notified {count} times: {subject}"


def _texts(world: World) -> Iterator[str]:
    """An analysis of a whole text names one that is stored; the page of a paper says which text was read."""
    for key, digest in digests(world).items():
        for paper in digest["papers"] if "day" in digest else ():
            is_whole = bool(paper["provenance"] and paper["provenance"].get("text_read") == "text")
            facts = paper["facts"].get("text")
            if is_whole and not (facts and keys.text(paper["id"], facts["sha256"]) in world.objects):
                yield f"an analysis of a whole text without the text: {paper['id']} of {key}"


def _mails(world: World) -> Iterator[str]:
    counts = Counter((mail.edition, mail.language) for mail in world.sns.mails)
    for edition, count in counts.items():
        most = min(1 + world.watch.unsure_mails[edition], MAX_MAILS)
        if count > most:
            yield f"mailed too often: {edition[0]} in {edition[1]}, {count} times where {most} is the most"
    for key, digest in digests(world).items():
        name, language = key.split("/")[-2], digest["language"]
        if not digest["papers"] or counts[name, language]:
            continue
        record_key = f"mailed/{name}/{language}.json"
        record = json.loads(world.objects.get(record_key)) if record_key in world.objects else {}
        if record.get("status") != "withheld" and world.watch.failed_mails[name, language] < MAX_MAILS:
            yield f"never mailed: {name} in {language}, its record is {str(record)[:200]}"
        elif record.get("status") == "withheld" and _is_in_time(world, key, name):
            yield f"never mailed: {name} in {language}, withheld though it was closed in time"


def _posts(world: World) -> Iterator[str]:
    for (address, body), count in Counter(world.internet.posts).items():
        if count > MAX_MAILS:
            yield f"posted too often: {count} times to {address}: {body[:160]!r}"
    for key, stored in world.objects.list("mailed/"):
        if json.loads(stored.body)["status"] == "claimed":
            yield f"neither sent nor given up: {key}"


def _is_in_time(world: World, key: str, name: str) -> bool:
    """Whether a day of the scenario was closed within the time for its mail."""
    if name not in map(str, world.scenario.lists.days):
        return False
    ended = datetime.combine(date.fromisoformat(name) + timedelta(days=1), time(), UTC)
    return world.watch.closed_at[key] - ended <= MAILED_WITHIN


def _findable(world: World, found: Ending) -> Iterator[str]:
    """Each day is in the feed, each paper in the search and on a page of its own; every link leads to something."""
    for language in world.scenario.languages:
        yield from _indexed(world, found, _tree(world, language))
    if world.scenario.whole_pages:
        yield from _linked(world)


def _indexed(world: World, found: Ending, tree: str) -> Iterator[str]:
    searched = b"".join(stored.body for _, stored in world.objects.list(f"{tree}search/"))
    fed = b"".join(stored.body for _, stored in world.objects.list(f"{tree}feed.json"))
    for key, essence in found.days.items():
        if not key.startswith(tree) or key.removeprefix(tree).count("/") != 1:
            continue
        if essence["papers"] and f"/{key.split('/')[-2]}/".encode() not in fed:
            yield f"the feed does not know a day: {key}"
        for paper in essence["papers"]:
            if paper.encode() not in searched:
                yield f"the search does not know a paper: {paper} of {key}"
            if tree + keys.paper_file(paper) not in found.site:
                yield f"a paper has no page: {paper} of {key}"


def _linked(world: World) -> Iterator[str]:
    for key, stored in world.objects.list("site/"):
        if key.endswith(".html"):
            for target in missing_targets(key, stored.body.decode(), world.objects):
                yield f"a page leads to nothing at the end: {key} -> {target}"
    for key in unreachable("site/index.html", world.objects):
        yield f"nothing leads to a page: {key}"


def drafted_days(world: World) -> list[str]:
    """The days with a paper without its model's analysis: the stack's, or the one that the day was replayed with."""
    found = set()
    for digest in digests(world).values():
        if "day" in digest and any(_is_drafted(paper, world, digest["day"]) for paper in digest["papers"]):
            found.add(digest["day"])
    return sorted(found)


def _is_drafted(paper: Mapping[str, Any], world: World, day: str) -> bool:
    replayed = world.scenario.models.get(day)
    if (replayed or world.scenario.parameters["Model"]) == DRAFT:
        return False
    return bool(paper["source"] != "model" or (replayed and paper["provenance"]["model"] != replayed))

from datetime import UTC, date, datetime, timedelta
import json, traceback
import pytest
from functions.publish import rebuild
from functions.publish.handler import surroundings
from functions.publish.catalogue.record import PaperRecord
from local.running import KilledError
from shared import keys
from shared.periods import Week
from tests.chain.world import FRIDAY, MakeWorld, World, row, on_call
from tests.unit import html_reader
from tests.chain.test_reading_room import links, around, page, MONDAY, WEDNESDAY, DAYS, AFTERNOON, made

AFT = datetime(2026, 6, 21, 13, tzinfo=UTC)
D = date
def make(make_world, lists, order=None, start=AFT, **p):
    w = make_world(lists, start, **p)
    for d in (order or lists):
        w.fetch(d); w.run(minutes=2)
    return w
def dead(world, only=""):
    there = world.objects(keys.SITE)
    out = set()
    for key in there:
        if key.endswith(".html") and not key.endswith("404.html") and only in key:
            a = key.removeprefix(keys.SITE)
            for l in links(world, a) | {x.attributes["href"] for x in page(world, a).all("link") if "href" in x.attributes}:
                if not l.startswith(("http", "#")):
                    t = html_reader.resolved(key, l)
                    if t not in there: out.add((a, t))
    return sorted(out)


def test_3_premature(make_world):
    lists = {D(2026,2,17): [row("2602.00004", 30)], FRIDAY: [row("2602.00001", 20)]}
    w = make_world(lists, datetime(2026,2,23,1,30,tzinfo=UTC))
    w.fetch(D(2026,2,17)); w.run(minutes=2)
    broken = [True]
    def refuse(p):
        if broken[0] and p["Key"].startswith("summaries/2026-02-20"): raise KilledError
    on_call("s3", "PutObject", refuse)
    w.fetch(FRIDAY)
    w.chain.invoke("FetchFunction", {"week": "2026-W08", "mail": True}); 
    w.run(minutes=12)
    print("P4-3 without site event: open", sorted(w.open_keys()), "mails", w.mails(), "week published", bool(w.objects("site/weekly/2026-W08/")))
    w.chain.invoke("FetchFunction", {"site": "anew"})
    w.run(minutes=11)
    print("P4-3 with: open", sorted(w.open_keys()), "mails", w.mails(), "friday published", w.published(FRIDAY))
    x = w.archive.get("site/weekly/2026-W08/digest.json"); print("P4-3 papers", [p["id"] for p in json.loads(x)["papers"]])
    broken[0] = False
    w.run(hours=4)
    print("P4-3 later open", w.open_keys(), "mails", w.mails(), "friday published", w.published(FRIDAY))
    x = w.archive.get("site/weekly/2026-W08/digest.json"); print("P4-3 papers later", [p["id"] for p in json.loads(x)["papers"]])

def test_9_poison(make_world):
    w = made(make_world, MONDAY, WEDNESDAY)
    w.archive.delete([f"site/{MONDAY}/post.md"])
    kills = []
    def kill(p):
        if p["Key"].endswith(f"{MONDAY}/post.md"): kills.append(w.clock.now()); raise KilledError
    on_call("s3", "PutObject", kill)
    w.chain.invoke("FetchFunction", {"site": "anew"}); w.run(hours=1)
    t = w.clock.now()
    seen = []
    on_call("sns", "Publish", lambda p: seen.append(w.clock.now()))
    w.fetch(FRIDAY, mail=True); w.run(hours=3)
    print("P4-9 kills", len(kills), "asked", t, "mailed", seen, "open", w.open_keys(), "fifo dead", len(w.bodies("DeadLettersFifo")), "queue", len(w.bodies("PublishQueue")))
def test_16_recent(make_world):
    w = made(make_world, MONDAY, WEDNESDAY, FRIDAY)
    w.archive.put("site/recent.json", b"broken")
    w.internet.lists[MONDAY] = [row("2602.00001", 6), row("2602.00002", 19)]
    w.fetch(MONDAY); w.run(minutes=11)
    print("P4-16 front", sorted(l for l in links(w, "index.html") if "2026-" in l)[:6])
    x = w.archive.get("site/feed.xml").decode(); print("P4-16 feed entries", x.count("<entry>"))
    w.chain.invoke("FetchFunction", {"site": "anew"}); w.run(minutes=11)
    print("P4-16 after site", sorted(l for l in links(w, "index.html") if "2026-" in l)[:6])
def test_16b_month(make_world):
    w = made(make_world, MONDAY, WEDNESDAY, FRIDAY)
    w.archive.put("site/archive/2026/02.json", b"broken")
    w.archive.put("site/search/2026-02.json", b"broken")
    w.internet.lists[WEDNESDAY] = [row("2602.00003", 6)]
    w.fetch(WEDNESDAY); w.run(minutes=11)
    A = lambda: ({str(d): around(w, d) for d in (MONDAY, WEDNESDAY, FRIDAY)}, sorted(l for l in links(w, "archive/2026/index.html") if "2026-" in l), w.archive.get("site/search/2026-02.json").count(b'"id"'))
    print("P4-16b around", A())
    w.chain.invoke("FetchFunction", {"site": "anew"}); w.run(minutes=11)
    print("P4-16b after site", A())
def test_7b_second_read(make_world):
    w = made(make_world, MONDAY, FRIDAY)
    w.internet.lists[MONDAY] = [row("2602.00001", 55), row("2602.00002", 9)]
    w.fetch(MONDAY); w.run(minutes=11)
    r = w.archive.read("site/papers/2602.00001/paper.json", PaperRecord)
    print("P4-7b json", [v.upvotes for v in r.votes], "page chart", w.archive.get("site/papers/2602.00001/index.html").decode().count("<circle"))

import functions.publish.handler as H, functions.fetch.handler as F
def relang(w, monkeypatch, langs):
    # what a deployment with another Languages does
    w.stack.parameters["Languages"] = langs
    for fn in ("FetchFunction", "PublishFunction"):
        f = w.chain.functions[fn]
        env = getattr(f, "environment", None) or getattr(f, "variables", None)
        print("P4 env", type(env))

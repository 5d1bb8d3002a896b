"""The worlds that histories play in: which days, lists, languages, models and sources, and what the operator does."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from shared.model.span import ONE_DAY
from tests.factories.places import ROOT
from tests.simulation.faults import Dice
from tests.simulation.lists import Day, Lists

FIRST_DAYS = (
    date(2026, 2, 18),  # Wednesday: days in the middle of a week
    date(2026, 2, 20),  # Friday: the weekend, and the week that ends in it
    date(2026, 2, 26),  # Thursday: February ends in them
    date(2026, 12, 30),  # Wednesday: the year ends in them, and week 53
)
SCENARIOS = 48
"""How many worlds there are: each has a faultless run, which its histories are held against."""
WHOLE_PAGES = frozenset({5, 7, 15, 36, 46})
"""The worlds whose pages are written and read: two of them in two languages."""
BEDROCK = "bedrock:global.amazon.nova-2-lite-v1:0"
OPENAI = "openai:kite-1"
DRAFT = "draft"
OTHERS: Mapping[str, str] = {BEDROCK: "bedrock:global.amazon.nova-pro-v1:0", OPENAI: "openai:kite-2", DRAFT: OPENAI}
"""The model that an operator tries on a day, by the one that the stack has."""
PARAMETERS = {
    "/sim/openai-key": "key",
    "/sim/webhook": "https://hooks.example/services/kite",
    "/sim/github": "token",
    "/sim/chats/team": '{"kind": "slack", "address": "https://hooks.example/services/team", "periods": ["daily"]}',
    "/sim/chats/english": '{"kind": "discord", "address": "https://hooks.example/english", "language": "en"}',
    "/sim/chats/friends": '{"kind": "telegram", "token": "7:kites", "chat": "@kites"}',
}
NEW_SITE: Mapping[str, Any] = json.loads((ROOT / "events" / "fetch-site.json").read_text())


class Act(NamedTuple):
    """What the operator does, some hours after the beginning."""

    hours: float
    event: Mapping[str, Any] | None
    """For fetch; None redrives the dead letters."""
    model: str = ""
    """The parameter `Model` for the next half hour; empty for the one of the scenario."""


class Scenario(NamedTuple):
    """One world."""

    number: int
    first: date
    lists: Lists
    parameters: Mapping[str, str]
    acts: Sequence[Act]
    whole_pages: bool
    """Whether HTML is rendered and read. Otherwise a page is the hash of what it would be made from."""

    @property
    def begins(self) -> datetime:
        """The end of the first day."""
        return datetime.combine(self.first + ONE_DAY, time(0, 5), UTC)

    @property
    def last(self) -> date:
        """The last day that has papers."""
        return max(day for day, found in self.lists.days.items() if found.papers or found.late)

    @property
    def calm_from(self) -> datetime:
        """From then on nothing goes wrong."""
        return datetime.combine(self.last + ONE_DAY, time(20), UTC)

    @property
    def models(self) -> dict[str, str]:
        """The days that were replayed with another model, and that model."""
        return {str(act.event["day"]): act.model for act in self.acts if act.event and act.model}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the digest."""
        return tuple(self.parameters["Languages"].split(","))


def scenario(number: int) -> Scenario:
    """The world of this number."""
    dice = Dice(-1 - number)
    first = FIRST_DAYS[number % len(FIRST_DAYS)]
    days = _days(first, dice)
    papers = [paper for day in days.values() for paper in (*day.papers, *day.late)]
    sources = "arxiv,github,huggingface,pictures,text" if number % 3 == 0 else "none"
    model = DRAFT if number % 12 == 7 else OPENAI if number % 2 else BEDROCK
    return Scenario(
        number=number,
        first=first,
        lists=Lists(days, pictures=papers[::3]),
        parameters={
            "Languages": "ko,en" if number % 5 == 0 else "ko",
            "Model": model,
            "OpenAiKeyParameter": "/sim/openai-key" if number % 4 == 1 else "",
            "ModelPrice": "0.30/2.50",
            "Sources": sources,
            "GitHubTokenParameter": "/sim/github" if number % 6 == 0 else "",
            "WebhookParameter": "/sim/webhook" if number % 4 == 2 else "",
            "FullText": "2" if number % 9 in (0, 3) else "0",
            "ChannelsPath": "/sim/chats" if number % 8 == 2 else "",
            "PapersInFull": "2",
            "PublicSite": "true",
        },
        acts=_acts(first, dice, OTHERS[model]),
        whole_pages=number in WHOLE_PAGES,
    )


def _days(first: date, dice: Dice) -> dict[date, Day]:
    """Two or three days of one to four papers; one paper is on two days, one has an id of the old style."""
    found: dict[date, Day] = {}
    number = 0
    for place in range(3):
        day = first + place * ONE_DAY
        if day.weekday() >= 5:
            found[day] = Day(())
            continue
        count = 1 + int(3 * dice.number(f"{day}/papers"))
        papers = [f"{day:%y%m}.{number + each:05}" for each in range(count)]
        number += count
        late = [f"{day:%y%m}.{number + 50:05}"] if dice.number(f"{day}/late") < 0.5 else []
        hours = (0.0, 0.0, 2.0, 9.5)[int(4 * dice.number(f"{day}/listed"))]
        found[day] = Day(papers, late, listed_after_hours=hours)
    days = [day for day, listed in found.items() if listed.papers]
    if len(days) > 1 and dice.number("twice") < 0.4:
        again = found[days[1]]
        found[days[1]] = again._replace(papers=(found[days[0]].papers[0], *again.papers))
    if dice.number("old") < 0.3:
        found[days[0]] = found[days[0]]._replace(papers=("cs/0601001", *found[days[0]].papers))
    return found


def _acts(first: date, dice: Dice, other: str) -> tuple[Act, ...]:
    """Replays, a redrive, a backfill and a new site, in some worlds."""
    found: list[Act] = []
    if dice.number("replay") < 0.35:
        step = dice.choice("replay/step", ("enrich", "summarize", "publish"))
        found.append(Act(6 + 30 * dice.number("replay/at"), {"day": str(first), "mail": False, "replay_from": step}))
    if dice.number("enrich") < 0.15:  # on the day on which it was read
        replay = {"day": str(first), "mail": False, "replay_from": "enrich"}
        found.append(Act(3 + 8 * dice.number("enrich/at"), replay))
    if dice.number("model") < 0.25:
        replay = {"day": str(first), "mail": False, "replay_from": "summarize"}
        found.append(Act(4 + 12 * dice.number("model/at"), replay, other))
    if dice.number("redrive") < 0.3:
        found.append(Act(5 + 30 * dice.number("redrive/at"), None))
    if dice.number("backfill") < 0.25:
        found.append(Act(10 + 20 * dice.number("backfill/at"), {"day": str(first - timedelta(days=1)), "mail": False}))
    if dice.number("site") < 0.25:
        found.append(Act(8 + 30 * dice.number("site/at"), NEW_SITE))
    return tuple(found)

"""Chats of a local run: described in its environment, and posted to when the page is there that messages lead to."""

import json
from typing import Any

import httpx
import pytest

from functions.publish import channels
from functions.publish.delivery import MailRecord
from functions.publish.settings import PublishSettings
from shared.store import keys
from shared.store.secrets import UnreadableSecretError, redact
from tests.chain.world import FRIDAY, MakeWorld, row

SECRET = "T0K3N-of-a-chat"
TEAM = json.dumps({"team": {"kind": "slack", "address": f"https://hooks.invalid/{SECRET}"}})


def test_messages_are_held_back_until_they_are_asked_for_then_posted_once(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts: list[httpx.URL] = []
    monkeypatch.setenv("CHANNELS", TEAM)
    monkeypatch.setenv("HOLD_POSTS", "true")
    world = make_world({FRIDAY: [row("2602.00001")]})

    def answer(request: httpx.Request) -> httpx.Response:
        posts.append(request.url)
        return httpx.Response(200)

    world.internet.elsewhere = answer
    world.run(minutes=30)
    assert world.published()
    assert len(world.mails()) == 1
    assert posts == []
    monkeypatch.delenv("HOLD_POSTS")
    world.run(hours=1)
    assert posts == [f"https://hooks.invalid/{SECRET}"]
    assert world.archive.read(keys.channel(FRIDAY, "ko", "team"), MailRecord).status == "sent"
    assert FRIDAY not in world.open_days()


def settings() -> PublishSettings:
    given: dict[str, Any] = {"channels_path": "", "webhook_parameter": "", "webhook_shape": "slack"}
    return PublishSettings.model_construct(None, **given)


def test_a_local_run_has_a_channel_for_each_name_and_their_secrets_are_redacted() -> None:
    found = channels.read(settings(), channels.Local(channels=TEAM))
    assert [(each.name, each.kind) for each in found] == [("team", "slack")]
    assert SECRET not in redact(f"refused: {found[0].target().address}")


@pytest.mark.parametrize("value", [f"https://hooks.invalid/{SECRET}", f'["{SECRET}"]', f'{{"team": "{SECRET}"'])
def test_descriptions_that_are_none_are_said_without_their_value(value: str) -> None:
    with pytest.raises(UnreadableSecretError, match="CHANNELS is no JSON such as") as raised:
        channels.read(settings(), channels.Local(channels=value))
    assert SECRET not in str(raised.value)

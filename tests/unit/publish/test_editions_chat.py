"""The webhook's message: the day in short, as Slack, Discord and Teams take it, and nothing in it is markup."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.publish.render import chat
from functions.publish.render.chat import Entry, Post
from functions.publish.settings import Kind
from tests.factories.digests import EDITION, analysis, digest, paper

KINDS: tuple[Kind, ...] = ("slack", "discord", "teams", "telegram")
PAGE = "https://papers.example/site/2026-02-20/index.html"
DAY = digest([paper(number) for number in range(1, 20)])
PRIVATE = EDITION.model_copy(update={"site_url": "", "site_is_reachable": False})
JOINER = "\N{WORD JOINER}"
HOSTILE = "<!channel> **`@everyone`** [x](javascript:alert) & <@U1> ~~_#1_~~ $\\times$\u202e\x00\nnext"


def paper_page(number: int) -> str:
    return f"https://papers.example/site/papers/2602.{number:05}/index.html"


def made(kind: Kind, post: Post | None = None) -> Any:
    return json.loads(chat.payload(post or chat.of_digest(DAY, EDITION), kind))


def post_of(text: str, address: str = PAGE, entries: int = 5) -> Post:
    entry = Entry(title=text, text=text, address=address)
    return Post(title=text, address=address, lines=(text, text), entries=(entry,) * entries)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from strings(part)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_has_the_two_lines_and_the_five_best_each_linked(kind: Kind) -> None:
    text = "\n".join(strings(made(kind)))
    assert "많이 다룬 주제: Agent" in text.replace("\\", "")
    text = text.replace(JOINER, "")
    assert "Daily Papers, 2026년 2월 20일" in text
    assert PAGE in text
    for number in range(1, 6):
        assert paper_page(number) in text
        assert f"{number}. A Reader for Long Feeds" in text
    assert text.count("읽는 시간을 절반으로 줄이는 도구를 제안한다.") == 5
    assert paper_page(6) not in text


def test_slack_gets_linked_titles_in_mrkdwn_and_all_else_as_plain_text() -> None:
    message = made("slack")
    title, first_line, _, paper_title, one_line, *_ = message["blocks"]
    assert message["text"] == "Daily Papers, 2026년 2월 20일 (금)"
    assert title["text"]["text"] == f"*<{PAGE}|Daily Papers, 2026년 2월 20일 (금)>*"
    assert first_line["text"]["type"] == "plain_text"
    assert paper_title["text"] == {
        "type": "mrkdwn",
        "text": f"*<{paper_page(1)}|1. A Reader for Long Feeds>*",
        "verbatim": True,
    }
    assert one_line["text"]["text"] == "읽는 시간을 절반으로 줄이는 도구를 제안한다."


def test_discord_gets_an_embed_for_the_day_and_one_a_paper_and_calls_nobody() -> None:
    message = made("discord")
    assert [embed["url"] for embed in message["embeds"]][:2] == [PAGE, paper_page(1)]
    assert message["embeds"][1]["title"] == "1. A Reader for Long Feeds"
    assert message["embeds"][1]["description"] == "읽는 시간을 절반으로 줄이는 도구를 제안한다."
    assert message["allowed_mentions"] == {"parse": []}


def test_teams_gets_an_adaptive_card_whose_runs_know_no_markup() -> None:
    message = made("teams")
    (attachment,) = message["attachments"]
    assert message["type"] == "message"
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert card["type"] == "AdaptiveCard"
    runs = [block["inlines"][0] for block in card["body"]]
    assert {block["type"] for block in card["body"]} == {"RichTextBlock"}
    assert runs[3]["text"] == "1. A Reader for Long Feeds"
    assert runs[3]["selectAction"] == {"type": "Action.OpenUrl", "url": paper_page(1)}


def test_telegram_gets_linked_bold_titles_in_html_and_no_preview() -> None:
    message = made("telegram")
    assert (message["parse_mode"], message["link_preview_options"]) == ("HTML", {"is_disabled": True})
    title, *_, last = message["text"].replace(JOINER, "").split("\n\n")
    assert title.startswith(f'<b><a href="{PAGE}">Daily Papers, 2026년 2월 20일 (금)</a></b>\n')
    assert last.startswith(f'<b><a href="{paper_page(5)}">5. A Reader for Long Feeds</a></b>\n')


def test_telegram_makes_no_link_mention_tag_or_command_of_a_text() -> None:
    text = made("telegram", post_of("@everyone #tag /start evil.example <a href='x'>x</a> & \" "))["text"]
    shown = re.sub(r"</?b>|</a>|<a href=\"[^\"]*\">", "", text)
    assert "<" not in shown
    assert "&lt;" in shown
    assert not re.search(r"[@#/.]\w", unescape(shown))


@pytest.mark.parametrize("kind", KINDS)
def test_a_private_site_is_not_linked_and_its_papers_are_where_everybody_can_read(kind: Kind) -> None:
    text = "\n".join(strings(made(kind, chat.of_digest(DAY, PRIVATE))))
    assert "https://huggingface.co/papers/2602.00001" in text
    assert "index.html" not in text


def test_nothing_in_a_hostile_text_calls_formats_or_links() -> None:
    slack = made("slack", post_of(HOSTILE))
    for block in slack["blocks"]:
        if block["text"]["type"] == "mrkdwn":
            assert re.fullmatch(rf"\*<{re.escape(PAGE)}\|[^<>]*>\*", block["text"]["text"])
    discord = made("discord", post_of(HOSTILE))["embeds"][1]
    for text in (discord["title"], discord["description"]):
        assert not re.search(r"(?<!\\)[*_~`|<>\[\]():@#]", re.sub(r"\\.", "", text))
    teams = made("teams", post_of(HOSTILE))["attachments"][0]["content"]["body"]
    assert teams[0]["inlines"][0]["text"].startswith("<!channel> **`@everyone`** [x](javascript:alert) & <@U1>")
    for message in (slack, discord, teams):
        assert all(text.isprintable() for text in strings(message))


@pytest.mark.parametrize("character", ["&", "*", "가", "𝒙", "x"])
def test_endless_texts_are_cut_to_what_each_service_takes(character: str) -> None:
    post = post_of(character * 100_000, f"https://papers.example/{'&' * 130}")
    for block in made("slack", post)["blocks"]:
        assert len(block["text"]["text"]) <= 3000
    embeds = made("discord", post)["embeds"]
    units = {name: [len(embed[name].encode("utf-16-le")) // 2 for embed in embeds] for name in ("title", "description")}
    assert max(units["title"]) <= 256
    assert max(units["description"]) <= 4096
    assert sum(units["title"] + units["description"]) <= 6000
    assert len(embeds) <= 10
    assert len(chat.payload(post, "teams").encode()) <= 28 * 1024
    telegram = unescape(re.sub(r"<[^>]*>", "", made("telegram", post)["text"]))
    assert len(telegram.encode("utf-16-le")) // 2 <= 4096
    assert character in telegram


@pytest.mark.parametrize("kind", KINDS)
def test_an_address_that_no_service_takes_is_left_out_and_the_text_stays(kind: Kind) -> None:
    text = "\n".join(strings(made(kind, post_of("제목", f"https://papers.example/{'a' * 14_000}"))))
    assert "제목" in text
    assert "papers.example" not in text


@given(st.text(), st.text())
def test_any_text_makes_a_message(title: str, text: str) -> None:
    day = digest([paper(1, title, analysis=analysis(text)), paper(2, analysis=None, source="none")])
    for kind in KINDS:
        message = json.loads(chat.payload(chat.of_digest(day, EDITION), kind))
        assert all(part for part in strings(message))

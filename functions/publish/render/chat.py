"""The message of a digest in short, in the form of each kind of chat. Texts stay text: nothing in them is markup."""

import json
from collections.abc import Mapping
from html import escape
from itertools import accumulate
from typing import Annotated, Any

from pydantic import AfterValidator

from functions.publish.model.digest import Digest
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.render import addresses
from functions.publish.settings import Kind, SiteConfig
from functions.publish.text import phrases, wording
from functions.publish.text.outside import cut
from shared.model.frozen import Frozen

BEST = 5
MAX_TEXT = 300
"""Characters of a title or a line, as in the mail: six of each keep a Teams message under its 28 KB."""
MAX_ADDRESS = 700
"""Characters, as Slack escapes them: no service takes more than some thousands, and a paper's has about 80."""
SLACK_TITLE = 2000
"""Characters: with its address under the 3,000 of https://docs.slack.dev/reference/block-kit/blocks/section-block."""
DISCORD_TITLE = 256
"""Characters, https://discord.com/developers/docs/resources/message#embed-object-embed-limits."""
DISCORD_TEXT = 700
"""Six titles, two lines and five texts stay under the 6,000 characters that a message's embeds may have in all."""

TELEGRAM_TEXT = 4096
"""UTF-16 units of the text without its markup, https://core.telegram.org/bots/api#sendmessage."""

_SLACK = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_DISCORD = {character: f"\\{character}" for character in r"\*_~`|<>[]():@#-+"}
_TELEGRAM = str.maketrans({character: f"{character}\N{WORD JOINER}" for character in "@#/."})
"""Telegram makes links of @names, #tags, /commands and addresses in any text. The joiner is not seen and ends them."""


Text = Annotated[str, AfterValidator(lambda text: cut(text, MAX_TEXT))]
"""A text on a line of its own."""
Link = Annotated[str, AfterValidator(lambda text: text if len(text) + 4 * text.count("&") <= MAX_ADDRESS else "")]
"""An address; empty where no service takes one so long."""


class Entry(Frozen):
    """A paper: its title, one line about it, and where it is."""

    title: Text
    text: Text = ""
    address: Link


class Post(Frozen):
    """A digest in short. Without an address its title is no link: the site is private."""

    title: Text
    address: Link
    lines: tuple[Text, ...]
    entries: Annotated[tuple[Entry, ...], AfterValidator(lambda entries: entries[:BEST])]


def of_digest(digest: Digest | PeriodDigest, config: SiteConfig) -> Post:
    """The digest in a few lines, and its best papers."""
    language = digest.language
    return Post(
        title=f"Daily Papers, {phrases.span_in_words(digest.span, language)}",
        address=addresses.of_span(digest.span, language, config) if config.site_is_reachable else "",
        lines=wording.about(digest),
        entries=tuple(
            Entry(
                title=f"{paper.rank}. {paper.title}",
                text=" · ".join(filter(None, (paper.one_line, wording.label_of_line(paper, digest)))),
                address=addresses.of_paper(paper.id, language, config),
            )
            for paper in digest.papers[:BEST]
        ),
    )


def payload(post: Post, kind: Kind) -> str:
    """The body of the POST; for Telegram without its chat."""
    made = {"slack": _slack, "discord": _discord, "teams": _teams, "telegram": _telegram}[kind](post)
    return json.dumps(made, ensure_ascii=False)


def _slack(post: Post) -> dict[str, Any]:
    """Titles are mrkdwn for their links; all other texts are plain."""
    blocks = [_slack_title(post.title, post.address), *map(_slack_text, post.lines)]
    for entry in post.entries:
        blocks.append(_slack_title(entry.title, entry.address))
        blocks += [_slack_text(entry.text)] if entry.text else []
    return {"text": _escaped(post.title, _SLACK, SLACK_TITLE), "blocks": blocks}


def _slack_title(title: str, address: str) -> dict[str, Any]:
    text = _escaped(title, _SLACK, SLACK_TITLE)
    linked = f"<{_escaped(address, _SLACK, SLACK_TITLE)}|{text}>" if address else text
    return {"type": "section", "text": {"type": "mrkdwn", "text": f"*{linked}*", "verbatim": True}}


def _slack_text(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}


def _discord(post: Post) -> dict[str, Any]:
    lines = "\n".join(_escaped(line, _DISCORD, DISCORD_TEXT) for line in post.lines)
    embeds = [_embed(post.title, lines, post.address)]
    embeds += [
        _embed(entry.title, _escaped(entry.text, _DISCORD, DISCORD_TEXT), entry.address) for entry in post.entries
    ]
    return {"embeds": embeds, "allowed_mentions": {"parse": []}}


def _embed(title: str, description: str, address: str) -> dict[str, str]:
    made = {"title": _escaped(title, _DISCORD, DISCORD_TITLE), "description": description, "url": address}
    return {name: value for name, value in made.items() if value}


def _telegram(post: Post) -> dict[str, Any]:
    """HTML of bold and linked titles, as many whole parts as fit."""
    parts = [_telegram_part(post.title, post.address, "\n".join(post.lines))]
    parts += [_telegram_part(entry.title, entry.address, entry.text) for entry in post.entries]
    ends = accumulate(_units(text) + len("\n\n") for text, _ in parts)
    shown = [html for (_, html), end in zip(parts, ends, strict=True) if end <= TELEGRAM_TEXT]
    return {"text": "\n\n".join(shown), "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def _telegram_part(title: str, address: str, text: str) -> tuple[str, str]:
    """A part as it is counted, without its markup, and as it is sent."""
    title, text = title.translate(_TELEGRAM), text.translate(_TELEGRAM)
    linked = f'<a href="{escape(address)}">{escape(title)}</a>' if address else escape(title)
    return f"{title}\n{text}", f"<b>{linked}</b>" + (f"\n{escape(text)}" if text else "")


def _teams(post: Post) -> dict[str, Any]:
    """An Adaptive Card of rich text: its runs know no markup."""
    body = [_run(post.title, post.address, size="large", weight="bolder"), *map(_run, post.lines)]
    for entry in post.entries:
        body.append(_run(entry.title, entry.address, weight="bolder"))
        body += [_run(entry.text)] if entry.text else []
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
    }
    content_type = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": content_type, "contentUrl": None, "content": card}]}


def _run(text: str, address: str = "", **style: str) -> dict[str, Any]:
    run: dict[str, Any] = {"type": "TextRun", "text": text, **style}
    if address:
        run |= {"color": "accent", "selectAction": {"type": "Action.OpenUrl", "url": address}}
    return {"type": "RichTextBlock", "inlines": [run]}


def _escaped(text: str, escapes: Mapping[str, str], most: int) -> str:
    """The text with its escapes, cut between two characters so that it is at most this long, counted in UTF-16."""
    parts = [escapes.get(character, character) for character in text]
    lengths = list(accumulate(map(_units, parts)))
    if not lengths or lengths[-1] <= most:
        return "".join(parts)
    fitting = sum(length < most for length in lengths)
    return "".join(parts[:fitting]) + "…"


def _units(text: str) -> int:
    """The length in UTF-16."""
    return len(text.encode("utf-16-le")) // 2

"""The chats that digests are posted to beside the mail, as SSM parameters describe them.

Addresses and tokens are secrets: errors name a channel and a field, never a value.
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated, Literal, NamedTuple, Self

import httpx
from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator

from functions.publish.settings import Kind, PublishSettings
from shared.languages import Language
from shared.model.frozen import Frozen
from shared.model.span import KINDS
from shared.store.secrets import UnreadableSecretError, read_secret, read_secrets, remember

WEBHOOK = "webhook"
"""The name of the channel that the parameter WebhookParameter makes."""
TELEGRAM = "https://api.telegram.org/bot{token}/sendMessage"
"""https://core.telegram.org/bots/api#making-requests"""


class ChannelError(ValueError):
    """A channel's parameter describes no channel. The message holds no value of it."""


class Target(NamedTuple):
    """Where a channel's messages are posted to. The address is a secret."""

    address: httpx.URL
    chat: str = ""
    """The chat's id, for a kind whose address is the same for all chats."""


class Channel(NamedTuple):
    """A chat. Its target is a call, so that no value of it is shown by accident."""

    name: str
    kind: Kind
    target: Callable[[], Target]
    """Raises ChannelError, or an error of the Parameter Store."""
    language: str = ""
    """Empty for every language."""
    periods: tuple[str, ...] = KINDS

    def takes(self, language: str, period: str) -> bool:
        """Whether the channel wants digests of this language and period."""
        return self.language in ("", language) and period in self.periods


def _is_token(value: SecretStr) -> SecretStr:
    """Any other character could change the address."""
    if not re.fullmatch(r"(\d+:[\w-]+)?", value.get_secret_value(), re.ASCII):
        raise ValueError
    return value


def _is_kind(value: str) -> str:
    if value not in KINDS:
        raise ValueError
    return value


class _Description(Frozen):
    """The JSON of a channel's parameter. The descriptions say what a right value is."""

    kind: Annotated[Kind, Field(description="slack, discord, teams or telegram")]
    address: Annotated[SecretStr, Field(description="an https address")] = SecretStr("")
    token: Annotated[SecretStr, AfterValidator(_is_token), Field(description="a bot's token")] = SecretStr("")
    chat: Annotated[str | int, Field(description="a chat's id or @name")] = ""
    language: Annotated[Language | Literal[""], Field(description="a language of the site")] = ""
    periods: Annotated[
        tuple[Annotated[str, AfterValidator(_is_kind)], ...],
        Field(min_length=1, description=f"a list of {', '.join(KINDS)}"),
    ] = KINDS

    @model_validator(mode="after")
    def _has_a_target(self) -> Self:
        is_whole = (self.token and self.chat) if self.kind == "telegram" else self.address
        if not is_whole:
            raise ValueError(f"{self.kind} needs {'token and chat' if self.kind == 'telegram' else 'address'}")
        return self

    def target(self) -> Target:
        if self.kind == "telegram":
            address = TELEGRAM.format(token=remember(self.token.get_secret_value()))
            return Target(https(address), str(self.chat))
        return Target(https(remember(self.address.get_secret_value())))


class Local(NamedTuple):
    """What a local run has in place of the parameters, from its environment. Both are secrets."""

    webhook: str = ""
    """The address of WebhookParameter's channel."""
    channels: str = ""
    """JSON: the descriptions of channels by their names."""


def are_set_up(settings: PublishSettings, local: Local) -> bool:
    """Whether there is any channel."""
    return bool(settings.channels_path or settings.webhook_parameter or any(local))


def read(settings: PublishSettings, local: Local) -> tuple[Channel, ...]:
    """Every channel: one that is described wins over WebhookParameter's of the same name.

    Raises UnreadableSecretError, or the client's error.
    """
    found: dict[str, Channel] = {}
    if settings.webhook_parameter or local.webhook:
        address = partial(read_secret, settings.webhook_parameter, local.webhook)
        found[WEBHOOK] = webhook(settings.webhook_shape, address)
    stored = read_secrets(settings.channels_path) if settings.channels_path else {}
    found |= {each.name: each for each in described(stored | _split(local.channels))}
    return tuple(found.values())


def _split(local: str) -> dict[str, str]:
    """The description of each channel of a local run, as a parameter would hold it."""
    try:
        found = json.loads(remember(local) or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise UnreadableSecretError('CHANNELS is no JSON such as {"team": {"kind": "slack", "address": "https://…"}}')
    return {name: remember(json.dumps(each)) for name, each in found.items()}


def webhook(kind: Kind, address: Callable[[], str]) -> Channel:
    """The channel that WebhookParameter and WebhookShape make: every language and period."""
    return Channel(WEBHOOK, kind, lambda: Target(https(address())))


def described(parameters: Mapping[str, str]) -> tuple[Channel, ...]:
    """The channels of a path, by name. One whose description is wrong raises ChannelError when it is posted to."""
    return tuple(_channel(name, value) for name, value in sorted(parameters.items()))


def https(address: str) -> httpx.URL:
    """Raises ChannelError for anything but an https address."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        raise ChannelError("its value is no address") from None
    if url.scheme != "https" or not url.host:
        raise ChannelError("its value is no https address")
    return url


def _channel(name: str, value: str) -> Channel:
    try:
        found = _Description.model_validate(json.loads(value))
    except ValidationError as error:
        return _broken(name, _reason(error))
    except ValueError:
        return _broken(name, "its value is no JSON")
    return Channel(name, found.kind, found.target, found.language, found.periods)


def _reason(error: ValidationError) -> str:
    """What is wrong, without the value."""
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    if not first["loc"]:
        return f"its value: {first['msg'].removeprefix('Value error, ')}"
    field = str(first["loc"][0])
    return f"{field}: it is not {_Description.model_fields[field].description}"


def _broken(name: str, reason: str) -> Channel:
    def fail() -> Target:
        raise ChannelError(reason)

    return Channel(name, "slack", fail)

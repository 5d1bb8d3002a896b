"""The mail and the webhook's message of a week or month: claimed before anything is written, sent after, once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from functions.publish.delivery import mailing, webhook
from functions.publish.delivery.mailing import Attributes
from functions.publish.delivery.webhook import Posted
from functions.publish.model.period_closing import PeriodState
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.render import period_mail as mail
from functions.publish.render import period_message as message
from functions.publish.render.webhook import payload
from functions.publish.writing import Dependencies
from shared.model.span import Kind
from shared.store import keys

MAILED_WITHIN: Mapping[Kind, timedelta] = {"weekly": timedelta(days=6), "monthly": timedelta(days=20)}
"""As long as fetch makes up for a list that could not be read; one that closes later is asked for by hand."""


class Delivered(NamedTuple):
    """What was sent now."""

    mailed: bool
    posted: Posted


def claim(digest: PeriodDigest, state: PeriodState, surroundings: Dependencies, now: datetime) -> None:
    """Decides whether it is mailed, where that is not decided yet, and stores what is to be sent."""
    archive, edition, hook = surroundings.archive, surroundings.edition, surroundings.webhook
    key = keys.mailed(digest.period, digest.language)
    record = mailing.decided(
        {manifest.mail for manifest in state.manifests},
        digest.period.ended_at,
        mailing.stored(archive, key),
        lambda: mail.render(digest, edition),
        now,
        MAILED_WITHIN[digest.period.kind],
    )
    if record and hook:
        body = payload(message.post(digest, edition), hook.shape)
        webhook.claim(archive, keys.webhook(digest.period, digest.language), record, body)
    if record:
        mailing.claim(archive, key, record)


def send(digest: PeriodDigest, surroundings: Dependencies, now: datetime) -> Delivered:
    """Sends what is claimed and not known to be sent."""
    archive, sns, topic, hook = surroundings.archive, surroundings.sns, surroundings.topic, surroundings.webhook
    attributes = Attributes(digest.language, digest.period.kind, str(digest.period))
    try:
        mailed = mailing.send(archive, sns, topic, keys.mailed(digest.period, digest.language), attributes, now)
    finally:
        posted = webhook.post(archive, hook, keys.webhook(digest.period, digest.language), now)
    return Delivered(mailed, posted)

"""What became of the last days: listed, analysed, drafted, missing and why, cost, mail, and what is still open."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

import click
from pydantic import ValidationError

from local.operate.installation import Installation, Objects
from local.operate.options import echo_all, of_installation
from local.report import newest_reasons, reason_of
from shared.model.frozen import Frozen
from shared.model.manifest import Manifest, latest_rows
from shared.store import keys

DAYS = 7


class Mail(Frozen):
    """The part of a mail's record that an operator asks for."""

    status: str
    reason: str = ""


class Missing(Frozen):
    """A paper without an analysis, and the last error that it met."""

    id: str
    reason: str


class LanguageStatus(Frozen):
    """A day in one language, as it was published last."""

    language: str
    status: str
    revision: int
    sources: Mapping[str, int]
    """How many papers come from a model, a draft, or nothing."""
    missing: tuple[Missing, ...]
    cost_usd: float | None
    mail: Mail | None


class DayStatus(Frozen):
    """A day over all its reads."""

    day: date
    listed: int
    is_open: bool
    languages: tuple[LanguageStatus, ...]
    unpublished: tuple[str, ...]
    """Languages that were asked for and have no page yet."""
    unreadable: int = 0
    """Manifests that are none."""


@click.command("status")
@click.option("--days", default=DAYS, show_default=True, help="How many days, newest first.")
@of_installation
def show_status(installation: Installation, days: int) -> None:
    """Shows what became of the last days."""
    found = read_status(installation.bucket, days)
    if not found:
        raise click.ClickException("no day was read yet")
    echo_all(lines(found))


def read_status(objects: Objects, days: int = DAYS) -> list[DayStatus]:
    """The newest days that were read, newest first."""
    return [_read_day(objects, day) for day in known_days(objects)[-days:][::-1]]


def known_days(objects: Objects) -> list[date]:
    """Every day that has a manifest, oldest first."""
    found = set()
    for key in objects.list(keys.MANIFESTS):
        with suppress(ValueError):  # a key that is not ours, or a week's or month's
            found.add(keys.day_of(key))
    return sorted(found)


def read_digests(objects: Objects, day: date, languages: Collection[str]) -> dict[str, dict[str, Any]]:
    """The published digests of a day by language. The first language has its tree at the site's root."""
    found = {}
    for tree in ("", *(f"{language}/" for language in languages)):
        for key in objects.list(f"{keys.SITE}{tree}{keys.day_file(day, 'digest.json')}"):
            digest = json.loads(objects.get(key))
            found[digest["language"]] = digest
    return found


def _read_day(objects: Objects, day: date) -> DayStatus:
    stored = keys.reads(objects.list(keys.manifests(day)))
    manifests = list(_readable(objects, stored))
    wanted = manifests[-1].languages if manifests else ()
    digests = read_digests(objects, day, wanted)
    reasons = newest_reasons((key, objects.get(key)) for key in objects.list(keys.failures(day)))
    languages = [_language(objects, day, digest, reasons) for _, digest in sorted(digests.items())]
    return DayStatus(
        day=day,
        listed=len(latest_rows(manifests)),
        is_open=bool(objects.list(keys.open_markers(day))),
        languages=tuple(languages),
        unpublished=tuple(language for language in wanted if language not in digests),
        unreadable=len(stored) - len(manifests),
    )


def _readable(objects: Objects, stored: Iterable[str]) -> Iterator[Manifest]:
    for key in stored:
        with suppress(ValidationError):
            yield Manifest.model_validate_json(objects.get(key))


def _language(objects: Objects, day: date, digest: Mapping[str, Any], reasons: Mapping[str, str]) -> LanguageStatus:
    language = digest["language"]
    mailed = list(objects.list(keys.mailed(day, language)))
    return LanguageStatus(
        language=language,
        status=digest["status"],
        revision=digest["revision"],
        sources=Counter(paper["source"] for paper in digest["papers"]),
        missing=tuple(Missing(id=each["id"], reason=reason_of(each, language, reasons)) for each in digest["missing"]),
        cost_usd=digest.get("cost_usd"),
        mail=Mail.model_validate_json(objects.get(mailed[0])) if mailed else None,
    )


def lines(days: Sequence[DayStatus]) -> Iterator[str]:
    """The lines of the table."""
    for day in days:
        read = f"{day.unreadable} read that cannot be read" if day.unreadable else f"{day.listed} listed"
        yield f"{day.day}  {read}{'  OPEN' if day.is_open else ''}"
        for each in day.languages:
            cost = "cost unknown" if each.cost_usd is None else f"${each.cost_usd:.4f}"
            yield f"  {each.language}  {_counts(each)}  {cost}  {each.status}, revision {each.revision}"
            yield f"      mail: {_mail(each.mail)}"
            yield from (f"      missing {paper.id}: {paper.reason}" for paper in each.missing)
        yield from (f"  {language}  not published" for language in day.unpublished)


def _counts(language: LanguageStatus) -> str:
    names = {"model": "analysed", "sample": "sample", "draft": "drafted", "none": "bare"}
    return ", ".join(
        f"{language.sources[source]} {name}" for source, name in names.items() if language.sources.get(source)
    )


def _mail(mail: Mail | None) -> str:
    if mail is None:
        return "none"
    return f"{mail.status} ({mail.reason})" if mail.reason else mail.status

"""A day that still waits half an hour after its read: shown once, with drafts of what is pending, announced nowhere."""

from dataclasses import replace
from datetime import datetime

from functions.publish import site as editions
from functions.publish.day_issue import DayIssue
from functions.publish.index.context import day_context
from functions.publish.index.recent import Recent
from functions.publish.index.records import Records
from functions.publish.model.digest import Digest
from functions.publish.publish import write_files
from functions.publish.render import data, pages
from functions.publish.site import HTML, JSON, File
from shared.store import keys


def show(issue: DayIssue, now: datetime) -> Digest:
    """Writes the day's page, its papers' pages, digest.json, and the front page, which leads to it.

    The digest has no fingerprint: the day counts as not published, and its closing is revision 1. What a killed run
    has stored of it stands, and its other files are written.
    """
    site, config, language = issue.site, issue.site.config, issue.site.language
    stamps = {"closed_at": now, "revision": 0, "languages": (language,)}
    assembled = issue.assemble().model_copy(update=stamps)
    digest = site.shown_day(assembled.day) or assembled
    whole = day_context(site, issue.indexes, digest, first=True, force=False)
    published = issue.indexes[Recent].days_with_papers
    newest = next((found for day in published if (found := site.day(day))), None)
    indexes = issue.indexes.replaced(whole.indexes[Records])
    context = replace(whole, indexes=indexes, tags={}, newest=newest, neighbours=())
    front = pages.front(newest, whole.indexes[Recent].entries, language, config)
    files = {
        site.key(keys.span_file(digest.span, "digest.json")): File(data.digest_json(digest), JSON),
        **editions.files(site, context, editions.OPEN_DAY_EDITIONS),
        site.key(keys.FRONT): File(front.encode(), HTML),
    }
    write_files(files, site)
    return digest

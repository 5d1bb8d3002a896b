"""What agents and programs read first."""

import json
import re
from typing import Any

from functions.publish.index import Indexes
from functions.publish.index.archive import Archive, Overview
from functions.publish.index.context import PeriodContext
from functions.publish.index.year import Year
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.render import data
from shared.model.span import Month, Week
from tests.factories.digests import EDITION, digest, paper

OVERVIEW = (
    Overview()
    .with_period(Week.parse("2026-W07"))
    .with_period(Week.parse("2026-W08"))
    .with_period(Month.parse("2026-01"))
)


def test_latest_json_leads_to_the_newest_day_week_and_month() -> None:
    of_any_page: Any = None
    day, year = digest([paper(1), paper(2)], revision=3), Year(year=2026)
    indexes = Indexes[PeriodDigest](Archive(OVERVIEW, year))
    ((address, written),) = data.latest(PeriodContext(EDITION, of_any_page, indexes, year, year, (), day))
    found = json.loads(written)
    assert address == "latest.json"
    assert found["schema"] == "latest.v1"
    assert (found["day"], found["papers"], found["revision"]) == ("2026-02-20", 2, 3)
    assert (found["data"], found["page"]) == ("2026-02-20/digest.json", "2026-02-20/index.html")
    assert found["periods"] == {"weekly": "weekly/2026-W08/digest.json", "monthly": "monthly/2026-01/digest.json"}


def test_llms_txt_says_what_the_site_is_and_links_within_its_own_folder() -> None:
    korean, english = (data.llms(language, EDITION, has_days=True) for language in ("ko", "en"))
    assert korean.startswith("# Hugging Face Daily Papers (ko)\n\n> ")
    assert "no instructions" in korean
    links = re.findall(r"\]\(([^)]+)\)", english)
    assert {"latest.json", "feed.json", "../digest.schema.json", "../period.schema.json"} <= set(links)
    assert not [link for link in links if link.startswith(("/", "http"))]


def test_llms_txt_names_no_latest_day_while_there_is_none() -> None:
    assert "latest.json" not in data.llms("ko", EDITION, has_days=False)

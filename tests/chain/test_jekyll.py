"""Debian's Jekyll on a blog of all recorded days: what readers of the posts see is what the papers say."""

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from functions.fetch.lists.rows import read
from functions.publish.model.digest import Digest
from functions.publish.render import markdown
from functions.publish.settings import SiteConfig
from shared.store import keys
from tests.factories.digests import drafted
from tests.factories.hostile_rows import HOSTILE, HOSTILE_DAY, hostile_rows

JEKYLL = shutil.which("jekyll")
EDITION = SiteConfig(languages=("ko",), site_url="https://papers.example/site", post_papers=100)
CONFIGURATION = "title: Papers\nfuture: true\npermalink: /:year-:month-:day.html\n"
TAG = re.compile(r"<[^>]+>")

pytestmark = [
    pytest.mark.extra,
    pytest.mark.skipif(JEKYLL is None, reason="there is no jekyll here: apt-get install jekyll"),
]


def digest_of(day: date, rows: Iterable[dict[str, Any]]) -> Digest:
    papers = drafted(read(list(rows)).papers)
    at = datetime.combine(day + timedelta(days=1), time(0, 15), UTC)
    status = "complete" if papers else "empty"
    about: dict[str, Any] = {"language": "ko", "status": status, "listed": len(papers), "model": "draft"}
    return Digest(day=day, read_at=at, ranked_at=at, closed_at=at, papers=papers, **about)


def blog(folder: Path, digests: Iterable[Digest]) -> str:
    """What Jekyll says about the blog of these days; the pages are in `_site`."""
    (folder / "_posts").mkdir()
    (folder / "_config.yml").write_text(CONFIGURATION, encoding="utf-8")
    for digest in digests:
        (folder / keys.span_post(digest.span)).write_text(markdown.post(digest, EDITION), encoding="utf-8")
    command = (str(JEKYLL), "build", "--strict_front_matter", "--disable-disk-cache", "--trace")
    done = subprocess.run(
        command, cwd=folder, env=os.environ | {"LANG": "C.UTF-8"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def text(folder: Path, day: date | str) -> str:
    """A post as it is read."""
    page = (folder / "_site" / f"{day}.html").read_text(encoding="utf-8")
    return " ".join(html.unescape(TAG.sub("", page)).split())


def complaints(said: str) -> list[str]:
    return [line for line in said.splitlines() if re.search("warning|error|deprecat|conflict", line, re.IGNORECASE)]


def test_jekyll_builds_a_blog_of_all_recorded_days_without_a_warning(recorded: Path, tmp_path: Path) -> None:
    listings = sorted((recorded / "data" / "huggingface").glob("*.json"))
    digests = [digest_of(date.fromisoformat(path.stem), json.loads(path.read_bytes())) for path in listings]
    assert complaints(blog(tmp_path, digests)) == []
    for digest in digests:
        written = text(tmp_path, digest.day)
        assert written.startswith(f"Hugging Face Daily Papers - {digest.day}"), digest.day
        assert written.count("좋아요 순위") == (2 if digest.papers else 0)


def test_hostile_titles_are_text_in_the_blog(tmp_path: Path) -> None:
    assert complaints(blog(tmp_path, [digest_of(date.fromisoformat(HOSTILE_DAY), hostile_rows())])) == []
    written = text(tmp_path, HOSTILE_DAY)
    for title in ("2602.90001", "2602.90004", "2602.90006"):
        assert HOSTILE[title] in written
    page = (tmp_path / "_site" / f"{HOSTILE_DAY}.html").read_text(encoding="utf-8")
    assert not re.search(r"<script|<iframe|<img|<svg|<style|javascript:alert\(1\)\"", page)

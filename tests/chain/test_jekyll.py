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
from local.blog import RECORD, update
from shared.model.facts import Picture
from shared.store import keys
from tests.factories import digests as factory
from tests.factories.digests import drafted
from tests.factories.hostile_rows import HOSTILE, HOSTILE_DAY, hostile_rows

JEKYLL = shutil.which("jekyll")
EDITION = SiteConfig(languages=("ko",), site_url="https://papers.example/site", post_papers=100)
CONFIGURATION = "title: Papers\nfuture: true\npermalink: /:year-:month-:day.html\n"
CHIRPY = """
title: Papers
url: https://blog.example
baseurl: /blog
lang: ko-KR
timezone: Asia/Seoul
future: true
collections: {tabs: {output: true, sort_by: order}}
defaults:
  - {scope: {path: "", type: posts}, values: {layout: post, comments: true, toc: true, permalink: /posts/:title/}}
"""
"""The part of Chirpy's settings that posts meet: its addresses have no date."""
THEME = """
theme: jekyll-theme-chirpy
plugins: [jekyll-archives, jekyll-paginate, jekyll-redirect-from, jekyll-seo-tag, jekyll-sitemap]
paginate: 10
jekyll-archives: {enabled: [categories, tags], layouts: {category: category, tag: tag}}
"""
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


def blog(folder: Path, digests: Iterable[Digest], configuration: str = CONFIGURATION) -> str:
    """What Jekyll says about the blog of these days; the pages are in `_site`."""
    (folder / "_posts").mkdir(exist_ok=True)
    (folder / "_config.yml").write_text(configuration, encoding="utf-8")
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


@pytest.fixture(scope="module")
def recorded_days(recorded: Path) -> list[Digest]:
    listings = sorted((recorded / "data" / "huggingface").glob("*.json"))
    return [digest_of(date.fromisoformat(path.stem), json.loads(path.read_bytes())) for path in listings]


def test_jekyll_builds_a_blog_of_all_recorded_days_without_a_warning(
    recorded_days: list[Digest], tmp_path: Path
) -> None:
    assert complaints(blog(tmp_path, recorded_days)) == []
    for digest in recorded_days:
        written = text(tmp_path, digest.day)
        assert written.startswith(f"Hugging Face Daily Papers - {digest.day}"), digest.day
        assert written.count("좋아요 순위") == (2 if digest.papers else 0)


def has_chirpy() -> bool:
    program = 'Gem::Specification.find_by_name("jekyll-theme-chirpy")'
    return subprocess.run(("ruby", "-e", program), capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("theme", ["", THEME], ids=["its addresses", "the theme"])
def test_chirpy_builds_them_too_and_each_day_has_a_page(
    recorded_days: list[Digest], tmp_path: Path, theme: str
) -> None:
    if theme and not has_chirpy():
        pytest.skip("there is no Chirpy here: gem install jekyll-theme-chirpy")
    said = complaints(blog(tmp_path, recorded_days, CHIRPY + theme))
    assert [line for line in said if theme or "layout" not in line.lower()] == [], "plain Jekyll has no layout `post`"
    pages = [path.parent.name for path in (tmp_path / "_site" / "posts").glob("*/index.html")]
    assert sorted(pages) == [f"{digest.day}-daily-papers" for digest in recorded_days]


def test_a_post_shows_the_picture_that_lies_beside_it(tmp_path: Path) -> None:
    site, mine = tmp_path / "archive" / "site", tmp_path / "blog"
    picture = Picture(role="thumbnail", path="pictures/2602.00001/1-640.webp")
    shown = factory.digest([factory.paper(facts=factory.facts(pictures=(picture,)))])
    for name, content in (
        (keys.span_post(shown.span), markdown.post(shown, EDITION).encode()),
        ("pictures/2602.00001/1-640.webp", b"picture"),
    ):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
    mine.mkdir()
    assert update(mine, tmp_path / "archive", "") == 0
    blog(mine, (), CHIRPY)
    page = (mine / "_site/posts" / f"{shown.day}-daily-papers" / "index.html").read_text(encoding="utf-8")
    address = "assets/daily-papers/2602.00001/1-640.webp"
    assert f'src="https://blog.example/blog/{address}"' in page
    assert (mine / "_site" / address).read_bytes() == b"picture"
    assert not (mine / "_site" / RECORD).exists()


def test_hostile_titles_are_text_in_the_blog(tmp_path: Path) -> None:
    assert complaints(blog(tmp_path, [digest_of(date.fromisoformat(HOSTILE_DAY), hostile_rows())])) == []
    written = text(tmp_path, HOSTILE_DAY)
    for title in ("2602.90001", "2602.90004", "2602.90006"):
        assert HOSTILE[title] in written
    page = (tmp_path / "_site" / f"{HOSTILE_DAY}.html").read_text(encoding="utf-8")
    assert not re.search(r"<script|<iframe|<img|<svg|<style|javascript:alert\(1\)\"", page)

"""`daily-papers blog`: posts and pictures of an archive in a blog, and nothing of the owner's touched."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from local import blog
from local.cli import cli

POST = "_posts/2026-02-20-daily-papers.md"
PICTURE = "2602.00001/1-640.webp"
TEXT = f"""---
title: A day
---

1. **A title** - 👍 3
   - ![그림](https://papers.example/site/pictures/{PICTURE})
   - Abstract: see \\![x](https://papers.example/pictures/2602.00001/2-640.webp)
"""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An archive with a post in two languages, and a picture."""
    site = tmp_path / "archive" / "site"
    for name in (POST, f"en/{POST}"):
        (site / name).parent.mkdir(parents=True)
        (site / name).write_text(TEXT, encoding="utf-8")
    (site / "pictures" / PICTURE).parent.mkdir(parents=True)
    (site / "pictures" / PICTURE).write_bytes(b"picture")
    return site.parent


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A blog with a post of its owner."""
    (tmp_path / "blog" / "_posts").mkdir(parents=True)
    (tmp_path / "blog" / "_posts" / "2026-01-01-hello.md").write_text("Hello")
    return tmp_path / "blog"


REVISED = "1. **Revised**\n"


def revise(out: Path, text: str = REVISED) -> None:
    (out / "site" / POST).write_text(text, encoding="utf-8")


def test_a_post_shows_the_blogs_own_copy_of_its_picture_by_a_whole_address(mine: Path, out: Path) -> None:
    assert blog.update(mine, out, "") == 0
    written = (mine / POST).read_text("utf-8")
    assert f"   - ![그림]({{{{ '/assets/daily-papers/{PICTURE}' | absolute_url }}}})\n" in written
    assert (mine / "assets" / "daily-papers" / PICTURE).read_bytes() == b"picture"
    assert written.count("{{") == 1, "what only looks like a picture stays text"


def test_a_picture_that_the_archive_does_not_have_is_shown_by_its_address(mine: Path, out: Path) -> None:
    (out / "site" / "pictures" / PICTURE).unlink()
    assert blog.update(mine, out, "") == 0
    assert (mine / POST).read_text("utf-8") == TEXT


def test_a_revision_changes_the_same_file_and_nothing_is_written_twice(
    mine: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for text in (TEXT, TEXT, REVISED):
        revise(out, text)
        assert blog.update(mine, out, "") == 0
        said.append(capsys.readouterr().out)
    assert said == ["1 posts are new, 0 revised\n", "0 posts are new, 0 revised\n", "0 posts are new, 1 revised\n"]
    assert (mine / POST).read_text("utf-8") == REVISED
    assert sorted(path.name for path in (mine / "_posts").iterdir()) == ["2026-01-01-hello.md", Path(POST).name]


def test_a_day_without_papers_has_no_post_until_it_has_some(mine: Path, out: Path) -> None:
    revise(out, "---\ntitle: A day\n---\n\nNo papers yet\n")
    assert blog.update(mine, out, "") == 0
    assert not (mine / POST).exists()
    revise(out)
    assert blog.update(mine, out, "") == 0
    assert (mine / POST).read_text("utf-8") == REVISED


@pytest.mark.parametrize("name", [POST, POST.replace(".md", ".markdown")])
def test_a_post_of_the_owners_is_never_touched_and_is_named(
    mine: Path, out: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (mine / name).write_text("Mine")
    for _ in range(2):
        assert blog.update(mine, out, "") == 1
        assert f"{POST}: the blog has a file of its own with this name" in capsys.readouterr().out
    assert (mine / name).read_text() == "Mine"
    assert len(list((mine / "_posts").iterdir())) == 2


def test_a_post_that_the_owner_changed_or_deleted_stays_so(mine: Path, out: Path) -> None:
    assert blog.update(mine, out, "") == 0
    (mine / POST).write_text("Changed")
    revise(out)
    assert blog.update(mine, out, "") == 0
    assert (mine / POST).read_text() == "Changed"
    (mine / POST).unlink()
    assert blog.update(mine, out, "") == 0
    assert not (mine / POST).exists()


def test_another_language_has_the_posts_of_its_folder_and_an_unknown_one_is_named(mine: Path, out: Path) -> None:
    (out / "site/en" / POST).write_text("1. **English**")
    arguments = ["blog", str(mine), "--out", str(out), "--language"]
    assert CliRunner().invoke(cli, [*arguments, "en"]).exit_code == 0
    assert (mine / POST).read_text() == "1. **English**"
    refused = CliRunner().invoke(cli, [*arguments, "fr"])
    assert refused.exit_code == 2
    assert "has no posts in fr; --language can be en or left out" in refused.output

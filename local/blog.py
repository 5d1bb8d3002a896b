"""`daily-papers blog`: the posts of an archive in the folder of a Jekyll blog, with their pictures beside them.

What it has written is in a record, so that it never touches a file of the blog's owner.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

from local.arguments import UsageError
from local.endings import DONE, IN_PART
from shared.store import keys

POSTS = "_posts"
PICTURES = "assets/daily-papers"
RECORD = "_daily-papers.sha256"
"""As sha256sum writes it. Jekyll leaves out what begins with an underscore."""
PICTURE = re.compile(rf"(?m)^(   - !\[[^\]]*\]\()([^\s()]*/{keys.PICTURES}/(\w[\w.-]*/\w[\w.-]*))\)$")
"""The line of a post that shows our copy of a picture. Texts of papers are escaped and cannot look like it."""
PAPER = re.compile(r"(?m)^\d+\. \*\*")
"""The line of a post that begins a paper. A day without papers has no mail and no entry in a feed, and so no post."""

Fate = Literal["new", "revised", "same", "deleted", "changed", "taken"]


class Plan(NamedTuple):
    """What becomes of a file of the blog."""

    path: str
    content: bytes
    fate: Fate


NOTES: Mapping[Fate, str] = {
    "deleted": "it was deleted from the blog, and stays so",
    "changed": "it was changed in the blog, and stays as it is",
    "taken": "the blog has a file of its own with this name: rename yours, then run this again",
}


def update(blog: Path, out: Path, language: str) -> int:
    """0: the blog has every post. 1: a file of the blog's own is in the way. Raises UsageError."""
    site = out / keys.SITE
    posts = site / language / POSTS
    if not blog.is_dir():
        raise UsageError(f"BLOG: there is no folder '{blog}'")
    if not posts.is_dir():
        raise UsageError(f"LANGUAGE: '{out}' has no posts in {language or 'its first language'}; {_known(site)}")
    plans = list(plan(dict(files(site, posts)), blog, read_record(blog)))
    write(plans, blog)
    for each in plans:
        if each.fate in NOTES:
            print(f"{each.path}: {NOTES[each.fate]}")
    fates = Counter(each.fate for each in plans if each.path.startswith(POSTS))
    print(f"{fates['new']} posts are new, {fates['revised']} revised")
    return IN_PART if any(each.fate == "taken" for each in plans) else DONE


def _known(site: Path) -> str:
    others = sorted(path.parent.name for path in site.glob(f"*/{POSTS}"))
    return f"--language can be {', '.join(others)} or left out" if others else "leave --language out"


def files(site: Path, posts: Path) -> Iterator[tuple[str, bytes]]:
    """Every post with papers, and the pictures that it shows, by their paths in the blog."""
    for post in sorted(posts.glob("*.md")):
        text = post.read_text(encoding="utf-8")
        if not PAPER.search(text):
            continue
        for line, address, name in PICTURE.findall(text):
            if (picture := site / keys.PICTURES / name).is_file():
                path = f"{PICTURES}/{name}"
                text = text.replace(f"{line}{address})\n", f"{line}{_address(path)})\n")
                yield path, picture.read_bytes()
        yield f"{POSTS}/{post.name}", text.encode()


def _address(path: str) -> str:
    """A whole address: Chirpy puts the blog's base before others, and plain Jekyll does not."""
    return f"{{{{ '/{path}' | absolute_url }}}}"


def plan(wanted: Mapping[str, bytes], blog: Path, record: Mapping[str, str]) -> Iterator[Plan]:
    """What becomes of each file, from the blog's own and from what was written before."""
    for path, content in wanted.items():
        yield Plan(path, content, _fate(blog, path, content, record.get(path)))


def _fate(blog: Path, path: str, content: bytes, recorded: str | None) -> Fate:
    file = blog / path
    existing = _hash(file.read_bytes()) if file.is_file() else None
    if existing == _hash(content):
        return "same"
    if recorded is None:
        return "taken" if existing or _has_namesake(file) else "new"
    if existing is None:
        return "deleted"
    return "revised" if existing == recorded else "changed"


def _has_namesake(file: Path) -> bool:
    """Whether a file has this name with another ending: Jekyll would make both the same page."""
    return file.parent.is_dir() and any(other.stem == file.stem for other in file.parent.iterdir())


def write(plans: list[Plan], blog: Path) -> None:
    """Writes what is new or revised, then the record."""
    record = dict(read_record(blog))
    for path, content, fate in plans:
        if fate in ("new", "revised"):
            (blog / path).parent.mkdir(parents=True, exist_ok=True)
            (blog / path).write_bytes(content)
        if fate in ("new", "revised", "same"):
            record[path] = _hash(content)
    lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(record.items()))
    (blog / RECORD).write_text(lines, encoding="utf-8")


def read_record(blog: Path) -> dict[str, str]:
    """The hash of each file as it was written, by its path."""
    file = blog / RECORD
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else ()
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()

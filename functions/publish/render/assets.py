"""The stylesheet and the icon of the pages, under addresses that change with their content."""

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "files"
HASH_LENGTH = 12
"""Hexadecimal digits: enough that two versions of a file never share an address."""


@cache
def assets() -> dict[str, bytes]:
    """Every asset by its address on the site: `assets/style.<hash>.css`."""
    return {address(path.name): path.read_bytes() for path in sorted(FOLDER.iterdir())}


@cache
def address(name: str) -> str:
    """Where an asset is on the site."""
    path = FOLDER / name
    content_hash = hashlib.sha256(path.read_bytes()).hexdigest()[:HASH_LENGTH]
    return f"assets/{path.stem}.{content_hash}{path.suffix}"

import re

import pytest

from functions.publish.render.templating import asset, assets

STYLE = assets()[asset("style.css")].decode()
AA = 4.5
"""WCAG 2.2, success criterion 1.4.3."""


def _palette(block: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6});", block))


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


LIGHT, DARK = (_palette(block) for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2])


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_every_ground(palette: dict[str, str]) -> None:
    for ground in ("paper", "raised"):
        for ink in ("text", "quiet", "accent", "warning"):
            assert _contrast(palette[ink], palette[ground]) >= AA, f"{ink} on {ground}"
    assert _contrast(palette["accent"], palette["mark"]) >= AA


def test_the_stylesheet_is_a_few_kilobytes_asks_for_nothing_and_breaks_korean_between_words() -> None:
    assert len(STYLE.encode()) < 16_000
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    assert "word-break: keep-all" in STYLE


def test_an_asset_has_its_contents_hash_in_its_address() -> None:
    assert re.fullmatch(r"assets/style\.[0-9a-f]{12}\.css", asset("style.css"))
    names = ("style.css", "icon.svg", "card.png", "age.js", "reading.js", "search.js", "shelf.js", "stars.js")
    assert set(assets()) == {asset(name) for name in names}

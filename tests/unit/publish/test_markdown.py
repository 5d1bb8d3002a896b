import json

import pytest
import yaml as pyyaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from functions.publish.text.outside import markdown, shown, yaml
from tests.factories.places import REFERENCE

RECORDED = REFERENCE / "data" / "huggingface"
PLACES = ("{}", "- {}", "## 1. [{}](https://example.org)", "1. **{}** - 👍 3", "   - Abstract: {}", "**Tags**: {}, x")
TRICKY = st.text(alphabet="\\`*_{}[]()<>#+-.!|&;:~$%=^'\"/ \n\tab1가é\u00a0\x00\u202e", max_size=30)
COMMONMARK = MarkdownIt("commonmark")


def _one_line(text: str) -> str:
    return " ".join(shown(text).split())


def _text(tokens: list[Token]) -> str:
    return "".join(
        _text(token.children) if token.children else token.content if "text" in token.type else f"<{token.type}>"
        for token in tokens
        if token.children or (token.nesting == 0 and token.type != "inline")
    )


def _read_back(place: str, text: str) -> str:
    return _text(COMMONMARK.parse(place.format(markdown(text))))


@pytest.mark.parametrize("place", PLACES)
@given(text=TRICKY | st.text(max_size=40))
@example(text="<think> & &amp; &#35; `a` ``b`` | x | *y* _z_ [w](v) ![u](t) <https://a.b> \\* \\")
@example(text="1. one")
@example(text="# head")
@example(text="--- - + x")
def test_commonmark_gives_the_text_back_wherever_it_stands(place: str, text: str) -> None:
    if _one_line(text):
        assert _read_back(place, text) == _read_back(place, "q").replace("q", _one_line(text))


@given(text=TRICKY)
@example(text="{{ site.title }} {% raw %} {{% x {{{ {\\% {\\{")
def test_liquid_finds_no_tag_in_a_text(text: str) -> None:
    assert "{{" not in markdown(text)
    assert "{%" not in markdown(text)


@given(text=TRICKY)
@example(text="a | b {: .x} {::nomarkdown} $$x$$ ~~y~~ {{: z}")
def test_kramdown_finds_no_table_attribute_or_formula_in_a_text(text: str) -> None:
    bare = markdown(text).replace("\\\\", "?")
    for sign in ("|", "{:", "$$", "~~"):
        assert sign not in bare.replace("\\" + sign[0], "?")


@pytest.mark.parametrize(
    "text",
    [
        "SpargeAttention2: Trainable Sparse Attention via Hybrid Top-k+Top-p Masking and Distillation Fine-Tuning",
        'A "Quoted" Title (v1.5): 95% & more, snake_case at 3 < 5; what? $5 and ~10x!',
        "한 줄로 쓴 요약 - 가운데 줄표와 2.5배",
    ],
)
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    assert markdown(text) == text


@pytest.mark.skipif(not RECORDED.exists(), reason="the recorded lists are not here")
def test_every_recorded_title_comes_back_in_one_line() -> None:
    titles = [
        row["paper"]["title"]
        for path in RECORDED.rglob("*.json")
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]
    assert len(titles) > 400
    for title in titles:
        assert _read_back("{}", title) == _one_line(title)


@given(
    text=st.text(max_size=30) | st.sampled_from(["yes", "Null", "on", "1e3", "a: b", "a #b", "~", "2026-02-20", "x -"])
)
def test_yaml_reads_a_value_as_the_text(text: str) -> None:
    line = "".join(character for character in " ".join(text.split()) if character.isprintable())
    assert pyyaml.safe_load(f"key: {yaml(text)}") == {"key": line}

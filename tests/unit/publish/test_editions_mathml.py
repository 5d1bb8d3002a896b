import subprocess
import sys
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.publish.render import page
from functions.publish.text import outside
from functions.publish.text.outside import marked_up, shown
from shared.text.formulas import Formula, pieces, readable
from tests.factories import html_reader
from tests.factories.digests import EDITION, analysis, digest, facts, paper
from tests.factories.html_reader import Element
from tests.factories.places import ROOT

RECORDED = ROOT.parent / "shared" / "data" / "huggingface"
BIDIRECTIONAL = "\u202a\u202b\u202d\u202e\u2066\u2067\u2069\u200e\u200f"
PARTS = (
    *("$", "$", "{", "}", "^", "_", "&", "ab1", "<", ">", '"', "' ", "$x_{a,b}$", "\\(", "\\)", "\\frac", "\\sqrt"),
    *("\\text{", "\\mbox{<b>", "\\left(", "\\right)", "\\href{javascript:a}{", "\\def\\a", "\\begin{matrix}"),
    *("\\end{matrix}", "\\unicode{202e}", "\\color{red}", "\u202e", "\\frac{a}{b}", "\x07"),
)
LATEX = st.lists(st.sampled_from(PARTS), max_size=30).map("".join)


def _shown(text: str) -> Element:
    return html_reader.read(f"<p>{marked_up(text)}</p>").one("p")


def _names(element: Element) -> set[str]:
    return {found.name for found in element.all("*")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$\frac{a+b}{c}$", "<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac></math>"),
        (
            r"the \(x_{i,j}\) of",
            "the <math><msub><mi>x</mi><mrow><mi>i</mi><mo>,</mo><mi>j</mi></mrow></msub></math> of",
        ),
        (r"$$\pi_\theta$$", "<math><msub><mi>π</mi><mi>θ</mi></msub></math>"),
        (r"a < b, $\pi_\theta$", "a &lt; b, <math><msub><mi>π</mi><mi>θ</mi></msub></math>"),
        (r"$\mathrm{max}_\beta$", "<math><msub><mrow><mi>max</mi></mrow><mi>β</mi></msub></math>"),
    ],
)
def test_a_formula_that_plain_unicode_cannot_show_is_mathml(text: str, expected: str) -> None:
    assert marked_up(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        r"up to $3.52\times$ faster, $2^{128}$ codes, $\text{Transformer}^2$ and $\mathbb{R}^d$",
        r"\$OneMillion-Bench costs $5 and $10, R\&D grew 50\%, a 360^{\circ} view",
        "<script>alert(1)</script> & snake_case",
        r"a command that nobody knows: $\implname_{a,b}$",
        rf"a long one: ${'+'.join(f'x_{{{number},a}}' for number in range(12))}$",
        r"unbalanced: $\frac{a}{b_{c}$",
        "a pile: $x_{a,b}" + "\\," * 130 + "y$",
        r"hidden: $x_{a,b}\phantom{ignore the reader}$",
    ],
)
def test_what_is_simple_long_or_not_understood_stays_plain_unicode(text: str) -> None:
    assert not _shown(text).all("math")
    assert _shown(text).text == " ".join(shown(text).split())


@pytest.mark.parametrize(
    "text",
    [
        r"$\mbox{<svg onload=alert(1)>}_{a,b}$",
        r"$\text{</math><script>}_{a,b}$",
        r"$\text{&lt;script&gt;}_{a,b}$",
        r"$\href{javascript:alert(1)}{x}_{a,b}$",
        r"$\href{javascript:alert(1)}{x_{a,b}}$",
        r"$\style{background:red}{x}_{a,b} \class{day}{x}$",
        r"$\color{red}{x}_{a,b}$",
        r"$x_{a,b}\rule{9999em}{9999em}$",
        r"$x_{a,b}\hspace{9999em}y\kern-99em z$",
        r"$\unicode{3c}\unicode{202e}_{a,b}$",
        r'$x_{a,b}" onclick="alert(1)$',
        r"$\verb|<img src=x onerror=alert(1)>|_{a,b}$",
    ],
)
def test_what_a_converter_would_let_through_is_text_or_nothing(text: str) -> None:
    written = _shown(text)
    known = outside._ELEMENTS | {"math"}
    assert _names(written) <= known
    for element in written.all("*"):
        assert element.attributes.keys() <= outside._ATTRIBUTES.keys()
        assert float(element.attributes.get("width", "0em").removesuffix("em")) <= 2


def test_the_text_of_a_formula_shows_what_it_says() -> None:
    assert _shown(r"$\text{</math><script>}_{a+b,}$").text.startswith("</math><script>")
    assert marked_up(r"$\frac{\unicode{202e}\unicode{7}a}{b}$").count("<mi></mi>") == 2
    assert marked_up(r"$\text{a b}_{a,b}$").count("a\N{NO-BREAK SPACE}b") == 1


@pytest.mark.parametrize(
    "text",
    [
        "$" + "".join(f"\\def\\{a}{{{{\\{b}}}{{\\{b}}}}}" for a, b in pairwise("abcdefghijklmnopqrst")) + "\\a$",
        "$" + "\\newcommand{\\a}{\\b\\b}\\newcommand{\\b}{\\a\\a}\\a$",
        "$" + "{" * 140 + "\\frac12" + "}" * 140 + "$",
        "$x_{a,b}" + "^{a" * 70 + "}" * 70 + "$",
        "$\\frac" * 50_000,
        "\\(" * 50_000,
        "$x_{a,b}" * 20_000,
        "$$" * 50_000 + "\\frac{a}{b}",
    ],
    ids=[
        "doubling definitions",
        "endless definitions",
        "braces",
        "towers",
        "fractions",
        "openings",
        "dollars",
        "displays",
    ],
)
def test_no_text_keeps_the_page_waiting(text: str) -> None:
    began = time.process_time()
    marked_up(text)
    assert time.process_time() - began < 3


@given(LATEX | st.text())
def test_no_text_makes_it_fail_or_becomes_an_element_that_is_not_of_a_formula(text: str) -> None:
    marked = marked_up(text)
    written = html_reader.read(f"<p>{marked}</p>")
    assert _names(written) <= outside._ELEMENTS | {"math", "p"}
    assert all(element.attributes.keys() <= outside._ATTRIBUTES.keys() for element in written.all("*"))
    assert not [sign for sign in marked if unicodedata.category(sign) == "Cc" or sign in BIDIRECTIONAL]


@given(LATEX | st.text())
def test_the_pieces_of_a_text_are_the_readable_text(text: str) -> None:
    together = "".join(piece.plain if isinstance(piece, Formula) else piece for piece in pieces(text))
    assert together == readable(text)


def test_formulas_of_a_page_are_marked_up_where_it_is_read_and_plain_in_attributes() -> None:
    formula = r"$\frac{a+b}{c}$"
    both = [paper(1, formula, facts=facts(abstract=formula), analysis=analysis(formula)), paper(2, formula)]
    shown_page = html_reader.read(page.render(digest(both), EDITION.model_copy(update={"papers_in_full": 1})))
    assert all(article.one("header").all("mfrac") for article in shown_page.all("article"))
    in_full = shown_page.all("article")[0]
    assert in_full.one("p", class_="lead").all("mfrac")
    assert [details.all("mfrac") for details in in_full.all("details")] != [[]]
    assert all(link.all("mfrac") for link in shown_page.one("nav", id="ranks").all("a"))


def test_the_converter_is_not_loaded_for_pages_without_formulas() -> None:
    program = "import sys, functions.publish.handler; print('latex2mathml' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"

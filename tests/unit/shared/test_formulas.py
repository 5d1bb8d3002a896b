import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text.formulas import readable
from tests.factories.places import REFERENCE

RECORDED = REFERENCE / "data" / "huggingface"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"up to $3.52\times$ and $3.2\times$ faster on Wan $2.1$, too", "up to 3.52× and 3.2× faster on Wan 2.1, too"),
        (r"\textbf{bold}, \emph{italic}, \texttt{mono} and \textsc{Small}", "bold, italic, mono and Small"),
        ("a codebook of 2^{128} or $2^{128}$", "a codebook of 2¹²⁸ or 2¹²⁸"),
        (r"in $\mathbb{R}^d$ and $\mathcal{O}(n^2)$", "in ℝᵈ and O(n²)"),
        (r"$10^{-4}$, $x_{i}$, π_{0.5}, $L_{\text{max}}$, G_{stack}", "10⁻⁴, xᵢ, π₀.₅, Lₘₐₓ, G_stack"),
        (
            r"$\tau^2$-Bench, Transformer^2, 10.7 km^2, a 360^{\circ} view",
            "τ²-Bench, Transformer², 10.7 km², a 360° view",
        ),
        (r"R\&D grew 50\% to $\sim$10", "R&D grew 50% to ~10"),
        (r"\"Ust\"un, Poincar\'e and 19\,FPS in Figure~2", "Üstün, Poincaré and 19 FPS in Figure 2"),
        ("the ``world model'' view", "the “world model” view"),
        (r"$\frac{1}{2}$ of $\left( x \right)$ by \(k\)-NN", "1/2 of ( x ) by k-NN"),
        (r"see \url{https://a.b/c_d} and \href{https://a.b}{here}", "see https://a.b/c_d and here"),
    ],
)
def test_a_formula_reads_as_plain_text(text: str, expected: str) -> None:
    assert readable(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\$OneMillion-Bench: How Far?", "$OneMillion-Bench: How Far?"),
        ("$OneMillion-Bench costs $5 and $10", "$OneMillion-Bench costs $5 and $10"),
        ("US$-based and CA$-based funds", "US$-based and CA$-based funds"),
        ("between $5-$10 and US$ 7, or $100K", "between $5-$10 and US$ 7, or $100K"),
    ],
)
def test_money_stays_money(text: str, expected: str) -> None:
    assert readable(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "snake_case, ~10x, C:\\new, <think>, a*b, x_1 | y, `code`, {{ x }}, 5^ and ^",
        "\\implname, a method",
        "$\\frac{$",
        "\\",
        "$",
        "$$",
        "f(x)$",
    ],
)
def test_what_is_no_formula_or_not_understood_stays_as_it_is(text: str) -> None:
    assert readable(text) == text


@given(st.text(alphabet="\\${}^_`'~ab1 frac", max_size=40) | st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(readable(text), str)

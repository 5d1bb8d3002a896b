"""What the list has lost of LaTeX comes back, and nothing else changes."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text.mending import mend, name_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("256times256 and 6times faster", "256×256 and 6× faster"),
        ("384times 640, 8timesA800, NtimesN", "384×640, 8×A800, N×N"),
        ("a times4 scale, 3times10^5", "a ×4 scale, 3×10⁵"),
        ("sim5x, each sim10K, sim 30%", "~5x, each ~10K, ~30%"),
        ("full-360^{circ}, 360^circ, 90{\\deg}, 45circ", "full-360°, 360°, 90°, 45°"),
        ("leq3B, x leq y, geq 2, 5 neq 6", "≤3B, x ≤ y, ≥ 2, 5 ≠ 6"),
        ("91.2pm0.3, 5 pm 0.2, (pm 1), {pm 1, pm i}", "91.2±0.3, 5±0.2, (±1), {±1, ±i}"),
        ("a cdot b, RobotArena infty, A rightarrow B", "a · b, RobotArena ∞, A → B"),
        ("approx 11times smaller", "≈11× smaller"),
        ("texttt{D}ual-textbf{H}ead and emph{this}", "Dual-Head and this"),
        (r"\textit{O}bstacles, \textsc{AIEV-Instruct}", "Obstacles, AIEV-Instruct"),
        (r"{\em x} y, {\it z}, {em w}", "x y, z, w"),
        (r"\eg, \eg. \ie{} \etal", "e.g., e.g. i.e. et al."),
        (r"1{,}879, 10{,}000, {GPT}-4, A{B}C", "1,879, 10,000, GPT-4, ABC"),
        (r"\1 million", "$1 million"),
        ("``x'', ``x\", \"x'', ''one-brain'' p", "“x”, “x”, “x”, “one-brain” p"),
        ("a `world model' view", "a ‘world model’ view"),
        ("see https://a.b/c{this URL}. Or kite.github.io/x{here}", "see https://a.b/c. Or kite.github.io/x"),
        ("url{https://a.b/c_d} href{https://a.b}{here}", "https://a.b/c_d here"),
        (r"54.6\%, R\&D, 19.63\,FPS, 1.5,s, TB~1.0", "54.6%, R&D, 19.63 FPS, 1.5 s, TB 1.0"),
        ("R^textbf{2AI}, ^RFLAV, CoRe^2, λ^star, CoSTAast", "R²ᴬᴵ, ᴿFLAV, CoRe², λ*, CoSTA*"),
        ("2^{128}, 10^{-4}, G_{stack}, π_{0.5}, p_i^{,old}", "2¹²⁸, 10⁻⁴, G_stack, π₀.₅, p_iᵒˡᵈ"),
        (r"pi_{0.5}, tau^2-Bench, \alpha, varphi", "π₀.₅, τ²-Bench, α, φ"),
        (r"Network\\ and Network\ are", "Network and Network are"),
        (r"St\ütz, Nguy\~ên, \"Ust\"un, Erd{\H{o}}s", "Stütz, Nguyễn, Üstün, Erdős"),
        (r"kites~\cite{wind}. Code\footnote{at x}", "kites. Code (at x)"),
        (r"5--10 runs, a\-b, \unknown word", "5–10 runs, ab, unknown word"),
    ],
)
def test_lost_latex_comes_back(text: str, expected: str) -> None:
    assert mend(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "sim2real, sim2sim, sim-to-real, Sim3 and sim cards",
        "2x2, 3 x 3, x2 and 10x",
        "under $3, $5-$10 and US$ 7; $OneMillion-Bench",
        "`code_{x} \\method 2times` and `a^b`",
        r"$x^{2}$, $\tau$-Bench, \(k\)-NN and \[y\]",
        "many times, at 5 pm, 2 times as fast, the alpha version, simple, similar",
        "in 2024,we show; f(x, y); a_b; snake_case; ~10x; <think>",
        "BROADCast, fast, East, last, approximately, apple, level, legal",
        "https://a.b/c_d~e--f, a --flag, word--word",
        '{"a": 1, "b": 2} and {yes, no}',
        "C:\\new",
        "don't, it's, the models' own",
    ],
)
def test_what_is_not_damaged_stays(text: str) -> None:
    assert mend(text) == text


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("KiteNet: Flying", r"\method flies, \ours too", "KiteNet flies, KiteNet too"),
        ("KiteNet: Flying", r"\kitenet flies", "KiteNet flies"),
        ("Flying Kites in the Wind", r"that \method flies (\method).", "that our method flies."),
        ("A long sentence of words: Flying", r"\name flies", "our method flies"),
        ("KiteNet: Flying", r"\windnet flies", "windnet flies"),
    ],
)
def test_a_macro_of_the_authors_is_the_papers_name(title: str, text: str, expected: str) -> None:
    assert mend(text, name_of(title)) == expected


@given(st.text(alphabet="\\${}^_`'\"~-,.ab1 simtepqxURL/:", max_size=60) | st.text())
def test_whatever_a_text_is_mending_ends(text: str) -> None:
    assert isinstance(mend(text, "Kite"), str)


@pytest.mark.parametrize(
    "piece", ["{", "\\", "`", "''", "sim ", "a.", "$", "^{", "\\a{", "1times", "https://", "-", "pm "]
)
def test_a_hostile_text_of_4000_characters_costs_a_blink(piece: str) -> None:
    text = (piece * 4000)[:4000]
    started = time.process_time()
    mend(text)
    assert time.process_time() - started < 0.5


def test_text_without_damage_is_the_same_object() -> None:
    text = "Agents forget. We propose a kite."
    assert mend(text) is text


def test_what_looks_like_kept_text_stays() -> None:
    text = "\ue000 `a^b` 6times"
    assert re.sub("×", "times", mend(text)) == text

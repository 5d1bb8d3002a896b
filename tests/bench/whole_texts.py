"""What a whole text costs: time to read and choose, its tokens, and ten of them a day for a month."""

from collections.abc import Callable, Iterator
from statistics import median
from time import process_time

import httpx
import pytest

from functions.enrich.texts import TextSource
from functions.fetch.plan import EXPECTED
from functions.fetch.sending import SECONDS_A_TEXT
from functions.summarize.injection import hostile
from functions.summarize.injection.whole import screen_sections
from functions.summarize.prompt.prompt import count_tokens
from functions.summarize.whole.choosing import choose
from shared.model.prices import price
from shared.text.paper.sections import read_sections
from tests.bench.carrying import ENVIRONMENT
from tests.bench.chain import USUAL
from tests.bench.figures import Figure
from tests.bench.listing import rows
from tests.chain.world import FRIDAY, MORNING, world
from tests.factories import model_stub, whole_texts
from tests.factories.places import REFERENCE
from tests.factories.prompts import estimated_tokens
from tests.factories.whole_texts import FILLER, PARTS, Part

REAL = REFERENCE / "data/huggingface_text/2607.13285.md"
LONG = tuple(Part(part.number, part.heading, [*part.paragraphs, FILLER * 88]) for part in PARTS)
"""The parts of a text of 180 KB, as long as the longest that was seen."""
TEXT_TOKENS, PAPERS_A_DAY, DAYS = 8000, 10, 30
REPAIRED = 0.1
"""Share of analyses that are asked for twice, taken high: of a hundred real abstracts none is."""
DEFAULT = "bedrock:global.amazon.nova-2-lite-v1:0"
ROUNDS = 5


def figures() -> Iterator[Figure]:
    """Milliseconds and bytes of a text, tokens with and without it, and what a month costs."""
    texts = {"180 KB of ours": whole_texts.marked(LONG)}
    if REAL.exists():
        texts["2607.13285"] = REAL.read_text(encoding="utf-8")
    for name, markdown in texts.items():
        yield Figure(f"whole text, {name}", len(markdown.encode()), "bytes", 2_000_000, "stored once, for 90 days")
        yield from _of_text(markdown)
    abstract = sum(map(count_tokens, hostile.screen(whole_texts.TITLE, whole_texts.ABSTRACT).sentences))
    without = estimated_tokens("full", "ko") + abstract
    yield Figure("prompt, text", estimated_tokens("text", "ko"), "tokens", 2000, "in Korean, without the paper")
    yield Figure("prompt, full, with an abstract", without, "tokens", None, "in Korean")
    cost = price(DEFAULT)
    a_month = PAPERS_A_DAY * DAYS * (1 + REPAIRED) * cost.of(EXPECTED["text"]) if cost else None
    how = f"tokens as budgeted, {REPAIRED:.0%} asked twice"
    yield Figure(f"{PAPERS_A_DAY} whole texts a day", a_month, "USD a month", 3.0, how)
    added = _seconds_to_close(PAPERS_A_DAY) - _seconds_to_close(0)
    how = f"a clock that only waiting moves, {USUAL} papers; by DelaySeconds {SECONDS_A_TEXT * PAPERS_A_DAY} s"
    yield Figure(f"{PAPERS_A_DAY} whole texts, over none", added, "s until the mail", None, how)


def _seconds_to_close(texts: int) -> float:
    """From the read of a day to its mail, on a clock that only waiting moves."""

    def answer(request: httpx.Request) -> httpx.Response:
        paper_id = request.url.path.removeprefix("/papers/").removesuffix(".md")
        return httpx.Response(200, text=whole_texts.marked(paper_id=paper_id))

    parameters = {"Model": "openai:kite", "Sources": "text", "FullText": str(texts)}
    with pytest.MonkeyPatch.context() as patched, model_stub.running() as stub:
        stub.behaviour = model_stub.anything
        patched.setattr(TextSource.__init__, "__defaults__", (0.0,))
        for name, value in {**ENVIRONMENT, "OPENAI_BASE_URL": f"{stub.address}/v1", "OPENAI_API_KEY": "none"}.items():
            patched.setenv(name, value)
        with world(patched, {FRIDAY: rows(USUAL)}, MORNING, **parameters) as made:
            made.internet.elsewhere = answer
            made.run(minutes=30)
            sent = made.mail_record()
            read = sum((paper.provenance.text_read == "text" for paper in made.digest().papers if paper.provenance), 0)
            if sent.status != "sent" or read != texts:
                raise RuntimeError(f"the mail is {sent.status}, {read} texts were read")
            return (sent.at - made.digest().read_at).total_seconds()


def _of_text(markdown: str) -> Iterator[Figure]:
    sections = read_sections(markdown)
    chosen = sum(count_tokens(each.text) for each in choose(sections, TEXT_TOKENS))
    read = _ms(lambda: choose(read_sections(markdown), TEXT_TOKENS))
    yield Figure("  to sections and sentences, chosen", read, "ms", 200, "CPU")
    yield Figure("  screened for orders", _ms(lambda: screen_sections(sections)), "ms", None, "CPU")
    yield Figure("  read by the model", chosen, "tokens", TEXT_TOKENS + 1000, f"TextTokens={TEXT_TOKENS}")


def _ms(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(ROUNDS):
        before = process_time()
        work()
        seconds.append(process_time() - before)
    return 1000 * median(seconds)

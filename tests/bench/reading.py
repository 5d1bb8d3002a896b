"""What a reader's browser works on: how heavy pages are without pictures."""

from collections.abc import Iterator

from functions.publish.index.recent import Recent
from functions.publish.render import page, pages
from functions.publish.render.templating import asset, assets
from tests.bench import editions
from tests.bench.figures import Figure

PAPERS_OF_A_DAY = 30
TARGET_DAY, TARGET_FRONT = 150.0, 60.0


def figures() -> Iterator[Figure]:
    """Kilobytes of pages."""
    yield from _weights()


def _weights() -> Iterator[Figure]:
    day = editions.digest()
    day = day.model_copy(update={"papers": day.papers[:PAPERS_OF_A_DAY], "listed": PAPERS_OF_A_DAY})
    shared_files = sum(len(assets()[asset(name)]) for name in ("style.css", "reading.js"))
    sizes = {
        f"a day of {PAPERS_OF_A_DAY}": (page.render(day, editions.EDITION), TARGET_DAY),
        "the front page": (pages.front(day, Recent().with_digest(day).entries, "ko", editions.EDITION), TARGET_FRONT),
    }
    for name, (html, target) in sizes.items():
        how = f"bytes without pictures, {shared_files / 1024:.0f} KB of them the stylesheet and the script"
        yield Figure(f"weight of {name}", (len(html.encode()) + shared_files) / 1024, "KB", target, how)

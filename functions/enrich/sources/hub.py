"""Hugging Face: which models, datasets and Spaces name a paper, so whether there are weights and a demo.

`GET /api/papers/{id}` answers 200 with the first few of each kind and how many there are, 404 for a paper that
it does not know, 429 beyond 500 requests in 5 minutes. https://huggingface.co/docs/hub/paper-pages
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from functions.enrich.sources.api import NoFactsError
from functions.enrich.sources.asking import ApiSource
from shared.model.facts import Facts
from shared.model.sources import Hub, Linked

FIRST = 3
"""How many of a kind are named."""
MAX_NAME_CHARS = 200


def question(paper_id: str, _: Facts) -> str:
    """The paper's own record."""
    return f"/api/papers/{quote(paper_id)}"


def read(body: Mapping[str, Any], now: datetime) -> Hub:
    """A kind that is absent or unreadable counts as zero. Raises NoFactsError where the answer is not of a paper."""
    if not isinstance(body.get("id"), str):
        raise NoFactsError("odd", f"id: {body.get('id')!r}")
    return Hub(
        read_at=now,
        models=_linked(body, "Models"),
        datasets=_linked(body, "Datasets"),
        spaces=_linked(body, "Spaces"),
    )


def _linked(body: Mapping[str, Any], kind: str) -> Linked:
    rows = body.get(f"linked{kind}")
    named = [name for row in rows if (name := _name(row))] if isinstance(rows, list) else []
    total = body.get(f"numTotal{kind}")
    counted = total if isinstance(total, int) and not isinstance(total, bool) else 0
    return Linked(total=max(counted, len(named)), first=tuple(named[:FIRST]))


def _name(row: Any) -> str | None:
    """A repository's `owner/name`."""
    name = row.get("id") if isinstance(row, dict) else None
    return name if isinstance(name, str) and 0 < len(name) <= MAX_NAME_CHARS and name.isprintable() else None


SOURCE = ApiSource(
    name="huggingface", variable="HF_URL", url="https://huggingface.co", question=question, read=read, facts_field="hub"
)

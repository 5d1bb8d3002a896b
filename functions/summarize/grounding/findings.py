"""What the check finds: a code and a quotation. The words for it are chosen where it is shown."""

from typing import Literal

from shared.model.frozen import Frozen

Kind = Literal["number", "unit", "name", "acronym", "source", "language", "length", "address", "injection", "style"]
Severity = Literal["remove", "drop", "ask", "note"]
"""`remove`: asked for in the repair, and the item goes if it comes back. `drop`: the item goes, without a repair.
`ask`: asked for, never removed. `note`: named in a repair that takes place anyway."""
LEFT_OUT: frozenset[Severity] = frozenset({"remove", "drop"})
"""Of an item that is not shown."""
REPAIRED: frozenset[Severity] = frozenset({"remove", "ask"})
"""Worth a second call."""

MAX_QUOTE_CHARS = 80


class Finding(Frozen):
    """Something that an item says and the paper's words do not support."""

    item: str
    """Its path: `one_line`, `key_points.1`, `risks.0`."""
    rule: str
    """The rule's id, `style.register` for one of the language's own."""
    kind: Kind
    severity: Severity
    quote: str
    """The words concerned."""

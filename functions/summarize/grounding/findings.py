"""What the check finds wrong."""

from typing import Literal

from shared.model.frozen import Frozen

Kind = Literal["number", "unit", "name", "acronym", "subject", "source", "language", "length", "address", "style"]


class Finding(Frozen):
    """Something that an item says and the paper's words do not support."""

    item: str
    """Its path: `one_line`, `key_points.1`, `risks.0`."""
    kind: Kind
    said: str
    """The words concerned."""
    why: str
    """One English clause for the model that is asked to mend it."""

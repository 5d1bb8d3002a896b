"""Draws the pictures of the bundled sample day: `python -m local.sample.draw`.

Every picture follows from its paper's id alone, so that a second run writes the same bytes.
"""

from collections.abc import Callable
from pathlib import Path
from random import Random

from local.sample import patterns, scenes
from local.sample.sheet import Sheet

FOLDER = Path(__file__).parent / "pictures"

Drawing = Callable[[Sheet, Random], None]
DRAWINGS: dict[str, tuple[Drawing, ...]] = {
    "2602.13515": (patterns.sparse_grid,),
    "2602.16855": (scenes.screens, scenes.flywheel),
    "2602.17270": (patterns.bottleneck,),
    "2602.15569": (scenes.cockpit,),
    "2602.17004": (patterns.experts,),
    "2602.15922": (scenes.film,),
    "2602.15547": (patterns.embedding,),
    "2602.16968": (patterns.patches,),
    "2602.14457": (patterns.pentagon,),
    "2602.14178": (patterns.binary_tokens,),
    "2602.16666": (patterns.runs,),
    "2602.17288": (scenes.pipeline,),
}


def main() -> None:
    """Draws every picture into its paper's folder, in every width."""
    for paper_id, paper_drawings in DRAWINGS.items():
        (FOLDER / paper_id).mkdir(parents=True, exist_ok=True)
        for number, draw in enumerate(paper_drawings, start=1):
            sheet = Sheet()
            draw(sheet, Random(paper_id))
            sheet.save(FOLDER / paper_id / str(number))


if __name__ == "__main__":
    main()

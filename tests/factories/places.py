"""Where the tests find the repository and the recorded answers of the outside world."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT.parent / "shared"
"""Recorded answers and reference formats; tests that read them skip where the folder is absent."""
FIXTURES = Path(__file__).parent / "fixtures"

"""Where the functions' log goes: CloudWatch's place in a local run."""

import io
import sys
from pathlib import Path


class Log(io.TextIOBase):
    """A stream that can be pointed to a file after the functions took hold of it. The first line makes the file."""

    def __init__(self) -> None:
        self.path: Path | None = None

    def write(self, text: str) -> int:
        """Writes to wherever the log goes now."""
        if self.path is None:
            return sys.stderr.write(text)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as file:
                return file.write(text)
        except OSError:  # a full disk: whatever is logged, the run must get to the line that names it
            return len(text)


LOG = Log()

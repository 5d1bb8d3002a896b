"""Where the functions' log goes: CloudWatch's place in a local run."""

import io
import sys
from typing import TextIO


class Log(io.TextIOBase):
    """A stream that can be pointed elsewhere after the functions took hold of it."""

    def __init__(self) -> None:
        self.target: TextIO = sys.stderr

    def write(self, text: str) -> int:
        """Writes to wherever the log goes now."""
        return self.target.write(text)

    def flush(self) -> None:
        """Flushes the same."""
        if not self.target.closed:
            self.target.flush()


LOG = Log()

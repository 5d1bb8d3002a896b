"""The program `daily-papers`.

Ctrl-C ends it at once, from its first moment on and whatever its threads do: files are written whole or not at all.
Python's own KeyboardInterrupt is lost where it meets an import, and leaves a lock behind.
"""

import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn

INTERRUPTED = 130
"""The exit code of a shell for SIGINT."""
STOPPED = "Stopped. What was finished is kept. The same command goes on from there."


def stop(*_: object) -> NoReturn:
    """Ends the process with one line."""
    with suppress(RuntimeError, OSError):  # a write was under way, or nobody reads
        sys.stdout.flush()
    os.write(2, f"\n{STOPPED}\n".encode())
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, stop)
    from local.cli import call

    sys.exit(call())

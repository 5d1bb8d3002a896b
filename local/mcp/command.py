"""`daily-papers mcp`: runs where the SDK is installed, and else says in one line how to install it."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from local.endings import DONE, NOT_DONE, ends_in_one_line
from local.mcp.reading import open_folder, open_site

SDK = ("mcp", "mcp_types", "uvicorn")


@ends_in_one_line
def main(arguments: Sequence[str]) -> int:
    """Serves until its client ends it. 2: the SDK is missing, or there is nothing to serve."""
    parser = argparse.ArgumentParser(prog="daily-papers mcp")
    parser.add_argument("--out", default="out")
    parser.add_argument("--site", default="")
    parser.add_argument("--port", default="")
    given = parser.parse_args(arguments)
    source = open_site(given.site) if given.site else open_folder(Path(given.out).expanduser())
    try:
        server = import_module("local.mcp.server")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in SDK:
            raise
        print("mcp: the MCP SDK is not installed here. `make mcp` installs it.", file=sys.stderr)
        return NOT_DONE
    server.serve(source, int(given.port) if given.port else None)
    return DONE

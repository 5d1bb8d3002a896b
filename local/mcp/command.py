"""`daily-papers mcp`: runs where the SDK is installed, and else says in one line how to install it."""

from importlib import import_module

import click

from local.arguments import folder_of
from local.endings import NotDoneError
from local.mcp.reading import open_folder, open_site
from local.operate.options import OUT

SDK = ("mcp", "mcp_types", "uvicorn")


@click.command("mcp")
@OUT
@click.option("--site", default="", metavar="ADDRESS", help="A published site, in place of the folder.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), help="Serves streamable HTTP at a loopback port. Without one: stdio."
)
def run_mcp(out: str, site: str, port: int | None) -> None:
    """Answers agents from an archive: a read-only server of the Model Context Protocol."""
    source = open_site(site) if site else open_folder(folder_of(out))
    try:
        server = import_module("local.mcp.server")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in SDK:
            raise
        raise NotDoneError("mcp: the MCP SDK is not installed here. `make mcp` installs it.") from error
    server.serve(source, port)

"""A read-only MCP server over a published archive. `server` alone needs the SDK of `local/mcp/requirements.txt`."""

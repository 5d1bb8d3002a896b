"""The one HTTP client."""

from functools import cache

import httpx

CONNECT_SECONDS = 5.0
READ_SECONDS = 20.0
"""A list of 100 rows is half a megabyte; a source that needs longer is asked again by the next run."""
USER_AGENT = "daily-papers/1.0"


@cache
def client() -> httpx.Client:
    """Follows no redirects: no source that we ask answers with one, and one could lead anywhere."""
    return httpx.Client(
        timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
    )

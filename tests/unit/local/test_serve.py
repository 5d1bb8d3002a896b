"""`make serve` answers addresses as the hostings do."""

from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

from local.serve import SiteHandler


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a site with a front page, a day, and a folder that has no page."""
    out = tmp_path_factory.mktemp("out")
    pages = {"index.html": "front", "404.html": "not here", "2026-02-20/index.html": "day", "pictures/1/1.webp": ""}
    for name, text in {**{f"site/{name}": text for name, text in pages.items()}, "mailed/x.json": "secret"}.items():
        path: Path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    handler = partial(SiteHandler, directory=str(out / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("asked", "status", "text"),
    [
        ("/", 200, "front"),
        ("/?versionId=1", 200, "front"),
        ("/2026-02-20/", 200, "day"),
        ("/nothing", 404, "not here"),
        ("/pictures/1/", 404, "not here"),
        ("/../mailed/x.json", 404, "not here"),
        ("/%2e%2e/mailed/x.json", 404, "not here"),
    ],
)
def test_a_folder_is_its_page_and_what_is_not_there_is_the_page_of_the_site(
    address: str, asked: str, status: int, text: str
) -> None:
    found = httpx.get(f"{address}{asked}")
    assert (found.status_code, found.text) == (status, text)


def test_a_folder_without_its_slash_is_sent_to_it(address: str) -> None:
    found = httpx.get(f"{address}/2026-02-20")
    assert (found.is_redirect, found.headers["location"]) == (True, "/2026-02-20/")


def test_a_connection_stays_open_so_that_a_page_of_many_files_comes_fast(address: str) -> None:
    with httpx.Client() as client:
        asked = (client.get(f"{address}{path}") for path in ("/", "/nothing", "/2026-02-20/"))
        ports = {found.extensions["network_stream"].get_extra_info("client_addr") for found in asked}
    assert len(ports) == 1


def test_nothing_can_be_posted(address: str) -> None:
    assert httpx.post(address).is_error

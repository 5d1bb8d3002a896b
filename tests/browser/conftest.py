"""Headless Chromium, and a site to read with it: from disk and from the server."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, sync_playwright

from tests.browser import site as sites
from tests.factories.places import ROOT

CHROMIUM = shutil.which("chromium")
PATIENCE = 5000
"""Milliseconds: what takes longer does not come."""
LEFT = "net::ERR_ABORTED"
"""The reader went on before it was there."""
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
"""No request of a page can leave this machine."""
STORAGE_IS_REFUSED = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"


class Visit(NamedTuple):
    """A page that was opened, and what it did that it should not."""

    page: Page
    complaints: list[str]
    """Errors, dialogs, and requests off the site."""


Visitor = Callable[..., Visit]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium here: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        arguments = [OFFLINE, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def port() -> int:
    """Where the site is to be served."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        found: int = taken.getsockname()[1]
    return found


@pytest.fixture(scope="session")
def site(browser: Browser, recorded: Path, port: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site's folder. Nobody changes it."""
    return sites.make(tmp_path_factory.mktemp("reader") / "out", recorded, f"http://127.0.0.1:{port}")


@pytest.fixture(scope="session")
def server(site: Path, port: int) -> Iterator[str]:
    """Where `make serve` serves the site."""
    command = (sys.executable, "-m", "local", "serve", "--out", str(site.parent), "--port", str(port))
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as serving:
        assert serving.stdout
        assert serving.stdout.readline()
        yield f"http://127.0.0.1:{port}/"
        serving.terminate()


@pytest.fixture(params=["from disk", "from the server"])
def root(request: pytest.FixtureRequest, site: Path) -> str:
    """Where the site is, in both ways that it can be read."""
    served: str = request.getfixturevalue("server") if request.param == "from the server" else f"{site.as_uri()}/"
    return served


@pytest.fixture
def disk(site: Path) -> str:
    """The site as files."""
    return f"{site.as_uri()}/"


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visitor]:
    """Opens a page in a browser of its own, which knows nothing of others'."""
    contexts = []

    def opened(root: str, address: str, **options: Any) -> Visit:
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        found = Visit(context.new_page(), [])
        watch(found, root)
        found.page.goto(root + address)
        return found

    yield opened
    for context in contexts:
        context.close()


def watch(visit: Visit, root: str) -> None:
    """Notes what the page must not do."""

    def asked(request: Request) -> None:
        if not request.url.startswith((root, "data:")):
            visit.complaints.append(f"asked for {request.url}")

    def failed(request: Request) -> None:
        if request.failure != LEFT:
            visit.complaints.append(f"{request.failure}: {request.url}")

    def spoke(dialog: Dialog) -> None:
        visit.complaints.append(f"{dialog.type}: {dialog.message}")
        dialog.dismiss()

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            visit.complaints.append(f"{message.type}: {message.text}")

    visit.page.on("request", asked)
    visit.page.on("console", said)
    visit.page.on("pageerror", lambda error: visit.complaints.append(f"raised {error}"))
    visit.page.on("requestfailed", failed)
    visit.page.on("dialog", spoke)


def articles(page: Page) -> list[str]:
    """The papers of the page, in its order."""
    found: list[str] = page.eval_on_selector_all("main article", "all => all.map(each => each.id)")
    return found

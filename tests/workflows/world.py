"""What the workflows meet: a repository with a bare remote, GitHub's actions, Hugging Face, a chat, and the time."""

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.factories.places import ROOT
from tests.factories.workflow import Job, clean_environment

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the steps are for GitHub's Ubuntu")
BASE = "https://owner.github.io/papers"
COMMAND = f"""#!{sys.executable}
# In the place of what `make .venv/digest` installs: the same program at another time, and a chat on this machine.
import os, runpy, sys
sys.path.insert(0, {str(ROOT)!r})
from datetime import datetime
import httpx
from local.clock import Clock
connected = httpx.HTTPTransport.handle_request
def handle(transport, request):
    if request.url.host == "hooks.invalid":
        request.url = httpx.URL(os.environ["CHAT"]).copy_with(path=request.url.path)
    return connected(transport, request)
httpx.HTTPTransport.handle_request = handle
with Clock(datetime.fromisoformat(os.environ["NOW"]), runs=True):
    runpy.run_module("local", run_name="__main__")
"""
GH = """#!/bin/sh
echo "$@" >>"$HOME/gh.log"
"""


class Web:
    """Hugging Face and a chat."""

    def __init__(self) -> None:
        self.lists: dict[str, list[Any]] = {}
        self.is_down = False
        self.posts: list[dict[str, Any]] = []
        self.address = ""

    @contextmanager
    def served(self) -> Iterator["Web"]:
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                question = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
                rows = web.lists.get(question.get("date", ""), [])
                known = "date" in question and question.get("p", "0") == "0"
                self._answer(503 if web.is_down else 200, json.dumps(rows if known else []).encode())

            def do_POST(self) -> None:
                web.posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self._answer(200, b"ok")

            def _answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
            self.address = f"http://127.0.0.1:{server.server_port}"
            yield self
            server.shutdown()


def git(folder: Path, *command: str) -> str:
    """What git says in a folder, which holds no settings of the machine's."""
    author = ("-c", "user.name=Owner", "-c", "user.email=owner@example.org", "-c", "init.defaultBranch=main")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(
        ("git", *author, *command), cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def make_repository(folder: Path, files: Mapping[str, str]) -> Path:
    """A bare repository with one commit."""
    bare, work = folder.with_suffix(".git"), folder.with_suffix(".work")
    work.mkdir(parents=True)
    git(work, "init", "--quiet")
    for name, text in files.items():
        (work / name).parent.mkdir(parents=True, exist_ok=True)
        (work / name).write_text(text, encoding="utf-8")
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message", "The owner's own")
    git(folder.parent, "clone", "--quiet", "--bare", str(work), str(bare))
    return bare


class World:
    """An owner's account: the project's repository, the blog's, and what is deployed."""

    def __init__(self, folder: Path, web: Web) -> None:
        self.folder, self.web = folder, web
        self.project = make_repository(folder / "project", {"README.md": "# Daily Papers\n"})
        self.blog = make_repository(
            folder / "blog", {"_config.yml": "title: Mine\n", "_posts/2026-01-01-hello.md": "Hi"}
        )
        self.pages = folder / "pages"
        self.variables = {"DAILY_PAPERS": "on", "BLOG": "owner/blog", "PARAMETERS": "Sources=none"}
        self.secrets = {"CHANNELS": '{"team": {"kind": "slack", "address": "https://hooks.invalid/T0K3N"}}'}
        self.bin = folder / "bin"
        self.bin.mkdir()
        self._program(self.bin / "gh", GH)
        self._runs = 0

    def digest(self, now: str) -> Job:
        """The job that makes the digest, at this time."""
        return self._job("digest", "digest", now)

    def post(self) -> Job:
        """The job that writes into the blog."""
        return self._job("blog", "blog", "2026-03-01T00:00:00+00:00")

    def tip(self) -> str:
        """The commit that the archive's branch is at."""
        return git(self.project, "rev-parse", "archive")

    def posts(self) -> list[str]:
        """The posts of the blog."""
        return git(self.blog, "ls-tree", "--name-only", "main", "_posts/").splitlines()

    def _job(self, name: str, job: str, now: str) -> Job:
        self._runs += 1
        outside: dict[str, Any] = {"vars": self.variables, "secrets": self.secrets, "github": {"token": "ghs_T0K3N"}}
        made = Job(self.folder / f"run{self._runs}", name, job, outside)
        assert made.is_on()
        actions = {
            "actions/checkout": self._check_out,
            "actions/setup-python": lambda *_: {},
            "actions/configure-pages": lambda *_: {"base_url": BASE},
            "actions/upload-pages-artifact": self._upload,
            "actions/deploy-pages": self._deploy,
        }
        environment = {
            **clean_environment(self.bin),
            "NOW": now,
            "CHAT": self.web.address,
            "HF_URL": self.web.address,
            "GITHUB_REPOSITORY": "owner/papers",
        }
        return made.run(environment, actions, {"Install": self._install})

    def _check_out(self, job: Job, given: Mapping[str, str]) -> Mapping[str, str]:
        source = self.blog if "repository" in given else self.project
        branch = ("--branch", given["ref"]) if "ref" in given else ()
        git(job.workspace, "clone", "--quiet", "--depth=1", *branch, source.as_uri(), given.get("path", "."))
        return {}

    def _install(self, job: Job) -> None:
        program = job.workspace / ".venv" / "bin" / "daily-papers"
        program.parent.mkdir(parents=True)
        self._program(program, COMMAND)

    def _program(self, path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")
        path.chmod(stat.S_IRWXU)

    def _upload(self, job: Job, given: Mapping[str, str]) -> Mapping[str, str]:
        shutil.copytree(job.workspace / given["path"], job.temp / "artifact")
        return {}

    def _deploy(self, job: Job, _: Mapping[str, str]) -> Mapping[str, str]:
        shutil.rmtree(self.pages, ignore_errors=True)
        shutil.copytree(job.temp / "artifact", self.pages)
        return {"page_url": BASE}


def at(day: str, hour: int = 0) -> str:
    """A time of a day, some minutes after the hour, as schedules fire."""
    return datetime.fromisoformat(f"{day}T{hour:02}:17:00+00:00").isoformat()

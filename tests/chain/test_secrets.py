"""A planted key, token and webhook address are in no log, error, object, mail or notice, whatever servers answer."""

import json
from collections.abc import Callable
from urllib.parse import quote

import boto3
import httpx
import pytest

from functions.enrich.handler import logger
from functions.enrich.texts import TextSource
from local.intrinsics import REGION
from tests.chain.world import FRIDAY, MakeWorld, World, row

KEY, TOKEN = 'sk-planted+key/with"quote==', "ghp_plantedTOKEN0123456789"
HF_TOKEN = "hf_plantedTOKEN9876543210"
WEBHOOK = "https://hooks.invalid/services/T0K3N-planted"
PARAMETERS = {
    "OpenAiKeyParameter": ("/daily-papers/key", f"{KEY}\n"),
    "GitHubTokenParameter": ("/daily-papers/token", TOKEN),
    "HuggingFaceTokenParameter": ("/daily-papers/hf-token", HF_TOKEN),
    "WebhookParameter": ("/daily-papers/webhook", WEBHOOK),
}
FORMS = [
    form
    for secret in (KEY, TOKEN, HF_TOKEN, "T0K3N-planted")
    for form in {secret, quote(secret, safe=""), json.dumps(secret)[1:-1]}
]
Echo = Callable[[str], httpx.Response]


def fails(said: str) -> httpx.Response:
    raise httpx.ConnectError(f"cannot connect with {said}")


def breaks_off(said: str) -> httpx.Response:
    raise httpx.RemoteProtocolError(f"illegal header {said!r}")


ECHOES: dict[str, Echo] = {
    "an error as JSON": lambda said: httpx.Response(401, json={"error": {"message": f"no such key: {said}"}}),
    "an error as text": lambda said: httpx.Response(400, text=f"<p>{said}</p>"),
    "a forbidden answer": lambda said: httpx.Response(403, json={"message": said}),
    "quoted for an address": lambda said: httpx.Response(500, text=quote(said, safe="")),
    "JSON within text": lambda said: httpx.Response(502, text=f"upstream said {json.dumps(said)}"),
    "a redirect": lambda said: httpx.Response(
        302, headers={"Location": f"https://api.github.invalid/?token={quote(said)}"}
    ),
    "throttled": lambda said: httpx.Response(429, text=f"{said} is over its limit", headers={"Retry-After": "1"}),
    "in a 200": lambda said: httpx.Response(200, json={"error": {"message": said, "code": 401}}),
    "no JSON in a 200": lambda said: httpx.Response(200, text=f"hello {said}"),
    "an error of the connection": fails,
    "an answer that breaks off": breaks_off,
}
QUICK = {"quoted for an address", "an error of the connection"}
"""Those that leaked before: each takes a second or two of CPU, the others are run by `make test-extra`."""


def _said(request: httpx.Request) -> str:
    """What a server knows of the secret: the header, or the address."""
    return request.headers.get("Authorization", "").removeprefix("Bearer ") or str(request.url)


def _everything(world: World, caplog: pytest.LogCaptureFixture, output: str) -> dict[str, str]:
    """All that the chain wrote, by where."""
    found = {key: world.archive.get(key).decode(errors="replace") for key in world.objects()}
    letters = [body for queue in ("DeadLetters", "DeadLettersFifo") for body in world.bodies(queue)]
    logged = "\n".join(map(logger.registered_formatter.format, caplog.records))
    return found | {"log": logged, "output": output, "mail": str(world.mails() + world.notices() + letters)}


@pytest.mark.parametrize(
    "echo", [pytest.param(ECHOES[name], id=name, marks=[] if name in QUICK else pytest.mark.extra) for name in ECHOES]
)
def test_a_secret_that_a_server_repeats_is_written_nowhere(
    make_world: MakeWorld,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    echo: Echo,
) -> None:
    monkeypatch.setattr(TextSource.__init__, "__defaults__", (0.0,))  # seconds between two texts
    caplog.set_level("INFO")
    rows = [row("2602.00001", githubRepo="https://github.com/example/reader")]
    named = {name: parameter for name, (parameter, _) in PARAMETERS.items()}
    world = make_world({FRIDAY: rows}, Sources="github,text", Model="openai:small", MaxReceives="2", **named)
    for parameter, value in PARAMETERS.values():
        boto3.client("ssm", region_name=REGION).put_parameter(Name=parameter, Value=value, Type="SecureString")
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(_said(request))
        return echo(_said(request))

    world.internet.elsewhere = answer
    world.run(hours=1)
    assert {KEY, TOKEN, HF_TOKEN, WEBHOOK} <= set(asked)
    written = capfd.readouterr()
    leaks = [
        (place, form)
        for place, text in _everything(world, caplog, written.out + written.err).items()
        for form in FORMS
        if form in text
    ]
    assert leaks == []

"""Every odd way to give a good answer is an analysis in one answered call, at its true cost, in both protocols."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import boto3
import httpx
import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config

from functions.summarize.llm.bedrock import BedrockModel, read_leniently
from functions.summarize.llm.openai import OpenAiModel
from functions.summarize.pipeline import ModelSummarizer
from shared.model.analysis import Analysis
from shared.model.facts import EnrichedPaper, Facts
from shared.model.prices import Price
from tests.factories.model_stub import Asked, honest
from tests.factories.server_answers import (
    CHATS,
    CONVERSES,
    FORMS,
    TEXTS,
    USAGES,
    Form,
    chat,
    converse,
    dump,
    of_converse,
    tool,
)

PAPER = EnrichedPaper(
    id="2602.00001",
    title="A Memory",
    facts=Facts(abstract="Agents forget. We propose a memory, which halves the error. It reaches 91.5% accuracy."),
)
PRICE = Price(input=1, output=10)
COUNTED_USD = 0.0042
FORM = honest(Asked("openai", "developer_view 한국어", ""))
Answer = Callable[[Form], Any]


class Server:
    """Answers every call with the same body, and counts the calls."""

    def __init__(self, body: Any) -> None:
        self.content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.calls = 0

    def answer(self, _: httpx.Request) -> httpx.Response:
        self.calls += 1
        return httpx.Response(200, content=self.content)

    def send(self, request: Any, **_: Any) -> AWSResponse:
        self.calls += 1
        return AWSResponse(request.url, 200, HTTPHeaders(), self)

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.content


def analyse(model: Any) -> Analysis:
    return ModelSummarizer("a:model", model, PRICE).analyse(PAPER, "ko", "full")


def ask_openai(body: Any) -> tuple[Analysis, int]:
    server = Server(body)
    client = httpx.Client(transport=httpx.MockTransport(server.answer))
    return analyse(OpenAiModel("model", "https://models.example/v1", lambda: "", client, 1)), server.calls


@pytest.fixture(scope="module")
def bedrock_client() -> Any:
    return boto3.client("bedrock-runtime", region_name="us-east-1", config=Config(retries={"total_max_attempts": 1}))


def ask_bedrock(body: Any, client: Any) -> tuple[Analysis, int]:
    server = Server(body)
    event = "before-send.bedrock-runtime.Converse"
    client.meta.events.register(event, server.send)
    try:
        return analyse(BedrockModel("a.model", read_leniently(client))), server.calls
    finally:
        client.meta.events.unregister(event, server.send)


def check_whole(analysis: Analysis, calls: int) -> None:
    assert calls == 1
    assert analysis.one_line.text == FORM["one_line"]["text"]
    assert analysis.one_line.sources
    assert [point.text for point in analysis.key_points] == [point["text"] for point in FORM["key_points"]]
    assert analysis.provenance.findings == ()


def kinds(named: Mapping[str, Answer], texts: Answer | None = None) -> pytest.MarkDecorator:
    """The kinds of bodies, and with `texts` also those of texts in a body."""
    written = {name: partial(_wrap, texts, write) for name, write in TEXTS.items()} if texts else {}
    return pytest.mark.parametrize("answer", [*named.values(), *written.values()], ids=[*named, *written])


def _wrap(body: Answer, write: Answer, form: Form) -> Any:
    return body(write(form))


@kinds(CHATS, texts=chat)
def test_an_answer_of_chat_completions_is_read_wherever_it_is(answer: Answer) -> None:
    analysis, calls = ask_openai(answer(FORM))
    check_whole(analysis, calls)
    assert analysis.provenance.cost_usd == pytest.approx(COUNTED_USD)


@kinds(CONVERSES, texts=lambda text: converse({"text": text}))
def test_an_answer_of_converse_is_read_wherever_it_is(answer: Answer, bedrock_client: Any) -> None:
    analysis, calls = ask_bedrock(answer(FORM), bedrock_client)
    check_whole(analysis, calls)
    assert analysis.provenance.cost_usd == pytest.approx(COUNTED_USD)


@kinds(FORMS)
def test_a_form_is_read_however_it_is_filled_in(answer: Answer, bedrock_client: Any) -> None:
    filled = answer(FORM)
    for analysis, calls in (ask_openai(chat(dump(filled))), ask_bedrock(converse(tool(filled)), bedrock_client)):
        check_whole(analysis, calls)
        assert analysis.numbers[0].value == "91.5%"
        assert analysis.risks


@pytest.mark.parametrize(("usage", "is_estimated"), USAGES.values(), ids=USAGES.keys())
def test_tokens_that_a_server_does_not_count_are_estimated(usage: Any, is_estimated: bool, bedrock_client: Any) -> None:
    bodies = chat(dump(FORM), usage), converse(tool(FORM), usage=of_converse(usage))
    for analysis, calls in (ask_openai(bodies[0]), ask_bedrock(bodies[1], bedrock_client)):
        made = analysis.provenance
        assert calls == 1
        assert made.is_estimated == is_estimated
        assert made.cost_usd is not None
        assert made.cost_usd == pytest.approx(COUNTED_USD, rel=0.8 if is_estimated else 1e-6)
        assert made.input_tokens > 500

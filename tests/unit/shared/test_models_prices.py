"""What a call costs, and when nobody knows."""

import pytest

from shared.model.prices import Price, Usage, cost, price

CALL = Usage(input_tokens=1_000_000, output_tokens=100_000)


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("bedrock:global.amazon.nova-2-lite-v1:0", Price(input=0.30, output=2.50)),
        ("bedrock:us.amazon.nova-2-lite-v1:0", Price(input=0.33, output=2.75)),
        ("bedrock:amazon.nova-micro-v1:0", Price(input=0.035, output=0.14)),
        ("openai:gpt-5-mini", Price(input=0.25, output=2.00, reasoning=600)),
        ("bedrock:eu.new.model-v1:0", None),
        ("openai:qwen3", None),
    ],
)
def test_a_model_has_the_price_of_the_table(model: str, expected: Price | None) -> None:
    assert price(model) == expected


def test_a_model_of_another_server_has_no_price_of_the_table() -> None:
    assert price("openai:gpt-5-mini", base_url="http://127.0.0.1:8000/v1") is None


def test_a_price_that_was_given_goes_before_the_table() -> None:
    assert price("bedrock:amazon.nova-micro-v1:0", "1.5/20") == Price(input=1.5, output=20)


def test_calls_cost_their_tokens() -> None:
    assert cost(Price(input=1, output=10), [CALL, CALL]) == pytest.approx(4.0)


def test_nobody_knows_the_cost_without_a_price() -> None:
    assert cost(None, [CALL]) is None

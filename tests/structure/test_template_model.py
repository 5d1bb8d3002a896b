"""What template.yaml lets summarize ask, and for how long."""

from typing import Any

import pytest

from local.template import ParameterError, stack
from shared.model.prices import price
from shared.store import aws
from tests.structure.declared import TEMPLATE, functions, listed, template

NOVA = "bedrock:global.amazon.nova-2-lite-v1:0"
PROFILES = "arn:aws:bedrock:ap-northeast-2:123456789012:inference-profile"
AROUND_SECONDS = 10
"""What reading and writing the bucket, and the check, take at most."""


def granted(**parameters: str) -> dict[str, Any]:
    """What the role of summarize may ask of models and of secrets: the actions with their resources."""
    (policy,) = stack(TEMPLATE, parameters).resources["SummarizeRole"].properties["Policies"]
    statements = [(listed(each["Action"])[0], each["Resource"]) for each in policy["PolicyDocument"]["Statement"]]
    return {action: resource for action, resource in statements if action.startswith(("bedrock:", "ssm:"))}


def test_without_a_model_nothing_is_granted() -> None:
    assert granted(Model="draft") == {}


def test_bedrock_may_be_asked_for_the_profile_and_the_model_behind_it_and_for_nothing_else() -> None:
    assert granted(Model=NOVA) == {
        "bedrock:InvokeModel": [
            f"{PROFILES}/global.amazon.nova-2-lite-v1:0",
            "arn:aws:bedrock:*::foundation-model/amazon.nova-2-lite-v1:0",
        ]
    }


def test_a_stack_that_names_no_model_asks_a_small_one_of_bedrock_whose_price_is_known() -> None:
    assert stack(TEMPLATE, {}).parameters["Model"] == NOVA
    assert price(NOVA) is not None
    assert granted() == granted(Model=NOVA)


def test_a_model_without_a_profile_may_be_asked_in_the_stacks_region() -> None:
    assert granted(Model="bedrock:amazon.nova-micro-v1:0") == {
        "bedrock:InvokeModel": ["arn:aws:bedrock:ap-northeast-2::foundation-model/amazon.nova-micro-v1:0"]
    }


def test_the_one_parameter_that_holds_the_key_may_be_read() -> None:
    assert granted(Model="openai:small", OpenAiKeyParameter="/daily-papers/key") == {
        "ssm:GetParameter": "arn:aws:ssm:ap-northeast-2:123456789012:parameter/daily-papers/key"
    }


def test_the_key_itself_is_no_parameter_and_no_variable() -> None:
    names = [*template()["Parameters"], *functions()["SummarizeFunction"]["Environment"]["Variables"]]
    assert not [name for name in names if name.lower().replace("_", "").endswith("key")]


def test_a_call_and_its_repair_fit_into_the_function() -> None:
    seconds = template()["Parameters"]["ModelSeconds"]["MaxValue"] + aws.CONNECT_SECONDS
    assert 2 * seconds + AROUND_SECONDS <= functions()["SummarizeFunction"]["Timeout"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Model", "bedrock:us.anthropic.claude-haiku-4-5-20251001-v1:0"),
        ("Model", "bedrock:apac.amazon.nova-lite-v1:0"),
        ("Model", "openai:gpt-5-mini"),
        ("Model", "openai:Qwen/Qwen3-8B"),
        ("Model", "openai:llama3.2:3b"),
        ("OpenAiBaseUrl", "http://127.0.0.1:11434/v1"),
        ("ModelPrice", "0.30/2.50"),
    ],
)
def test_a_model_can_be_named(name: str, value: str) -> None:
    assert stack(TEMPLATE, {name: value}).parameters[name] == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Model", "bedrock:"),
        ("Model", "bedrock:arn:aws:bedrock:us-east-1::x/*"),
        ("Model", "bedrock:us.amazon.*"),
        ("Model", "openai:"),
        ("Model", "anthropic:claude"),
        ("OpenAiBaseUrl", "api.openai.com"),
        ("OpenAiKeyParameter", "sk-12345"),
        ("OpenAiKeyParameter", "/daily-papers/*"),
        ("ModelPrice", "cheap"),
        ("ModelSeconds", "120"),
    ],
)
def test_what_is_no_model_is_refused(name: str, value: str) -> None:
    with pytest.raises(ParameterError):
        stack(TEMPLATE, {name: value})

"""What template.yaml tells publish of the webhook."""

from typing import Any

import pytest

from local.template import ParameterError, Stack, stack
from tests.structure.declared import TEMPLATE, conditional_statements, functions, template


def variables(made: Stack) -> dict[str, str]:
    found: dict[str, str] = made.of_kind("AWS::Serverless::Function")["PublishFunction"]["Environment"]["Variables"]
    return found


def readable_parameters(made: Stack, action: str = "ssm:GetParameter") -> list[Any]:
    """What publish may read of the Parameter Store."""
    (policy,) = made.resources["PublishRole"].properties["Policies"]
    return [each["Resource"] for each in policy["PolicyDocument"]["Statement"] if each["Action"] == action]


def test_publish_may_read_the_one_parameter_that_holds_the_webhooks_address_and_only_where_there_is_one() -> None:
    assert conditional_statements("PublishRole").keys() == {"HasChannels", "HasWebhook"}
    assert readable_parameters(stack(TEMPLATE, {"WebhookParameter": "/daily-papers/webhook"})) == [
        "arn:aws:ssm:ap-northeast-2:123456789012:parameter/daily-papers/webhook"
    ]
    assert readable_parameters(stack(TEMPLATE, {})) == []


def test_publish_may_read_the_channels_and_only_where_there_are_some() -> None:
    prefix = "arn:aws:ssm:ap-northeast-2:123456789012:parameter/daily-papers/channels"
    assert readable_parameters(
        stack(TEMPLATE, {"ChannelsPath": "/daily-papers/channels"}), "ssm:GetParametersByPath"
    ) == [[prefix, f"{prefix}/*"]]
    assert readable_parameters(stack(TEMPLATE, {}), "ssm:GetParametersByPath") == []


def test_the_address_itself_is_no_parameter_and_no_variable() -> None:
    names = [*template()["Parameters"], *functions()["PublishFunction"]["Environment"]["Variables"]]
    assert not [name for name in names if name.lower().replace("_", "").endswith(("webhook", "webhookurl"))]


@pytest.mark.parametrize(
    ("name", "value"),
    [("WebhookParameter", "https://hooks.slack.com/services/x"), ("WebhookParameter", "webhook"), ("WebhookShape", "")],
)
def test_a_webhook_that_cannot_be_is_refused(name: str, value: str) -> None:
    with pytest.raises(ParameterError):
        stack(TEMPLATE, {name: value})

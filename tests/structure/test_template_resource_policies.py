"""The policies of queues and topics: TLS only, and a topic's policy still lets in whom SNS's default one did."""

from typing import Any

import pytest

from tests.structure.declared import meant, queues, resources

TOPIC_POLICIES = resources("AWS::SNS::TopicPolicy")
OVER_PLAIN_HTTP = {"Bool": {"aws:SecureTransport": False}}
ACCOUNT = {"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}}


def statements(policy: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = policy["PolicyDocument"]["Statement"]
    return found


def topic_policy(topic: str) -> list[dict[str, Any]]:
    (found,) = [policy for policy in TOPIC_POLICIES.values() if topic in map(meant, policy["Topics"])]
    return statements(found)


def test_every_queue_is_reached_over_tls_only() -> None:
    (policy,) = resources("AWS::SQS::QueuePolicy").values()
    assert {meant(queue) for queue in policy["Queues"]} == queues().keys()
    (denial,) = statements(policy)
    assert (denial["Effect"], denial["Principal"], denial["Action"]) == ("Deny", "*", "sqs:*")
    assert denial["Condition"] == OVER_PLAIN_HTTP


@pytest.mark.parametrize("topic", resources("AWS::SNS::Topic"))
def test_a_topic_is_published_to_over_tls_only_and_by_the_account(topic: str) -> None:
    denials = [each for each in topic_policy(topic) if each["Effect"] == "Deny"]
    assert [(each["Action"], each["Condition"]) for each in denials] == [("sns:Publish", OVER_PLAIN_HTTP)]
    (account,) = [each for each in topic_policy(topic) if each["Principal"] == ACCOUNT]
    assert account["Effect"] == "Allow"
    assert {"sns:Publish", "sns:Subscribe"} <= set(account["Action"])
    assert all(meant(each["Resource"]) == topic for each in topic_policy(topic))


def test_alarms_of_this_account_and_no_other_ring_at_the_operators() -> None:
    (alarms,) = [each for each in topic_policy("OperatorsTopic") if "Service" in each["Principal"]]
    assert (alarms["Effect"], alarms["Action"]) == ("Allow", "sns:Publish")
    assert alarms["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert alarms["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
    assert "KmsMasterKeyId" not in resources("AWS::SNS::Topic")["OperatorsTopic"], "alarms cannot use AWS's own key"

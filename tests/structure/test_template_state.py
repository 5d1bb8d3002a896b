"""What holds state keeps its logical id and its create-only properties: to replace it would lose what it holds.

A new bucket loses the site and all digests, a new topic its readers, a new log group
its logs. Queues may be replaced: the next read sends again what was under way.
"""

import pytest

from tests.structure.declared import template

CREATE_ONLY = {
    "AWS::S3::Bucket": {"BucketName", "BucketNamePrefix", "BucketNamespace", "ObjectLockEnabled"},
    "AWS::SNS::Topic": {"TopicName", "FifoTopic"},
    "AWS::Logs::LogGroup": {"LogGroupName"},
}
"""By CloudFormation's resource schemas: a change of one replaces the resource."""
LOG_GROUPS = {
    f"{room.capitalize()}Logs": {"LogGroupName": {"Fn::Sub": f"/aws/lambda/${{AWS::StackName}}/{room}"}}
    for room in ("fetch", "enrich", "summarize", "publish", "subscribe")
}
HOLDING_STATE = {"Bucket": {}, "ReadersTopic": {}, "OperatorsTopic": {}, **LOG_GROUPS}


@pytest.mark.parametrize("name", HOLDING_STATE)
def test_what_holds_state_is_the_resource_that_it_was(name: str) -> None:
    resource = template()["Resources"][name]
    assert "Condition" not in resource, "a parameter must not remove it"
    create_only = CREATE_ONLY[resource["Type"]]
    kept = {key: value for key, value in resource["Properties"].items() if key in create_only}
    assert kept == HOLDING_STATE[name]


def test_every_resource_that_holds_state_is_on_the_list() -> None:
    """One that a later release adds joins the list with it."""
    holding = {name for name, resource in template()["Resources"].items() if resource["Type"] in CREATE_ONLY}
    assert holding == HOLDING_STATE.keys()

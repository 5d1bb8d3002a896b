"""What template.yaml declares, as it is written: intrinsics in their long form, so that a wire can be followed."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from local.template import parse
from tests.factories.places import ROOT

TEMPLATE = ROOT / "template.yaml"
Resource = dict[str, Any]


@cache
def template() -> dict[str, Any]:
    """The whole template."""
    return parse(TEMPLATE)


def resources(kind: str) -> dict[str, Resource]:
    """The properties of the resources of a kind, such as `AWS::SQS::Queue`, by logical id."""
    return {name: each["Properties"] for name, each in template()["Resources"].items() if each["Type"] == kind}


def functions() -> dict[str, Resource]:
    """The functions by logical id, in the chain's order."""
    return resources("AWS::Serverless::Function")


def queues() -> dict[str, Resource]:
    """The queues by logical id."""
    return resources("AWS::SQS::Queue")


def mappings() -> Iterator[tuple[str, str, Resource]]:
    """Every event source mapping: its function, its queue and its properties."""
    for name, function in functions().items():
        for event in (each for each in function.get("Events", {}).values() if each["Type"] == "SQS"):
            yield name, meant(event["Properties"]["Queue"]), event["Properties"]


def parameter(name: str) -> Any:
    """A parameter's default."""
    return template()["Parameters"][name]["Default"]


def value(written: Any) -> Any:
    """What is written, with a parameter at its default."""
    if isinstance(written, dict) and written.get("Ref") in template()["Parameters"]:
        return parameter(written["Ref"])
    return written


def meant(written: Any) -> str:
    """The logical id that a Ref or an Fn::GetAtt means."""
    return str(written["Ref"] if "Ref" in written else written["Fn::GetAtt"].split(".")[0])


def listed(written: Any) -> list[Any]:
    """A policy's element, which may be one or a list of them."""
    return written if isinstance(written, list) else [written]


def statements(role: str) -> list[dict[str, Any]]:
    """What a role's policies state whatever the parameters are."""
    return [statement for statement in _all_statements(role) if "Fn::If" not in statement]


def conditional_statements(role: str) -> dict[str, dict[str, Any]]:
    """What a role's policies state under a condition, by the condition's name."""
    branches = [statement["Fn::If"] for statement in _all_statements(role) if "Fn::If" in statement]
    return {condition: statement for condition, statement, _ in branches}


def _all_statements(role: str) -> list[dict[str, Any]]:
    policies = resources("AWS::IAM::Role")[role]["Policies"]
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def sends_to(role: str) -> set[str]:
    """The queues that a role may send to."""
    return {
        meant(resource)
        for statement in statements(role)
        if "sqs:SendMessage" in listed(statement["Action"])
        for resource in listed(statement["Resource"])
    }

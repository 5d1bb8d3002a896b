"""Starts ministack 1.5.33 with what it lacks, in the emulator's own environment, in place of `python -m ministack`.

Repaired:
- Fn::Split, Fn::Select and Fn::Sub in Conditions
- a Number parameter in ScalingConfig
- AWS::IAM::RolePolicy, which release 1.0 has
- alarms on a computed value: the metric that it is computed of stands in for it
- batch calls and Converse, for which IAM has no action of their own
- sns:Protocol, a condition of IAM: what a role subscribes counts as an address of mail

Not repaired:
- a FIFO queue has one batch in work, whatever its groups
- an HTTP API gets no routes from its body
- lifecycle rules, EventInvokeConfig and the time zones of schedules are dropped
- <aws.scheduler.scheduled-time> is not replaced, so the job ends before the first tick

Each decision of IAM is written to IAM_AUDIT.
"""

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ministack.app import main
from ministack.core import iam_evaluator
from ministack.services import lambda_svc
from ministack.services.cloudformation import engine, provisioners

PSEUDO_PARAMETERS = {"AWS::Region": os.environ["AWS_DEFAULT_REGION"], "AWS::Partition": "aws"}
IAM_ACTIONS = {
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
    "bedrock:Converse": "bedrock:InvokeModel",
}
ADMINISTRATOR = "test"
"""The access key of whoever deploys: it may do everything."""

evaluate_conditions = engine._evaluate_conditions
esm_concurrency = lambda_svc._sqs_esm_concurrency
enforce = iam_evaluator.enforce
alarm_record = provisioners._cw_metric_alarm_record
inline_policy = provisioners._RESOURCE_HANDLERS["AWS::IAM::Policy"]


def resolve(value: Any, parameters: dict[str, Any]) -> Any:
    """A condition's operand with every function in it resolved."""
    if isinstance(value, list):
        return [resolve(each, parameters) for each in value]
    if not isinstance(value, dict) or len(value) != 1:
        return value
    ((name, operand),) = value.items()
    if name == "Fn::Sub":
        return re.sub(r"\$\{([\w:]+)\}", lambda found: str(reference(found[1], parameters)), operand)
    operand = resolve(operand, parameters)
    computed: dict[str, Callable[[], Any]] = {
        "Ref": lambda: reference(operand, parameters),
        "Fn::Split": lambda: str(operand[1]).split(operand[0]),
        "Fn::Select": lambda: operand[1][int(operand[0])],
    }
    return computed[name]() if name in computed else {name: operand}


def reference(name: str, parameters: dict[str, Any]) -> Any:
    """What a Ref in a condition means."""
    return parameters[name]["Value"] if name in parameters else PSEUDO_PARAMETERS[name]


def evaluate_resolved(template: dict[str, Any], parameters: dict[str, Any]) -> Any:
    """The conditions of a template."""
    conditions = {name: resolve(body, parameters) for name, body in template.get("Conditions", {}).items()}
    return evaluate_conditions({**template, "Conditions": conditions}, parameters)


def concurrency_of_number(mapping: dict[str, Any], *rest: Any) -> Any:
    """How many batches of a mapping may be in work."""
    scaling = mapping.get("ScalingConfig") or {}
    if "MaximumConcurrency" in scaling:
        scaling = {**scaling, "MaximumConcurrency": int(scaling["MaximumConcurrency"])}
    return esm_concurrency({**mapping, "ScalingConfig": scaling}, *rest)


def record_of_plain_metric(name: str, properties: dict[str, Any]) -> Any:
    """An alarm as it is stored."""
    queries = properties.get("Metrics") or []
    for query in (each["MetricStat"] for each in queries if "MetricStat" in each):
        plain = {**query["Metric"], "Statistic": query["Stat"], "Period": query["Period"]}
        properties = {**properties, **plain, "Metrics": []}
    return alarm_record(name, properties)


def policy_of_role(properties: dict[str, Any]) -> dict[str, Any]:
    """The AWS::IAM::Policy that writes the same inline policy as an AWS::IAM::RolePolicy."""
    named = {name: properties[name] for name in ("PolicyName", "PolicyDocument")}
    return {**named, "Roles": [properties["RoleName"]]}


def enforce_audited(access_key: str, iam_action: str, *where: Any, **context: Any) -> Any:
    """The decision of IAM."""
    action = IAM_ACTIONS.get(iam_action, iam_action)
    if action == "sns:Subscribe":
        context["service_context"] = {**(context.get("service_context") or {}), "sns:Protocol": "email"}
    denial = enforce(access_key, action, *where, **context)
    if access_key != ADMINISTRATOR:
        caller = (iam_evaluator.resolve_caller_identity(access_key) or {}).get("Arn", access_key)
        decision = {
            "caller": caller,
            "action": action,
            "arn": context.get("resource_arn"),
            "denied": denial is not None,
        }
        with Path(os.environ["IAM_AUDIT"]).open("a", encoding="utf-8") as audit:
            audit.write(json.dumps(decision) + "\n")
    return denial


def repair() -> None:
    """Puts each repair in the place of every name that ministack has for the original."""
    repairs = {
        evaluate_conditions: evaluate_resolved,
        esm_concurrency: concurrency_of_number,
        enforce: enforce_audited,
        alarm_record: record_of_plain_metric,
    }
    for module in [each for name, each in sys.modules.items() if name.startswith("ministack")]:
        for name, value in list(vars(module).items()):
            if callable(value) and getattr(value, "__hash__", None) and value in repairs:
                setattr(module, name, repairs[value])
    provisioners._RESOURCE_HANDLERS["AWS::IAM::RolePolicy"] = {
        "create": lambda name, new, stack: inline_policy["create"](name, policy_of_role(new), stack),
        "update": lambda pid, old, new, *rest: inline_policy["update"](
            pid, policy_of_role(old), policy_of_role(new), *rest
        ),
        "delete": lambda pid, old, *rest: inline_policy["delete"](pid, policy_of_role(old), *rest),
    }


if __name__ == "__main__":
    repair()
    sys.argv = sys.argv[:1]
    main()

"""Reads template.yaml as CloudFormation would, with its parameters' own constraints."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

try:
    from yaml import CSafeLoader as _Yaml  # eight times faster
except ImportError:
    from yaml import SafeLoader as _Yaml  # type: ignore[assignment]

from local.endings import NotDoneError
from local.intrinsics import Resolver


class ParameterError(NotDoneError):
    """A parameter that the template does not have, or a value that its constraints refuse."""


class Resource(NamedTuple):
    """A resource with everything in it resolved."""

    kind: str
    properties: dict[str, Any]


class Stack(NamedTuple):
    """The template with its parameters' values."""

    parameters: dict[str, str]
    resources: dict[str, Resource]
    names: dict[str, str]
    """The physical name of each resource by its logical id."""

    def of_kind(self, kind: str) -> dict[str, dict[str, Any]]:
        """The properties of all resources of a kind, by logical id."""
        return {name: resource.properties for name, resource in self.resources.items() if resource.kind == kind}


class _Loader(_Yaml):
    """Knows the short forms of intrinsics: `!Ref x`, `!GetAtt a.b`."""


def _intrinsic(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)  # type: ignore[arg-type]
    return {suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _intrinsic)


@cache
def parse(path: Path) -> dict[str, Any]:
    """The template with intrinsics in their long form, and in each function what Globals gives it.

    Read once: whoever changes it copies it first.
    """
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # nosec B506
    shared = found.get("Globals", {}).get("Function", {})
    for resource in found["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"] = _merge(shared, resource.get("Properties", {}))
    return found


def _merge(shared: Any, own: Any) -> Any:
    """Merges as SAM does: maps by key, lists one after the other, and any other value of the resource wins.

    https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
    """
    if isinstance(shared, dict) and isinstance(own, dict):
        both = shared.keys() & own.keys()
        return {**shared, **own, **{name: _merge(shared[name], own[name]) for name in both}}
    return [*shared, *own] if isinstance(shared, list) and isinstance(own, list) else own


def stack(path: Path, given: Mapping[str, str], unchecked: Mapping[str, str] | None = None) -> Stack:
    """The stack that these parameters make, with values that the constraints need not allow.

    Raises ParameterError naming the parameter and what is allowed.
    """
    template = parse(path)
    parameters = {**parameters_of(path, given), **(unchecked or {})}
    resolver = Resolver(parameters, template.get("Conditions", {}), template["Resources"])
    _check_rules(template.get("Rules", {}), resolver)
    resources = {
        name: Resource(resource["Type"], resolver.resolve(resource.get("Properties", {})))
        for name, resource in template["Resources"].items()
        if "Condition" not in resource or resolver.condition(resource["Condition"])
    }
    return Stack(parameters, resources, {name: resolver.physical_name(name) for name in resources})


def parameters_of(path: Path, given: Mapping[str, str]) -> dict[str, str]:
    """Every parameter with its value. Raises ParameterError naming one that its own constraints refuse."""
    declared = parse(path)["Parameters"]
    unknown = sorted(given.keys() - declared.keys())
    if unknown:
        raise ParameterError(f"{unknown[0]}: the template has no such parameter, only {', '.join(declared)}")
    values = {name: given.get(name, str(about.get("Default", ""))) for name, about in declared.items()}
    for name, about in declared.items():
        if not _allowed(values[name], about):
            raise ParameterError(f"{name}: {values[name]!r} is not {about.get('ConstraintDescription', 'allowed')}")
    return values


def _check_rules(rules: Mapping[str, Any], resolver: Resolver) -> None:
    """Raises ParameterError for parameters that do not go together."""
    for rule in rules.values():
        if resolver.resolve(rule.get("RuleCondition", True)):
            for assertion in rule["Assertions"]:
                if not resolver.resolve(assertion["Assert"]):
                    raise ParameterError(assertion["AssertDescription"])


def _allowed(value: str, about: Mapping[str, Any]) -> bool:
    if about["Type"] == "Number" and not re.fullmatch(r"-?\d+", value):
        return False
    checks = (
        "AllowedPattern" not in about or re.fullmatch(about["AllowedPattern"], value),
        "AllowedValues" not in about or value in map(str, about["AllowedValues"]),
        "MinValue" not in about or float(value) >= about["MinValue"],
        "MaxValue" not in about or float(value) <= about["MaxValue"],
    )
    return all(checks)

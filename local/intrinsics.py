"""CloudFormation's intrinsics, as far as template.yaml uses them."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal

REGION: Literal["ap-northeast-2"] = "ap-northeast-2"
ACCOUNT = "123456789012"
"""The account that moto plays."""
STACK = "daily-papers"
_NO_VALUE = object()
_NAMES = ("QueueName", "TopicName", "BucketName", "FunctionName", "LogGroupName")
_ARN_TYPES = {
    "AWS::Serverless::Function": "function:",
    "AWS::IAM::Role": "role/",
    "AWS::Logs::LogGroup": "log-group:",
}


_ADDRESSES = {
    "WebsiteURL": f"http://{{}}.s3-website.{REGION}.amazonaws.com",
    "RegionalDomainName": f"{{}}.s3.{REGION}.amazonaws.com",
    "DomainName": "{}.cloudfront.net",
}
_COMPUTED: dict[str, Callable[[list[Any]], Any]] = {
    "Fn::Equals": lambda of: str(of[0]) == str(of[1]),
    "Fn::Not": lambda of: not of[0],
    "Fn::And": all,
    "Fn::Or": any,
    "Fn::Join": lambda of: of[0].join(map(str, of[1])),
    "Fn::Split": lambda of: of[1].split(of[0]),
    "Fn::Select": lambda of: of[1][int(of[0])],
}


class Resolver:
    """Carries out intrinsics, with names and addresses as moto gives them."""

    def __init__(
        self, parameters: Mapping[str, str], conditions: Mapping[str, Any], resources: Mapping[str, Any]
    ) -> None:
        self._parameters = parameters
        self._conditions = conditions
        self._resources = resources
        self._pseudo = {
            "AWS::StackName": STACK,
            "AWS::Region": REGION,
            "AWS::AccountId": ACCOUNT,
            "AWS::Partition": "aws",
            "AWS::URLSuffix": "amazonaws.com",
            "AWS::NoValue": _NO_VALUE,
        }

    def condition(self, name: str) -> bool:
        """Whether a condition of the template holds."""
        return bool(self.resolve(self._conditions[name]))

    def resolve(self, value: Any) -> Any:
        """The value with every intrinsic in it carried out."""
        if isinstance(value, list):
            return [item for item in map(self.resolve, value) if item is not _NO_VALUE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((name, argument),) = value.items()
            if name == "Ref" or name.startswith("Fn::") or (name == "Condition" and isinstance(argument, str)):
                return self._intrinsic(name, argument)
        resolved = {name: self.resolve(item) for name, item in value.items()}
        return {name: item for name, item in resolved.items() if item is not _NO_VALUE}

    def _intrinsic(self, name: str, argument: Any) -> Any:
        if name == "Ref":
            return self._reference(argument)
        if name == "Condition":
            return self.condition(argument)
        if name == "Fn::If":
            condition, yes, no = argument
            return self.resolve(yes if self.condition(condition) else no)
        if name == "Fn::GetAtt":
            return self._attribute(*(argument.split(".") if isinstance(argument, str) else argument))
        if name == "Fn::Sub":
            text, values = argument if isinstance(argument, list) else (argument, {})
            values = self.resolve(values)
            return re.sub(r"\$\{([\w:.]+)\}", lambda found: str(values.get(found[1]) or self._named(found[1])), text)
        if name not in _COMPUTED:
            raise NotImplementedError(f"{name} is not carried out by the local run")
        return _COMPUTED[name](self.resolve(argument))

    def _named(self, name: str) -> Any:
        return self._attribute(*name.split(".", 1)) if "." in name else self._reference(name)

    def _reference(self, name: str) -> Any:
        if name in self._pseudo:
            return self._pseudo[name]
        if name in self._parameters:
            return self._parameters[name]
        match self._resources[name]["Type"]:
            case "AWS::SQS::Queue":
                return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{self.physical_name(name)}"
            case "AWS::SNS::Topic":
                return self._attribute(name, "Arn")
        return self.physical_name(name)

    def _attribute(self, name: str, attribute: str) -> str:
        physical = self.physical_name(name)
        kind = self._resources[name]["Type"]
        if attribute in {"QueueName", "TopicName", "BucketName"}:
            return physical
        if attribute in _ADDRESSES:
            return _ADDRESSES[attribute].format(physical)
        if kind == "AWS::S3::Bucket":
            return f"arn:aws:s3:::{physical}"
        service = kind.split("::")[1].lower().replace("serverless", "lambda")
        return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{_ARN_TYPES.get(kind, '')}{physical}"

    def physical_name(self, name: str) -> str:
        """The name that the template gives, or one made from the stack's name as CloudFormation does."""
        properties = self._resources[name].get("Properties", {})
        given = next((properties[key] for key in _NAMES if key in properties), None)
        return str(self.resolve(given)) if given else f"{STACK}-{name}".lower()

"""What each function's role may do and what it must be refused, asked of IAM itself.

A role may do what template.yaml grants it and nothing beside: every action on every prefix, queue and topic is tried
with the credentials that the emulator gives the function.
"""

import hashlib
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import boto3
from botocore.exceptions import ClientError

from tests.emulator.deployment import Stack
from tests.structure.declared import functions, listed, meant, queues, statements

if TYPE_CHECKING:
    from types_boto3_sns.type_defs import MessageAttributeValueTypeDef

PREFIXES = (
    *(
        "open",
        "open/site",
        "raw",
        "manifests",
        "enriched",
        "sources",
        "texts",
        "summaries",
        "analyses",
        "failures",
        "mailed",
        "notices",
        "signups",
    ),
    *("site", "site/pictures", "elsewhere"),
)
REFUSALS = {"AccessDenied", "AccessDeniedException", "AuthorizationError", "403"}


class Probe(NamedTuple):
    """One call, and what IAM is asked for."""

    action: str
    on: str
    call: Callable[[], Any]


class Caller:
    """The clients of a function's role, with the credentials that the emulator gives the function."""

    def __init__(self, stack: Stack, function: str) -> None:
        found = boto3.client("lambda").get_function_configuration(FunctionName=stack.names[function])
        digest = _sha256(f"{found['FunctionArn']}:{found['Role']}")
        session = boto3.Session(
            aws_access_key_id=f"ASIA{digest[:16].upper()}",
            aws_secret_access_key=_sha256(f"secret:{digest}"),
            aws_session_token=_sha256(f"token:{digest}"),
        )
        self.s3, self.sqs, self.sns = session.client("s3"), session.client("sqs"), session.client("sns")
        self.stack = stack

    def probes(self) -> Iterator[Probe]:
        """Every action that some role has, on everything that it could be done to."""
        bucket = self.stack.names["Bucket"]
        for prefix in PREFIXES:
            place: dict[str, Any] = {"Bucket": bucket, "Key": f"{prefix}/probe"}
            yield Probe("s3:GetObject", f"{prefix}/probe", partial(self.s3.get_object, **place))
            yield Probe("s3:PutObject", f"{prefix}/probe", partial(self.s3.put_object, **place))
            yield Probe("s3:DeleteObject", f"{prefix}/probe", partial(self.s3.delete_object, **place))
            yield Probe("s3:ListBucket", f"{prefix}/", partial(self._list, bucket, f"{prefix}/"))
        yield Probe("s3:ListBucket", "", partial(self._list, bucket, ""))
        for queue in queues():
            url = self.stack.names[queue]
            yield Probe("sqs:PurgeQueue", queue, partial(self.sqs.purge_queue, QueueUrl=url))
            yield Probe("sqs:ReceiveMessage", queue, partial(self._receive, url))
            yield Probe("sqs:SendMessage", queue, partial(self._send, url))
        for topic in ("ReadersTopic", "OperatorsTopic"):
            yield Probe("sns:Publish", topic, partial(self._publish, topic))
            yield Probe("sns:Subscribe", topic, partial(self._subscribe, topic))

    def _list(self, bucket: str, prefix: str) -> None:
        self.s3.list_objects_v2(Bucket=bucket, Prefix=prefix, MaxKeys=1)

    def _receive(self, url: str) -> None:
        self.sqs.receive_message(QueueUrl=url, VisibilityTimeout=0)

    def _send(self, url: str) -> None:
        fifo = {"MessageGroupId": "probe", "MessageDeduplicationId": "probe"} if url.endswith(".fifo") else {}
        self.sqs.send_message(QueueUrl=url, MessageBody="probe", **fifo)  # type: ignore[arg-type]

    def _publish(self, topic: str) -> None:
        language: dict[str, MessageAttributeValueTypeDef] = {"language": {"DataType": "String", "StringValue": "xx"}}
        self.sns.publish(TopicArn=self.stack.names[topic], Message="probe", MessageAttributes=language)

    def _subscribe(self, topic: str) -> None:
        self.sns.subscribe(TopicArn=self.stack.names[topic], Protocol="email", Endpoint="probe@example.org")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def is_granted(role: str, probe: Probe) -> bool:
    """Whether template.yaml grants it."""
    return any(
        probe.action in listed(statement["Action"]) and any(fnmatchcase(probe.on, each) for each in _objects(statement))
        for statement in statements(role)
    )


def _objects(statement: dict[str, Any]) -> list[str]:
    if listing := statement.get("Condition", {}).get("StringLike"):
        prefixes: list[str] = listing["s3:prefix"]
        return prefixes
    resources = listed(statement["Resource"])
    return [each["Fn::Sub"].partition("/")[2] if "Fn::Sub" in each else meant(each) for each in resources]


def is_refused(call: Callable[[], Any]) -> bool:
    """Whether IAM refuses a call. Any other error comes after IAM has let it through."""
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"] in REFUSALS
    return False


def check_roles(stack: Stack) -> int:
    """Tries everything as every function, and says how much that was. Raises AssertionError naming what is wrong."""
    tried, wrong = 0, []
    for function, declared in functions().items():
        for probe in Caller(stack, function).probes():
            tried += 1
            granted = is_granted(meant(declared["Role"]), probe)
            if granted == is_refused(probe.call):
                wrong.append(f"{function} {'is refused' if granted else 'may do'} {probe.action} on {probe.on}")
    assert wrong == [], wrong
    return tried


def check_strangers(stack: Stack, address: str, certificate: str) -> None:
    """Without credentials nothing of a private stack can be read. Raises AssertionError."""
    context = ssl.create_default_context(cafile=certificate)
    for key in ("site/index.html", "raw/", "mailed/", ""):
        try:
            urllib.request.urlopen(f"{address}/{stack.names['Bucket']}/{key}", context=context)
        except urllib.error.HTTPError as error:
            if error.code == 403:
                continue
        raise AssertionError(f"{key or 'the list'} is not refused to everyone")

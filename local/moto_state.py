"""What the stack declares, made inside moto, and SQS answered from moto's own state."""

from collections.abc import Mapping
from functools import partial

from moto.core.exceptions import ServiceException
from moto.s3.models import s3_backends
from moto.sns.models import sns_backends
from moto.sqs.models import Queue, sqs_backends
from moto.sqs.responses import SQSResponse

from local.intrinsics import ACCOUNT, REGION
from local.shortcut import Answer, Parameters, RefusedError

SQS_OPERATIONS = {
    "SendMessage": "send_message",
    "SendMessageBatch": "send_message_batch",
    "ReceiveMessage": "receive_message",
    "DeleteMessage": "delete_message",
    "DeleteMessageBatch": "delete_message_batch",
    "ChangeMessageVisibility": "change_message_visibility",
    "ChangeMessageVisibilityBatch": "change_message_visibility_batch",
}


def make_bucket(name: str) -> None:
    """A versioned bucket."""
    bucket = s3_backends[ACCOUNT]["aws"].create_bucket(name, REGION)
    bucket.versioning_status = "Enabled"


def make_queue(name: str, attributes: Mapping[str, str]) -> None:
    """A queue with these attributes, as CreateQueue names them."""
    sqs_backends[ACCOUNT][REGION].create_queue(name, {}, **attributes)


def make_topic(name: str) -> None:
    """A topic without subscriptions."""
    sns_backends[ACCOUNT][REGION].create_topic(name)


def sqs_answers() -> dict[str, Answer]:
    """The operations of SQS, by moto's own reading of their parameters. What moto refuses is asked again over HTTP."""
    asked = {operation: partial(_ask_sqs, operation) for operation in SQS_OPERATIONS}
    return {**asked, "ChangeMessageVisibilityBatch": _hide}


def _ask_sqs(operation: str, asked: Parameters) -> Parameters | None:
    if operation == "ChangeMessageVisibility" and _has_expired(asked["QueueUrl"], asked["ReceiptHandle"]):
        raise RefusedError(400, "MessageNotInflight", "The specified message isn't in flight.")
    if operation == "ReceiveMessage":
        _end_expired(queue(_name(asked["QueueUrl"])))
    response = SQSResponse()
    entries = {"Entries": [dict(entry) for entry in asked["Entries"]]} if "Entries" in asked else {}
    response.params, response.uri_match = {**asked, **entries}, {}
    response.current_account, response.region = ACCOUNT, REGION
    try:
        result: Parameters | None = getattr(response, SQS_OPERATIONS[operation])().result
    except ServiceException:
        return None
    return result or {}


def _hide(asked: Parameters) -> Parameters | None:
    """Each entry alone: one with an expired receipt fails, which moto takes."""
    expired = [entry for entry in asked["Entries"] if _has_expired(asked["QueueUrl"], entry["ReceiptHandle"])]
    valid = [entry for entry in asked["Entries"] if entry not in expired]
    answer = _ask_sqs("ChangeMessageVisibilityBatch", {**asked, "Entries": valid})
    about = {"SenderFault": True, "Code": "MessageNotInflight", "Message": "The specified message isn't in flight."}
    return answer and {**answer, "Failed": [*answer["Failed"], *({"Id": entry["Id"], **about} for entry in expired)]}


def _has_expired(url: str, receipt: str) -> bool:
    """Whether the message is visible again or was received by somebody else since. moto takes such a receipt."""
    messages = queue(_name(url))._messages
    received = next((message for message in messages if message.had_receipt_handle(receipt)), None)
    return received is not None and (received.visible or received.receipt_handle != receipt)


def _end_expired(received_from: Queue) -> None:
    """Messages of a FIFO group that are visible again together come in their order. moto starts with the second."""
    received_from.pending_messages.difference_update([each for each in received_from.pending_messages if each.visible])


def _name(url: str) -> str:
    return url.rsplit("/", 1)[1]


def queue(name: str) -> Queue:
    """The queue inside moto: what AWS does not tell, such as when a message is visible again."""
    return sqs_backends[ACCOUNT][REGION].queues[name]

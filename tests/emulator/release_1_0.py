"""A stack of release 1.0 as somebody has it: three days in its bucket, a confirmed reader, and a message under way.

Its functions are placeholders. What an update must keep is what the template declares and what lies in the bucket.
"""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from shared.model.messages import PaperFound
from tests.emulator.deployment import Stack, deploy
from tests.factories.places import ROOT

RELEASE = ROOT / "tests/factories/release_1_0"
"""Its template, and what it wrote of three days with a paper each."""
ROOMS = ("fetch", "enrich", "summarize", "publish")
FIRST_DAY, LAST_DAY = "2026-02-17", "2026-02-19"
CLOSES_AFTER = timedelta(hours=2)
"""Its default."""
UPDATED_BY_THEN = 30
"""Seconds that the message under way is delayed: it is delivered to the updated function."""
PLACEHOLDER = """def lambda_handler(event, context):
    raise RuntimeError("a placeholder")
"""


def deploy_release(folder: Path, name: str) -> Stack:
    """Creates a stack of release 1.0's template."""
    source = folder / "release_1_0"
    for room in ROOMS:
        package = source / "functions/functions" / room
        package.mkdir(parents=True)
        (package / "handler.py").write_text(PLACEHOLDER, encoding="utf-8")
    (source / "layers/python").mkdir(parents=True)
    (source / "layers/python/placeholder.py").write_text("", encoding="utf-8")
    shutil.copy(RELEASE / "template.yaml", source)
    return deploy(source / "template.yaml", name, "")


def fill(stack: Stack) -> None:
    """Puts its days into the bucket. The last one was read just now: its paper is on the way to enrich."""
    bucket, objects = stack.names["Bucket"], RELEASE / "bucket"
    for path in sorted(each for each in objects.rglob("*") if each.is_file()):
        key = path.relative_to(objects).as_posix()
        if LAST_DAY not in key:
            stack.s3.put_object(Bucket=bucket, Key=key, Body=path.read_bytes())
    (stored,) = (objects / "manifests" / LAST_DAY).iterdir()
    read_at = datetime.now(UTC).replace(microsecond=0)
    manifest = json.loads(stored.read_bytes()) | {
        "read_at": read_at.isoformat(),
        "deadline": (read_at + CLOSES_AFTER).isoformat(),
    }
    stamp = f"{LAST_DAY}/{read_at:%Y-%m-%dT%H%M%SZ}"
    stack.s3.put_object(Bucket=bucket, Key=f"manifests/{stamp}.json", Body=json.dumps(manifest).encode())
    stack.s3.put_object(Bucket=bucket, Key=f"open/{stamp}")
    message = PaperFound(day=manifest["day"], id=manifest["papers"][0]["paper"]["id"], read_at=read_at)
    stack.sqs.send_message(
        QueueUrl=stack.names["EnrichQueue"], MessageBody=message.model_dump_json(), DelaySeconds=UPDATED_BY_THEN
    )

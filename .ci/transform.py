"""Writes what CloudFormation makes of a SAM template: some faults between resources are seen only there.

Usage: transform.py TEMPLATE OUTPUT
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

ARTIFACT = "s3://artifacts/artifact"
"""Stands for what `sam package` uploads: the transformation takes no local folder."""
LOCAL_FOLDERS = {"AWS::Serverless::Function": "CodeUri", "AWS::Serverless::LayerVersion": "ContentUri"}


class NoManagedPolicies:
    """The template names no managed policy, so that none has to be looked up in an account."""

    def load(self) -> dict[str, str]:
        """No names, no ARNs."""
        return {}


def uploaded(template: dict[str, Any]) -> dict[str, Any]:
    """The template as `sam package` leaves it."""
    template.get("Globals", {}).get("Function", {}).pop("CodeUri", None)
    for resource in template["Resources"].values():
        if folder := LOCAL_FOLDERS.get(resource["Type"]):
            resource["Properties"][folder] = ARTIFACT
    return template


def main(template: str, output: str) -> None:
    """Reads the one file, writes the other."""
    os.environ.setdefault("AWS_DEFAULT_REGION", "ap-northeast-2")
    source = yaml_parse(Path(template).read_text(encoding="utf-8"))
    transformed = transform(uploaded(source), {}, NoManagedPolicies())
    Path(output).write_text(json.dumps(transformed, indent=1, default=str), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

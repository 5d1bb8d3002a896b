"""Deploys the built template with `sam deploy`. Without SAM it only checks what is given, before the build.

Usage: deploy.py STACK EMAIL PARAMETERS [SAM], in the repository's root, with the repository on the path

EMAIL is subscribed to the digest and to the alarms. An update of a stack keeps every parameter that is not given here.
"""

import re
import subprocess
import sys
from pathlib import Path

from local.arguments import UsageError, parameters_of
from local.template import ParameterError
from local.template import parameters_of as values_of
from shared import languages

STACK_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,127}")
"""https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html"""

NOT_VERIFIED = (
    "If the reason is 'Your account must be verified', AWS has not opened CloudFront to this account yet: deploy with "
    "Hosting=private, ask AWS Support to verify the account, then deploy with Hosting=cloudfront. A new stack that "
    "failed is empty and is deleted first: aws cloudformation delete-stack --stack-name {stack}"
)


def overrides(email: str, parameters: str) -> dict[str, str]:
    """The parameters to set. Raises UsageError or ParameterError for one that cannot be deployed.

    Whether they go together is CloudFormation's to check: the stack keeps those that are not given.
    """
    given = {"ReaderEmail": email, "OperatorEmail": email} if email else {}
    given |= parameters_of(parameters)
    chosen = values_of(Path("template.yaml"), given)["Languages"].split(",")
    if missing := sorted({*chosen} - {*languages.known()}):
        raise UsageError(f"Languages: {missing[0]!r} has no folder in shared/languages, {languages.known()} have one")
    return given


def as_override(name: str, value: str) -> str:
    """A parameter as `sam deploy` takes it. Without quotes a value ends at its first blank and may not be empty."""
    escaped = value.replace('"', '\\"')
    return f'{name}="{escaped}"'


def command(sam: str, stack_name: str, given: dict[str, str]) -> list[str]:
    """The call of `sam deploy`. A stack that is up to date is no error."""
    values = [as_override(*each) for each in given.items()]
    return [
        *(sam, "deploy", "--stack-name", stack_name, "--resolve-s3", "--capabilities", "CAPABILITY_IAM"),
        "--no-fail-on-empty-changeset",
        *(["--parameter-overrides", *values] if values else []),
    ]


def main(stack_name: str, email: str, parameters: str, sam: str = "") -> int:
    """Runs `sam deploy` and returns its exit code. Raises UsageError or ParameterError."""
    if not STACK_NAME.fullmatch(stack_name):
        raise UsageError(f"STACK: {stack_name!r} is not a stack's name, as in make deploy STACK=daily-papers")
    given = overrides(email, parameters)
    if not sam:
        return 0
    code = subprocess.run(command(sam, stack_name, given), check=False).returncode
    if code and given.get("Hosting") == "cloudfront":
        print(NOT_VERIFIED.format(stack=stack_name), file=sys.stderr)
    return code


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except (UsageError, ParameterError) as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)

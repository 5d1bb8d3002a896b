"""The roles of template.yaml: each step may do what it does, and nothing else."""

from fnmatch import fnmatchcase
from typing import Any

import pytest

from local.template import stack
from tests.structure import recorded_calls
from tests.structure.declared import (
    TEMPLATE,
    conditional_statements,
    functions,
    listed,
    mappings,
    meant,
    resources,
    sends_to,
    statements,
)
from tests.structure.recorded_calls import Use

ROLES = {name: meant(function["Role"]) for name, function in functions().items()}
DELIVERING = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}
LOGGING = {"logs:CreateLogStream", "logs:PutLogEvents"}
ONLY_WITH_PAID_MODELS = {
    ("s3:ListBucket", "manifests/*"),
    *((action, "analyses/*") for action in ("s3:ListBucket", "s3:GetObject", "s3:PutObject")),
}
ONLY_WITH_PICTURES = {("s3:PutObject", "site/pictures/*")}
STORES_TEXTS = {("s3:PutObject", "texts/*"), ("s3:ListBucket", "texts/*")}
READS_TEXTS = {("s3:GetObject", "texts/*"), ("s3:ListBucket", "texts/*")}
NOT_IN_THE_SAMPLE_DAY = {
    "SummarizeFunction": ONLY_WITH_PAID_MODELS | READS_TEXTS,
    "EnrichFunction": ONLY_WITH_PICTURES | STORES_TEXTS,
    "PublishFunction": {("s3:GetObject", "enriched/*")},  # of a paper without an analysis
}


@pytest.fixture(scope="module")
def uses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[Use]]:
    """What each function asked of AWS in a run of the sample day."""
    with recorded_calls.short_list(tmp_path_factory.mktemp("list")) as address, pytest.MonkeyPatch.context() as patch:
        for source in ("HF_URL", "ARXIV_URL", "GITHUB_URL"):
            patch.setenv(source, address)
        return recorded_calls.uses(
            stack(
                TEMPLATE,
                {"Sources": "arxiv,github,huggingface", "Model": "draft", "Hosting": "website", "SignUp": "true"},
            )
        )


def _on_what(statement: dict[str, Any]) -> set[str]:
    """The key prefixes or the logical ids that a statement is about."""
    if prefixes := statement.get("Condition", {}).get("StringLike"):
        return set(prefixes["s3:prefix"])
    return {
        resource["Fn::Sub"].removeprefix("${Bucket.Arn}/") if "Fn::Sub" in resource else meant(resource)
        for resource in listed(statement["Resource"])
    }


def _granted(role: str) -> set[Use]:
    return {
        (action, thing)
        for statement in statements(role)
        for action in listed(statement["Action"])
        for thing in _on_what(statement)
    }


def _in_its_name(function: str) -> set[Use]:
    """What Lambda itself does with a function's role: it delivers, logs, and hands failures over."""
    found = {(action, function.replace("Function", "Logs")) for action in LOGGING}
    found |= {(action, queue) for reader, queue, _ in mappings() if reader == function for action in DELIVERING}
    if "EventInvokeConfig" in functions()[function]:
        destination = functions()[function]["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]["Destination"]
        found.add(("sqs:SendMessage", meant(destination)))
    return found


def _covers(grant: Use, use: Use) -> bool:
    return grant[0] == use[0] and fnmatchcase(use[1], grant[1])


@pytest.mark.parametrize("function", ROLES)
def test_a_function_may_do_all_that_its_step_and_lambda_in_its_name_do(
    function: str, uses: dict[str, set[Use]]
) -> None:
    granted = _granted(ROLES[function])
    refused = {use for use in uses[function] if not any(_covers(grant, use) for grant in granted)}
    assert not refused
    assert _in_its_name(function) <= granted


@pytest.mark.parametrize("function", ROLES)
def test_a_function_may_do_nothing_that_its_step_does_not(function: str, uses: dict[str, set[Use]]) -> None:
    idle = {grant for grant in _granted(ROLES[function]) if not any(_covers(grant, use) for use in uses[function])}
    assert idle - _in_its_name(function) == NOT_IN_THE_SAMPLE_DAY.get(function, set())


def test_schedules_may_reach_their_targets_and_the_dead_letters() -> None:
    targets = {meant(schedule["Target"]["Arn"]) for schedule in resources("AWS::Scheduler::Schedule").values()}
    invoked = {("lambda:InvokeFunction", target) for target in targets & functions().keys()}
    sent = {("sqs:SendMessage", target) for target in {*targets - functions().keys(), "DeadLetters"}}
    assert _granted("SchedulerRole") == invoked | sent


@pytest.mark.parametrize("role", resources("AWS::IAM::Role"))
def test_a_role_names_every_action_and_takes_no_managed_policy(role: str) -> None:
    assert "ManagedPolicyArns" not in resources("AWS::IAM::Role")[role]
    for statement in (*statements(role), *conditional_statements(role).values()):
        assert statement["Effect"] == "Allow"
        assert not any("*" in action for action in listed(statement["Action"]))
        assert "*" not in listed(statement["Resource"])


def test_a_function_may_send_to_every_queue_whose_address_it_is_told() -> None:
    for name, function in functions().items():
        read = {queue for reader, queue, _ in mappings() if reader == name}
        told = {
            meant(address)
            for variable, address in function["Environment"]["Variables"].items()
            if variable.endswith(("_QUEUE_URL", "_LETTERS_URL"))
        }
        assert told - read <= sends_to(ROLES[name]), name


def test_only_the_service_that_runs_for_us_may_take_a_role() -> None:
    for name, role in resources("AWS::IAM::Role").items():
        (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
        service = "scheduler.amazonaws.com" if name == "SchedulerRole" else "lambda.amazonaws.com"
        assert trust["Principal"] == {"Service": service}

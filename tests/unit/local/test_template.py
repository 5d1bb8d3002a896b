"""The template, read as CloudFormation reads it: parameters, conditions, intrinsics."""

from pathlib import Path
from typing import Any

import pytest

from local import template
from local.intrinsics import ACCOUNT, REGION
from local.template import ParameterError, Stack
from shared import languages
from tests.factories.places import ROOT

TEMPLATE = ROOT / "template.yaml"
PARAMETERS = """
Parameters:
  Count: {Type: Number, Default: 3, MinValue: 2, MaxValue: 5, ConstraintDescription: a number from 2 to 5}
  Name: {Type: String, Default: kite, AllowedPattern: "^[a-z]+$", ConstraintDescription: small letters}
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
  IsTest: !Not [!Condition IsLive]
"""


def stack(tmp_path: Path, resources: str, **given: str) -> Stack:
    file = tmp_path / "template.yaml"
    file.write_text(f"{PARAMETERS}\nResources:\n{resources}", encoding="utf-8")
    return template.stack(file, given)


def resolved(tmp_path: Path, value: str, **given: str) -> Any:
    """What a property comes to beside a queue, a topic, a bucket and a function."""
    resources = f"""
  Thing:
    Type: AWS::Test::Thing
    Properties: {{Before: x, Value: {value}}}
  Queue: {{Type: AWS::SQS::Queue, Properties: {{QueueName: !Sub "${{Name}}.fifo"}}}}
  Topic: {{Type: AWS::SNS::Topic}}
  Bucket: {{Type: AWS::S3::Bucket}}
  Function: {{Type: AWS::Serverless::Function}}
"""
    return stack(tmp_path, resources, **given).resources["Thing"].properties.get("Value")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("!Ref Name", "kite"),
        ("!Ref Count", "3"),
        ("!Ref AWS::Region", REGION),
        ("!Ref Queue", f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/kite.fifo"),
        ("!Ref Topic", f"arn:aws:sns:{REGION}:{ACCOUNT}:daily-papers-topic"),
        ("!Ref Bucket", "daily-papers-bucket"),
        ("!GetAtt Queue.Arn", f"arn:aws:sqs:{REGION}:{ACCOUNT}:kite.fifo"),
        ("!GetAtt Queue.QueueName", "kite.fifo"),
        ("!GetAtt Bucket.Arn", "arn:aws:s3:::daily-papers-bucket"),
        ("!GetAtt Function.Arn", f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:daily-papers-function"),
        ("!Sub '${Bucket.Arn}/site/*'", "arn:aws:s3:::daily-papers-bucket/site/*"),
        ("!Sub '${Name}-${AWS::StackName}-$x'", "kite-daily-papers-$x"),
        ("!Sub ['${Own}/${Name}', {Own: !Ref Count}]", "3/kite"),
        ("!Join [',', [a, !Ref Name]]", "a,kite"),
        ("!Select [1, !Split [',', 'a,b,c']]", "b"),
        ("!If [IsLive, a, b]", "b"),
        ("!If [IsTest, [!Ref Name], b]", ["kite"]),
        ("[a, !If [IsLive, b, !Ref AWS::NoValue]]", ["a"]),
        ("!If [IsLive, a, !Ref AWS::NoValue]", None),
        ("{Deep: [{Ref: Name}]}", {"Deep": ["kite"]}),
        ("'<aws.scheduler.scheduled-time>'", "<aws.scheduler.scheduled-time>"),
    ],
)
def test_an_intrinsic_comes_to_what_cloudformation_makes_of_it(tmp_path: Path, value: str, expected: Any) -> None:
    assert resolved(tmp_path, value) == expected


def test_a_function_has_what_globals_give_and_its_own_values_win(tmp_path: Path) -> None:
    file = tmp_path / "template.yaml"
    file.write_text(
        """
Globals: {Function: {Timeout: 3, Layers: [a], Environment: {Variables: {BUCKET: x, HOME: y}}}}
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties: {Timeout: 60, Layers: [b], Environment: {Variables: {HOME: z}}}
""",
        encoding="utf-8",
    )
    assert template.parse(file)["Resources"]["Function"]["Properties"] == {
        "Timeout": 60,
        "Layers": ["a", "b"],
        "Environment": {"Variables": {"BUCKET": "x", "HOME": "z"}},
    }


def test_an_intrinsic_that_is_not_known_is_refused_and_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(NotImplementedError, match="Fn::Cidr"):
        resolved(tmp_path, "!Cidr [a, 1, 1]")


@pytest.mark.parametrize(("stage", "there"), [("live", True), ("test", False)])
def test_a_resource_is_there_when_its_condition_holds(tmp_path: Path, stage: str, there: bool) -> None:
    resources = "  Queue: {Type: AWS::SQS::Queue, Condition: IsLive}\n  Topic: {Type: AWS::SNS::Topic}\n"
    made = stack(tmp_path, resources, Stage=stage)
    assert ("Queue" in made.resources) == there
    assert made.names.keys() == made.resources.keys()
    assert list(made.of_kind("AWS::SNS::Topic")) == ["Topic"]


@pytest.mark.parametrize("given", [{"Count": "2"}, {"Count": "5"}, {"Name": "z"}, {"Stage": "live"}, {}])
def test_a_value_within_its_constraints_is_taken(tmp_path: Path, given: dict[str, str]) -> None:
    assert stack(tmp_path, "  Topic: {Type: AWS::SNS::Topic}", **given).parameters.items() >= given.items()


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"Count": "1"}, "Count: '1' is not a number from 2 to 5"),
        ({"Count": "6"}, "Count: '6' is not a number from 2 to 5"),
        ({"Count": "2.5"}, "Count: '2.5' is not a number from 2 to 5"),
        ({"Count": "three"}, "Count: 'three' is not a number from 2 to 5"),
        ({"Count": ""}, "Count: '' is not a number from 2 to 5"),
        ({"Count": "1e0"}, "Count: '1e0' is not a number from 2 to 5"),
        ({"Count": "nan"}, "Count: 'nan' is not a number from 2 to 5"),
        ({"Name": "Kite"}, "Name: 'Kite' is not small letters"),
        ({"Name": ""}, "Name: '' is not small letters"),
        ({"Stage": "Live"}, "Stage: 'Live' is not allowed"),
        ({"Nmae": "x"}, "Nmae: the template has no such parameter, only Count, Name, Stage"),
    ],
)
def test_a_value_outside_its_constraints_is_one_line_that_names_it(
    tmp_path: Path, given: dict[str, str], line: str
) -> None:
    with pytest.raises(ParameterError) as raised:
        stack(tmp_path, "  Topic: {Type: AWS::SNS::Topic}", **given)
    assert str(raised.value) == line


def test_the_projects_own_template_stands_with_its_defaults_alone() -> None:
    made = template.stack(TEMPLATE, {})
    assert made.parameters["Languages"] == "ko"
    assert len(made.of_kind("AWS::Serverless::Function")) == 4
    assert "!Ref" not in str(made.resources)
    assert "Fn::" not in str(made.resources)
    assert "{'Ref'" not in str(made.resources)


@pytest.mark.parametrize("known", languages.known())
def test_every_language_that_there_are_words_for_can_be_asked_for(known: str) -> None:
    assert template.stack(TEMPLATE, {"Languages": known}).parameters["Languages"] == known


def test_a_count_of_papers_is_a_whole_number() -> None:
    with pytest.raises(ParameterError, match=r"^PapersInFull: "):
        template.stack(TEMPLATE, {"PapersInFull": "2.5"})


def test_a_line_break_at_the_end_of_a_value_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"^Author: "):
        template.stack(TEMPLATE, {"Author": "kim\n"})

"""What template.yaml adds with SignUp: a form that one visitor a second can post, and a function that may do little."""

from typing import Any

import pytest

from local.template import ParameterError, Stack, stack
from tests.structure.declared import TEMPLATE, functions, mappings, resources, value

NEW_ACCOUNT_EXECUTIONS = 10
"""https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: new accounts have reduced concurrency."""
BY_SCHEDULE = 1
ONE_MESSAGE_GROUP = 1
"""What bounds PublishQueue."""
ADDED = {"SignUpApi", "SubscribeFunction", "SubscribeRole"}


def made(**given: str) -> Stack:
    return stack(TEMPLATE, {"Hosting": "cloudfront", **given})


def throttle() -> dict[str, int]:
    found: dict[str, int] = resources("AWS::Serverless::HttpApi")["SignUpApi"]["DefaultRouteSettings"]
    return found


def test_sign_up_is_off_unless_it_is_asked_for() -> None:
    assert made(SignUp="true").resources.keys() - made().resources.keys() == ADDED
    variables = made().of_kind("AWS::Serverless::Function")["PublishFunction"]["Environment"]["Variables"]
    assert variables["SIGN_UP_URL"] == ""


def test_the_page_posts_to_the_one_route_of_the_api() -> None:
    declared = made(SignUp="true").of_kind("AWS::Serverless::Function")
    (event,) = declared["SubscribeFunction"]["Events"].values()
    assert (event["Type"], event["Properties"]["Method"], event["Properties"]["Path"]) == ("HttpApi", "POST", "/")
    address = declared["PublishFunction"]["Environment"]["Variables"]["SIGN_UP_URL"]
    assert address == "https://daily-papers-signupapi.execute-api.ap-northeast-2.amazonaws.com/"


def test_the_api_lets_one_form_a_second_through() -> None:
    assert throttle() == {"ThrottlingRateLimit": 1, "ThrottlingBurstLimit": 1}


def test_all_functions_together_stay_within_the_executions_of_a_new_account() -> None:
    bounds = {
        function: value(mapping.get("ScalingConfig", {}).get("MaximumConcurrency", ONE_MESSAGE_GROUP))
        for function, _, mapping in mappings()
    }
    bounds |= {"FetchFunction": BY_SCHEDULE, "SubscribeFunction": throttle()["ThrottlingBurstLimit"]}
    assert bounds.keys() == functions().keys()
    assert sum(bounds.values()) <= NEW_ACCOUNT_EXECUTIONS


def test_the_function_may_subscribe_addresses_of_mail_and_nothing_else() -> None:
    (policy,) = made(SignUp="true").resources["SubscribeRole"].properties["Policies"]
    found: list[dict[str, Any]] = policy["PolicyDocument"]["Statement"]
    (subscribe,) = [each for each in found if each["Action"] == "sns:Subscribe"]
    assert subscribe["Condition"] == {"StringEquals": {"sns:Protocol": "email"}}
    assert not [each for each in found if "s3:GetObject" in each["Action"]]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"Hosting": "private"}, "SignUp: nobody can open the form with Hosting=private"),
        ({"Hosting": "private", "SiteUrl": "https://papers.example.org"}, "SignUp: nobody can open the form"),
        ({"Hosting": ""}, "SignUp: nobody can open the form, set Hosting=cloudfront"),
        ({"Hosting": "", "PublicSite": "false"}, "SignUp: nobody can open the form, set Hosting=cloudfront"),
    ],
)
def test_a_form_that_nobody_can_open_is_refused(given: dict[str, str], reason: str) -> None:
    with pytest.raises(ParameterError, match=reason):
        made(SignUp="true", **given)


@pytest.mark.parametrize("given", [{"Hosting": "website"}, {"Hosting": "", "PublicSite": "true"}])
def test_a_form_on_a_site_that_readers_open_is_taken(given: dict[str, str]) -> None:
    assert made(SignUp="true", **given).resources.keys() >= ADDED

"""From the form on the site to a subscription that waits for its confirmation."""

import json
from typing import Any
from urllib.parse import urlencode

from shared.store import aws, keys
from tests.chain.world import FRIDAY, MakeWorld, World, row
from tests.factories import html_reader
from tests.factories.html_reader import Element

API = "https://daily-papers-signupapi.execute-api.ap-northeast-2.amazonaws.com/"
OPEN = {"Hosting": "cloudfront", "SignUp": "true", "Languages": "ko,en"}
TOPIC = "arn:aws:sns:ap-northeast-2:123456789012:daily-papers-readerstopic"


def make(make_world: MakeWorld, **parameters: str) -> World:
    world: World = make_world({FRIDAY: [row("2602.00001", 3)]}, **parameters)
    world.run(minutes=10)
    return world


def page(world: World, address: str) -> Element:
    return html_reader.read(world.archive.get(f"{keys.SITE}{address}").decode())


def posted(form: Element, address: str, *, everything: bool = False) -> str:
    """What a browser posts: the choices of the page, or every box ticked."""
    given = []
    for each in (found.attributes for found in form.all("input")):
        is_choice = each.get("type") in ("radio", "checkbox")
        ticked = "checked" in each or (everything and each.get("type") == "checkbox")
        if ticked or not is_choice:
            given.append((each["name"], address if each["name"] == "address" else each.get("value", "")))
    return urlencode(given)


def subscriptions() -> dict[str, Any]:
    """The filter policies of those who are to confirm, by their addresses."""
    found = aws.sns().list_subscriptions_by_topic(TopicArn=TOPIC)["Subscriptions"]
    arns = {each["Endpoint"]: each["SubscriptionArn"] for each in found if each["Protocol"] == "email"}
    attributes = {name: aws.sns().get_subscription_attributes(SubscriptionArn=arn) for name, arn in arns.items()}
    return {name: json.loads(each["Attributes"]["FilterPolicy"]) for name, each in attributes.items()}


def test_a_reader_signs_up_with_the_form_of_the_page_and_is_led_back_to_the_site(make_world: MakeWorld) -> None:
    world = make(make_world, **OPEN)
    subscribe = world.chain.functions["SubscribeFunction"]
    korean, english = (page(world, f"{tree}{keys.SIGN_UP}").one("form") for tree in ("", "en/"))
    assert (english.attributes["method"], english.attributes["action"]) == ("post", API)
    answer = subscribe({"body": posted(english, "reader@example.org")})
    subscribe({"body": posted(korean, "all@example.org", everything=True)})
    assert subscriptions() == {
        "reader@example.org": {"language": ["en"], "period": ["daily"]},
        "all@example.org": {"language": ["ko"], "period": ["daily", "weekly", "monthly"]},
    }
    assert answer["statusCode"] == 200
    back = html_reader.read(answer["body"]).one("a").attributes["href"]
    assert back == "https://daily-papers-distribution.cloudfront.net/en/index.html"
    assert keys.SIGN_UP in [each.attributes["href"] for each in page(world, keys.FRONT).all("a")]


def test_without_sign_up_no_page_leads_to_the_form_and_a_form_of_before_is_gone(make_world: MakeWorld) -> None:
    world = make(make_world)
    assert keys.SIGN_UP not in [each.attributes["href"] for each in page(world, keys.FRONT).all("a")]
    assert not page(world, keys.SIGN_UP).all("form")

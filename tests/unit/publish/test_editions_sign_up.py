"""The page of the sign-up form: complete without a script, and the only one that may post, to one place."""

import pytest

from functions.publish.render import pages
from functions.publish.settings import SiteConfig
from tests.factories import html_reader
from tests.factories.digests import EDITION
from tests.factories.html_reader import Element

API = "https://abc123.execute-api.ap-northeast-2.amazonaws.com/"
OPEN = EDITION.model_copy(update={"sign_up_url": API})


def form(language: str = "ko", config: SiteConfig = OPEN) -> Element:
    return html_reader.read(pages.sign_up(language, config)).one("form")


def may_post_to(html: str) -> str:
    policy = html_reader.read(html).one("meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    return policy.partition("form-action ")[2]


def test_only_the_page_of_the_form_may_post_and_only_to_the_api() -> None:
    assert may_post_to(pages.sign_up("ko", OPEN)) == API
    assert may_post_to(pages.sign_up("ko", EDITION)) == "'none'"
    assert may_post_to(pages.about("ko", OPEN)) == "'none'"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_s_own_language_and_the_day_are_chosen_before(language: str) -> None:
    chosen = [each.attributes for each in form(language).all("input") if "checked" in each.attributes]
    assert [(each["name"], each["value"]) for each in chosen] == [("language", language), ("period", "daily")]


def test_every_field_has_a_label_and_the_one_for_programs_is_hidden_from_people() -> None:
    found = form()
    labelled = {each.attributes.get("id") for label in found.all("label") for each in label.all("input")}
    assert [each.attributes["for"] for each in found.all("label") if "for" in each.attributes] == ["address"]
    assert labelled == {None}, "the others stand in their labels"
    (trap,) = [each for each in found.all("p") if "hidden" in each.attributes]
    assert trap.one("input").attributes["autocomplete"] == "off"
    assert [each.attributes["name"] for each in trap.all("input")] == ["company_site"]


def test_the_page_says_how_many_can_sign_up_and_that_feeds_have_no_such_limit() -> None:
    about = html_reader.read(pages.about("en", OPEN)).text
    assert "200 subscriptions" in about
    assert "The feeds have no such limits." in html_reader.read(pages.sign_up("en", OPEN)).text

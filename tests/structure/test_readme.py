"""README says what is so."""

import json
import re
import runpy

from functions.publish.delivery import Attributes
from local.template import parse
from shared import languages
from shared.model.span import PERIODS, Day
from tests.factories.places import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_page_of_parameters_is_the_template_s() -> None:
    page = runpy.run_path(str(ROOT / ".ci/parameters.py"))["page"](ROOT / "template.yaml")
    assert (ROOT / "docs/parameters.md").read_text(encoding="utf-8") == page, "make docs writes it"
    declared = parse(ROOT / "template.yaml")["Parameters"]
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(declared)


def test_every_make_command_of_the_readme_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"make ([a-z]+)", README)) <= targets


def test_a_documented_subscription_filters_by_what_publish_sends_and_each_period_has_one() -> None:
    documented = re.findall(r"--attributes '(\{.*\})'", README)
    policies = [json.loads(json.loads(each)["FilterPolicy"]) for each in documented]
    periods = {kind.kind for kind in (Day, *PERIODS)}
    known = {"language": set(languages.known()), "period": periods}
    for policy in policies:
        assert policy.keys() == known.keys() <= set(Attributes._fields)
        assert all(set(values) <= known[name] for name, values in policy.items())
    assert {period for policy in policies for period in policy["period"]} == periods

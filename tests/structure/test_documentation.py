"""The documentation says what is so: its links, commands, events, tables and the names of files."""

import json
import re
import runpy
from pathlib import Path

import pytest

from functions.fetch import request
from functions.publish.delivery import Attributes
from functions.summarize.grounding import rules, whole
from local.template import parse
from shared import languages
from shared.model.span import PERIODS, Day
from tests.factories.places import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
EACH = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
MAX_README_WORDS = 900
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PATH = re.compile(r"`((?:functions|shared|local|layers|tests|docs|events|\.ci)/[\w./-]+)`")
MODULE = re.compile(r"`(\w+\.py)`")
OPERATE = (ROOT / "docs/operate.md").read_text(encoding="utf-8")


def read(page: Path | str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to headings."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@EACH
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(read(page)):
        if link.startswith(("http://", "https://")):
            continue
        address, _, anchor = link.partition("#")
        target = page.parent / address if address else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(read(target)), link


@EACH
def test_every_file_that_is_named_is_there(page: Path) -> None:
    assert [name for name in PATH.findall(read(page)) if not (ROOT / name).exists()] == []


@EACH
def test_every_module_that_is_named_without_its_folder_is_there(page: Path) -> None:
    modules = {
        path.name for folder in ("functions", "shared", "local", "tests") for path in (ROOT / folder).rglob("*.py")
    }
    assert set(MODULE.findall(read(page))) <= modules


@EACH
def test_every_make_command_is_in_the_makefile(page: Path) -> None:
    makefile = read("Makefile")
    targets = set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))
    variables = set(re.findall(r"^VARIABLES = (.+)$", makefile, re.MULTILINE)[0].split())
    commands = re.findall(r"(?:^|`|[A-Z_]+=\S+ )make ([a-z-]+)((?: [A-Z]+=\S*)*)", read(page), re.MULTILINE)
    assert {target for target, _ in commands} <= targets
    assert {name for _, given in commands for name in re.findall(r" ([A-Z]+)=", given)} <= variables


def test_the_readme_is_short() -> None:
    assert len(read("README.md").split()) <= MAX_README_WORDS


def test_both_readmes_have_the_same_parts_and_commands() -> None:
    english, korean = read("README.md"), read("README.ko.md")
    levels = [re.findall(r"^(#+) ", text, re.MULTILINE) for text in (english, korean)]
    assert levels[0] == levels[1]
    commands = [re.findall(r"^.*make .*?(?=\s+#|$)", text, re.MULTILINE) for text in (english, korean)]
    fenced = [[line for line in each if line.startswith(("make", "OPENAI"))] for each in commands]
    assert fenced[0] == fenced[1]
    targets = [[link for link in LINK.findall(text) if "README" not in link] for text in (english, korean)]
    assert targets[0] == targets[1]


def test_the_page_of_parameters_is_the_template_s() -> None:
    page = runpy.run_path(str(ROOT / ".ci/parameters.py"))["page"](ROOT / "template.yaml")
    assert read("docs/parameters.md") == page, "make docs writes it"
    declared = parse(ROOT / "template.yaml")["Parameters"]
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(declared)


def test_every_parameter_in_a_command_is_the_template_s() -> None:
    declared = parse(ROOT / "template.yaml")["Parameters"]
    for page in PAGES:
        for given in re.findall(r"PARAMETERS='([^']*)'", read(page)):
            assert set(re.findall(r"(\w+)=", given)) <= declared.keys(), page


@pytest.mark.parametrize("event", re.findall(r"^\| `(\{.*\})` \|", OPERATE, re.MULTILINE))
def test_a_documented_event_is_one_that_fetch_reads(event: str) -> None:
    assert request.read(json.loads(event))


def test_the_table_of_alarms_is_the_template_s_and_its_tests_are_there() -> None:
    resources = parse(ROOT / "template.yaml")["Resources"]
    texts = {
        name: " ".join(each["Properties"]["AlarmDescription"]["Fn::Sub"].split()).replace(
            "${AWS::StackName}", "<stack>"
        )
        for name, each in resources.items()
        if each["Type"] == "AWS::CloudWatch::Alarm"
    }
    rows = re.findall(r"^\| (\w+Alarm) \| [^|]+ \| ([^|]+) \| \$0\.10 \| `(\w+)` \|$", OPERATE, re.MULTILINE)
    assert {name: text for name, text, _ in rows} == texts
    tests = re.findall(r"^def (test_\w+)", read("tests/chain/test_alarms.py"), re.MULTILINE)
    assert {test for _, _, test in rows} <= {*tests}


def test_a_documented_subscription_filters_by_what_publish_sends_and_each_period_has_one() -> None:
    documented = re.findall(r"--attributes '(\{.*\})'", read("docs/deploy.md"))
    policies = [json.loads(json.loads(each)["FilterPolicy"]) for each in documented]
    periods = {Day.kind, *(period.kind for period in PERIODS)}
    known = {"language": set(languages.known()), "period": periods}
    for policy in policies:
        assert policy.keys() == known.keys() <= set(Attributes._fields)
        assert all(set(values) <= known[name] for name, values in policy.items())
    assert {period for policy in policies for period in policy["period"]} == periods


def test_ci_runs_what_a_newcomer_runs() -> None:
    assert "run: .ci/run" in read(".github/workflows/ci.yml")


def test_every_rule_of_the_check_stands_in_the_table_of_rules() -> None:
    named = set(re.findall(r"`([a-z]+\.[a-z…]+)`", read("docs/analysis.md")))
    ids = [each.id for each in rules.RULES] + [each.rule for each in whole.RULES]
    assert [each for each in ids if not {each, f"{each.partition('.')[0]}.…"} & named] == []

"""The functions of template.yaml: each finds its code, is told what it reads, and is told nothing else."""

import inspect
import json
from collections import Counter
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSEvent

from functions.fetch import request
from functions.subscribe import form
from shared.languages import known
from shared.model import messages
from shared.model.settings import Settings, parameter
from tests.factories.places import ROOT
from tests.structure.declared import functions, mappings, meant, resources, template

FUNCTIONS = tuple(functions())
EVENTS = sorted((ROOT / "events").glob("*.json"))
SHARED_VARIABLES: set[str] = template()["Globals"]["Function"]["Environment"]["Variables"].keys()
CARRIED: dict[str, tuple[type[messages.Message], ...]] = {
    "enrich": (messages.PaperFound,),
    "summarize": (messages.PaperEnriched,),
    "publish": (messages.PaperSummarized, messages.ClockTicked),
}


def _room(function: str) -> str:
    return function.removesuffix("Function").lower()


def _settings(function: str) -> type[Settings]:
    module: ModuleType = import_module(f"functions.{_room(function)}.settings")
    (found,) = [
        each
        for _, each in inspect.getmembers(module, inspect.isclass)
        if issubclass(each, Settings) and each is not Settings
    ]
    return found


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_handler_is_where_its_function_looks_for_it(function: str) -> None:
    *path, name = functions()[function]["Handler"].split(".")
    assert path == ["functions", _room(function), "handler"]
    source = ROOT.joinpath(*path).with_suffix(".py")
    assert source.is_file(), f"{source} is missing"
    assert f"def {name}(" in source.read_text(encoding="utf-8")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_variable_that_a_function_reads_is_set_and_none_is_its_own_that_it_does_not_read(function: str) -> None:
    declared = functions()[function]["Environment"]["Variables"].keys()
    read = {field.upper() for field in _settings(function).model_fields}
    assert read <= declared
    assert declared - read <= SHARED_VARIABLES


def test_a_variable_in_globals_is_one_that_several_functions_read() -> None:
    read = Counter(field.upper() for function in FUNCTIONS for field in _settings(function).model_fields)
    assert {name for name in SHARED_VARIABLES if read[name] < 2} == set()


def test_a_variable_means_the_same_in_every_function() -> None:
    """The local run has all functions in one process, with one environment."""
    values: dict[str, object] = {}
    for function in functions().values():
        for name, value in function["Environment"]["Variables"].items():
            assert values.setdefault(name, value) == value, name


def test_the_number_of_attempts_that_a_function_counts_is_the_queues() -> None:
    for function, queue, _ in mappings():
        declared = functions()[function]["Environment"]["Variables"].get("MAX_RECEIVES")
        redrive = resources("AWS::SQS::Queue")[queue]["RedrivePolicy"]["maxReceiveCount"]
        assert declared in (None, redrive), function


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_is_built_by_the_makefile_in_the_repository_s_root(function: str) -> None:
    metadata = template()["Resources"][function]["Metadata"]
    assert metadata == {"BuildMethod": "makefile", "WorkingDirectory": "."}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_has_a_role_and_a_log_group_of_its_own_with_retention(function: str) -> None:
    declared = functions()[function]
    assert meant(declared["Role"]) == function.replace("Function", "Role")
    logs = meant(declared["LoggingConfig"]["LogGroup"])
    assert logs == function.replace("Function", "Logs")
    assert resources("AWS::Logs::LogGroup")[logs]["RetentionInDays"] == {"Ref": "RetentionDays"}


def test_what_fetch_could_not_do_after_all_attempts_is_among_the_dead_letters() -> None:
    config = functions()["FetchFunction"]["EventInvokeConfig"]
    assert config["MaximumRetryAttempts"] == 2
    assert meant(config["DestinationConfig"]["OnFailure"]["Destination"]) == "DeadLetters"


@pytest.mark.parametrize("path", EVENTS, ids=lambda path: path.stem)
def test_a_sample_event_is_one_that_its_function_can_read(path: Path) -> None:
    room = path.stem.split("-")[0]
    event = json.loads(path.read_text(encoding="utf-8"))
    if room == "fetch":
        assert request.read(event)
        return
    if room == "subscribe":
        assert form.read(event["body"].encode(), known()).periods == ("daily", "weekly")
        return
    records = list(SQSEvent(event).records)
    assert records
    for record in records:
        messages.read(record.body, *CARRIED[room])
        assert int(record.attributes.approximate_receive_count or 0) == 1
        assert record.event_source_arn.endswith(".fifo") == ("MessageGroupId" in record["attributes"])


def test_there_are_sample_events_for_every_function() -> None:
    assert {path.stem.split("-")[0] for path in EVENTS} == {_room(function) for function in FUNCTIONS}


def test_an_error_of_the_settings_names_the_parameter_as_the_template_does() -> None:
    for function, about in functions().items():
        for variable, value in about["Environment"]["Variables"].items():
            referred = value.get("Ref", "") if isinstance(value, dict) else ""
            if referred in template()["Parameters"]:
                assert parameter(variable.lower()) == referred, function

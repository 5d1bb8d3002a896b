"""The queues of template.yaml: what fails is tried again, goes to the dead letters, and never holds up the day."""

from math import ceil

import pytest

from functions.fetch.sending import SECONDS_A_TEXT
from local.mappings import sources
from local.template import stack
from shared.store import queue as outbox
from shared.store import retry
from tests.structure.declared import TEMPLATE, functions, mappings, meant, parameter, queues, sends_to, template, value

LISTED_PAPERS = 50
"""As many as a page of the list holds; few days have more."""
WITHOUT_A_QUEUE = {"FetchFunction", "SubscribeFunction"}
TICK_SECONDS = 600


def test_every_queue_that_a_function_reads_redrives_to_a_queue_of_its_own_sort_that_no_function_reads() -> None:
    sources = [queue for _, queue, _ in mappings()]
    assert {function for function, _, _ in mappings()} == functions().keys() - WITHOUT_A_QUEUE
    for source in sources:
        policy = queues()[source]["RedrivePolicy"]
        dead_letters = meant(policy["deadLetterTargetArn"])
        assert value(policy["maxReceiveCount"]) == parameter("MaxReceives"), source
        assert queues()[dead_letters].get("FifoQueue") == queues()[source].get("FifoQueue"), source
        assert dead_letters not in sources, f"{dead_letters} is read"


def test_dead_letters_are_kept_as_long_as_sqs_can() -> None:
    fourteen_days = 14 * 24 * 3600
    for source in {queue for _, queue, _ in mappings()}:
        dead_letters = meant(queues()[source]["RedrivePolicy"]["deadLetterTargetArn"])
        assert queues()[dead_letters]["MessageRetentionPeriod"] == fourteen_days, dead_letters


def test_a_message_stays_hidden_for_six_times_its_functions_timeout() -> None:
    for function, queue, _ in mappings():
        assert queues()[queue]["VisibilityTimeout"] >= 6 * functions()[function]["Timeout"], queue


def test_every_mapping_reports_the_messages_that_failed() -> None:
    for function, _, mapping in mappings():
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"], function


def test_concurrency_is_bound_by_the_mappings_and_reserved_for_nobody() -> None:
    for function, queue, mapping in mappings():
        bound = mapping.get("ScalingConfig", {}).get("MaximumConcurrency")
        assert queue == "PublishQueue" or 2 <= value(bound) <= 5, function
    assert not any("ReservedConcurrentExecutions" in function for function in functions().values())


@pytest.mark.parametrize(
    ("model", "papers"), [("draft", 10), ("bedrock:global.amazon.nova-2-lite-v1:0", 1), ("openai:kite", 1)]
)
def test_a_killed_summarize_costs_one_analysis_or_ten_drafts(model: str, papers: int) -> None:
    assert {source.function: source.batch_size for source in sources(stack(TEMPLATE, {"Model": model}))} == {
        "EnrichFunction": 10,
        "SummarizeFunction": papers,
        "PublishFunction": 10,
    }


def test_fifo_queues_are_named_and_mapped_as_sqs_and_lambda_ask_of_them() -> None:
    fifo = {name: queue for name, queue in queues().items() if queue.get("FifoQueue")}
    assert fifo.keys() == {"SummarizeQueue", "PublishQueue", "DeadLettersFifo"}
    assert all(queue["QueueName"]["Fn::Sub"].endswith(".fifo") for queue in fifo.values())
    for _, queue, mapping in mappings():
        if queue in fifo:
            assert "MaximumBatchingWindowInSeconds" not in mapping


def test_the_tick_is_in_the_one_message_group_of_publish() -> None:
    tick = template()["Resources"]["TickSchedule"]["Properties"]["Target"]
    assert tick["SqsParameters"]["MessageGroupId"] == outbox.PUBLISH_GROUP
    assert queues()["PublishQueue"]["ContentBasedDeduplication"] is True, "Scheduler gives no deduplication id"


def test_every_queue_is_encrypted() -> None:
    assert all(queue["SqsManagedSseEnabled"] is True for queue in queues().values())


def test_no_function_sends_directly_or_around_a_corner_to_a_queue_that_it_reads() -> None:
    """Lambda stops such loops."""
    read_by = {queue: function for function, queue, _ in mappings()}
    sends = {name: sends_to(meant(function["Role"])) for name, function in functions().items()}
    for name in functions():
        reached: set[str] = set()
        ahead = set(sends[name])
        while ahead - reached:
            reached |= ahead
            ahead = {further for queue in reached & read_by.keys() for further in sends[read_by[queue]]}
        assert not {queue for queue in reached if read_by.get(queue) == name}, name


@pytest.mark.parametrize(
    ("attempts", "pause_seconds"),
    [("killed", retry.KILLED_BY_NOW_SECONDS), ("failing", retry.MAX_BACK_OFF_SECONDS)],
)
def test_the_deadline_is_not_before_the_worst_path_of_a_paper(attempts: str, pause_seconds: int) -> None:
    """The last paper of a full list waits for those before it, and each of its attempts takes all the time there is.

    A paper whose whole text is asked for is sent later than the others. In enrich and in summarize the papers before
    it run in waves as wide as the concurrency bound, each for the whole timeout. An attempt takes the whole timeout,
    and the next one comes after a pause. A killed attempt sends nothing: publish looks with the next tick, and takes
    its whole timeout.
    """
    languages = len(parameter("Languages").split(","))
    messages = {"EnrichFunction": LISTED_PAPERS, "SummarizeFunction": LISTED_PAPERS * languages}
    seconds = TICK_SECONDS + functions()["PublishFunction"]["Timeout"] + SECONDS_A_TEXT * parameter("FullText")
    for source in sources(stack(TEMPLATE, {})):
        if source.function in messages:
            timeout = functions()[source.function]["Timeout"]
            retries = (parameter("MaxReceives") - 1) * (timeout + pause_seconds)
            invocations = ceil(messages[source.function] / source.batch_size)
            waves = ceil(invocations / source.concurrency)
            seconds += waves * timeout + retries + timeout
    deadline = template()["Parameters"]["DeadlineMinutes"]
    assert deadline["MinValue"] * 60 >= seconds, attempts
    assert deadline["Default"] * 60 >= seconds, attempts
    assert deadline["Default"] * 60 < seconds + 1800, "a day does not wait for what cannot come"

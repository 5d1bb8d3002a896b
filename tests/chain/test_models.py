"""A day with a language model behind it, through the real clients of both services: when it behaves, and when not."""

import json

import pytest

from functions.summarize.prompt.prompt import VERSION
from shared.store import aws, keys
from tests.chain.day_with_a_model import BAD, MODELS, ONE_IS_ENOUGH, OTHERS, PAPERS, Start, failure, one_bad, sources
from tests.chain.world import FRIDAY, World
from tests.factories.model_stub import USAGE, Answered, Asked, Behaviour, honest, well


def page(world: World) -> str:
    """The day's page."""
    return world.archive.get(f"{keys.SITE}{keys.day_page(FRIDAY)}").decode()


def test_every_paper_is_analysed_by_one_call(start: Start) -> None:
    world, stub = start()
    world.run(minutes=7)
    digest = world.digest()
    assert {paper.source for paper in digest.papers} == {"model"}
    assert digest.missing == ()
    assert sorted(stub.titles()) == sorted(each["title"] for each in PAPERS)
    assert "정확도 91.5%" in page(world)


def test_an_analysis_says_where_it_came_from(start: Start) -> None:
    world, _ = start(ModelPrice="1/10")
    world.run(minutes=7)
    made = world.digest().papers[0].provenance
    assert made is not None
    assert made.model in MODELS
    assert (made.prompt_version, made.text_read) == (VERSION, "abstract")
    assert (made.input_tokens, made.output_tokens) == USAGE
    assert made.cost_usd == pytest.approx(0.0042)
    assert made.made_at is not None
    assert world.digest().cost_usd == pytest.approx(3 * 0.0042)


@ONE_IS_ENOUGH
def test_the_best_papers_are_analysed_in_full_and_the_rest_in_short(start: Start) -> None:
    world, stub = start()
    world.run(minutes=7)
    first, second, third = (paper.analysis for paper in world.digest().papers)
    assert first is not None
    assert second is not None
    assert third is not None
    assert first.detail is not None
    assert second.difficulty is not None
    assert (third.detail, third.difficulty) == (None, None)
    assert [asked.full for asked in stub.asked if "00003" in asked.title] == [False]


@ONE_IS_ENOUGH
def test_a_paper_that_a_replay_plans_in_full_is_analysed_in_full(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    world, stub = start()
    world.run(minutes=7)
    monkeypatch.setenv("PAPERS_IN_FULL", "3")
    world.chain.functions["FetchFunction"].start_cold()
    world.fetch(FRIDAY, replay_from="summarize")
    world.run(minutes=10)
    assert [asked.full for asked in stub.asked if "00003" in asked.title] == [False, True]
    assert len(stub.asked) == len(PAPERS) + 1


@ONE_IS_ENOUGH
def test_a_day_that_is_read_again_costs_no_call(start: Start) -> None:
    world, stub = start()
    world.run(hours=13)
    world.fetch(FRIDAY, replay_from="summarize")
    world.run(minutes=10)
    assert len(stub.asked) == len(PAPERS)
    assert set(sources(world).values()) == {"model"}


@ONE_IS_ENOUGH
def test_two_languages_are_two_calls_a_paper(start: Start) -> None:
    world, stub = start(Languages="ko,en")
    world.run(minutes=7)
    assert len(stub.asked) == 2 * len(PAPERS)
    assert {paper.source for paper in world.digest(FRIDAY, "en").papers} == {"model"}


def test_a_model_that_is_down_for_one_paper_costs_that_paper_its_analysis_and_nothing_else(start: Start) -> None:
    world, stub = start(one_bad(lambda _: Answered(status=500, error=("InternalServerException", "down"))))
    world.run(minutes=30)
    assert sources(world) == {BAD: "draft", **dict.fromkeys(OTHERS, "model")}
    assert [(missing.id, missing.reason) for missing in world.digest().missing] == [(BAD, "failed")]
    assert sum(BAD in title for title in stub.titles()) == 5
    assert "InternalServerException" not in page(world)


@ONE_IS_ENOUGH
def test_a_paper_that_failed_is_analysed_when_its_message_is_redriven(start: Start) -> None:
    world, stub = start(one_bad(lambda _: Answered(status=503, error=("ServiceUnavailableException", "down"))))
    world.run(minutes=30)
    assert sources(world)[BAD] == "draft"
    stub.behaviour = well
    world.redrive("SummarizeQueue")
    world.run(minutes=5)
    assert sources(world)[BAD] == "model"
    assert world.digest().missing == ()
    assert len(world.mails()) == 1


def test_a_throttled_model_is_asked_again_when_it_said(start: Start) -> None:
    answers = iter([Answered(status=429, headers={"Retry-After": "70"}, error=("ThrottlingException", "slow down"))])
    world, stub = start(one_bad(lambda asked: next(answers, well(asked))))
    world.run(seconds=60 + 60)
    assert sum(BAD in title for title in stub.titles()) == 1
    world.run(minutes=2)
    assert sum(BAD in title for title in stub.titles()) == 2
    assert set(sources(world).values()) == {"model"}


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (Answered('{"one_line": {"te', stop="cut off"), "CutOffError"),
        (Answered("I am sorry, I cannot help with that.", stop="refused"), "RefusedError"),
        (Answered("", stop="guardrail"), "GuardrailError"),
        (Answered("Here you are: one line, yes"), "InvalidJsonError"),
        (Answered({"one_line": {"text": "x", "sources": []}}), "SchemaViolationError"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_answer_that_is_none_leaves_the_labelled_draft_at_once(start: Start, wrong: Answered, why: str) -> None:
    world, stub = start(one_bad(lambda _: wrong))
    world.run(minutes=7)
    assert sources(world) == {BAD: "draft", **dict.fromkeys(OTHERS, "model")}
    assert failure(world).reason.startswith(why)
    assert sum(BAD in title for title in stub.titles()) == (1 if wrong.stop in {"refused", "guardrail"} else 2)
    assert "자동 발췌 · LLM 미사용" in page(world)
    assert "sorry" not in page(world)
    assert why not in page(world)


def changed(**fields: object) -> Behaviour:
    """An answer that is true but for these fields."""
    return lambda asked: Answered({**honest(asked), **fields})


INVENTED = {"text": "오차를 절반으로 줄이고 정확도 97.3%에 이르는 방법을 제안한다.", "sources": [2, 3]}


@ONE_IS_ENOUGH
def test_an_unsupported_line_is_asked_for_once_more_and_then_left_out(start: Start) -> None:
    world, stub = start(one_bad(changed(one_line=INVENTED)))
    world.run(minutes=7)
    assert set(sources(world).values()) == {"model"}
    assert [asked.repair for asked in stub.asked if BAD in asked.title] == [False, True]
    assert "97.3" not in page(world)


@ONE_IS_ENOUGH
def test_a_repaired_answer_is_shown_and_both_calls_are_paid_for(start: Start) -> None:
    wrong = changed(one_line=INVENTED)
    world, stub = start(one_bad(lambda asked: well(asked) if asked.repair else wrong(asked)), ModelPrice="1/10")
    world.run(minutes=7)
    assert set(sources(world).values()) == {"model"}
    made = next(paper.provenance for paper in world.digest().papers if paper.id == BAD)
    assert made is not None
    assert made.input_tokens == 2 * USAGE[0]
    assert made.findings == ()
    assert "97.3" in next(asked.text for asked in stub.asked if asked.repair)


@ONE_IS_ENOUGH
def test_what_stays_unsupported_is_left_out_and_the_analysis_says_so(start: Start) -> None:
    world, _ = start(one_bad(changed(risks=[{"text": "정확도 97.3%는 한 조건에서만 잰 값", "sources": [3]}])))
    world.run(minutes=7)
    paper = next(paper for paper in world.digest().papers if paper.id == BAD)
    assert paper.source == "model"
    assert paper.analysis is not None
    assert paper.analysis.risks == ()
    assert paper.provenance is not None
    assert paper.provenance.findings == ("risks.number",)
    assert "97.3" not in page(world)
    assert "리스크/한계: 원문에 없는 숫자를 쓴 항목을 뺐다." in page(world)


@ONE_IS_ENOUGH
def test_what_a_failed_analysis_was_paid_is_in_the_days_cost(start: Start) -> None:
    world, _ = start(one_bad(lambda _: Answered("Here you are.")), ModelPrice="1/10")
    world.run(minutes=7)
    digest = world.digest()
    call = (USAGE[0] + 10 * USAGE[1]) / 1_000_000
    assert sources(world)[BAD] == "draft"
    assert digest.cost_usd == pytest.approx((len(OTHERS) + 2) * call)


def test_a_wrong_key_drafts_the_whole_day_at_once(start: Start) -> None:
    world, stub = start(
        lambda _: Answered(status=403, error=("AccessDeniedException", "You have no access to the model"))
    )
    world.run(minutes=3)
    assert set(sources(world).values()) == {"draft"}
    assert len(world.digest().missing) == len(PAPERS)
    assert len(stub.asked) == len(PAPERS)
    assert world.bodies("DeadLettersFifo") == []
    assert failure(world).final
    assert "ConfigurationError" in failure(world).reason
    assert len(world.mails()) == 1


@ONE_IS_ENOUGH
@pytest.mark.parametrize(("status", "code", "rings"), [(401, "invalid_api_key", True), (500, "server_error", False)])
def test_a_wrong_key_rings_the_alarm_of_its_metric_and_a_model_that_is_down_does_not(
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    status: int,
    code: str,
    rings: bool,
) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "false")
    world, _ = start(lambda _: Answered(status=status, error=(code, "no")))
    world.run(minutes=7)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
    told = [line for line in lines if "Unusable" in line]
    assert bool(told) is rings
    assert all((line["stack"], line["Unusable"]) == ("daily-papers", [1.0]) for line in told)


@ONE_IS_ENOUGH
def test_the_key_is_read_from_the_parameter_that_is_named(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    world, stub = start(OpenAiKeyParameter="/daily-papers/key")
    aws.ssm().put_parameter(Name="/daily-papers/key", Value="from-ssm", Type="SecureString")
    world.run(minutes=7)
    assert set(sources(world).values()) == {"model"}
    assert {asked.key for asked in stub.asked} == {"from-ssm"}


@ONE_IS_ENOUGH
def test_a_key_that_is_not_where_it_should_be_drafts_the_day_and_asks_nobody(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    world, stub = start(OpenAiKeyParameter="/daily-papers/key")
    world.run(minutes=7)
    assert set(sources(world).values()) == {"draft"}
    assert stub.asked == []
    assert "OpenAiKeyParameter" in failure(world).reason


@pytest.mark.extra
def test_a_model_that_hangs_for_one_paper_costs_that_paper_only(start: Start) -> None:
    slow = one_bad(lambda asked: Answered(honest(asked), seconds=2))
    world, _ = start(slow, ModelSeconds="1", MaxReceives="1")
    world.run(minutes=10)
    assert sources(world) == {BAD: "draft", **dict.fromkeys(OTHERS, "model")}


def test_a_model_without_tools_or_schemas_is_asked_for_plain_json(start: Start) -> None:
    def plain(asked: Asked) -> Answered:
        if asked.by_form:
            return Answered(
                status=400, error=("ValidationException", "This model doesn't support tool use, nor response_format")
            )
        return Answered("```json\n" + str(honest(asked)).replace("'", '"') + "\n```")

    world, stub = start(plain)
    world.run(minutes=7)
    assert set(sources(world).values()) == {"model"}
    assert sum(asked.by_form for asked in stub.asked) == 1
    assert '"key_points"' in stub.asked[-1].system


def test_a_model_that_hangs_is_asked_twice_and_not_five_times(start: Start) -> None:
    slow = one_bad(lambda asked: Answered(honest(asked), seconds=2))
    world, stub = start(slow, ModelSeconds="1")
    world.run(minutes=10)
    assert sources(world) == {BAD: "draft", **dict.fromkeys(OTHERS, "model")}
    assert sum(BAD in title for title in stub.titles()) == 2
    assert failure(world).final
    assert failure(world).reason.startswith("NoAnswerError: no answer")
    assert world.bodies("DeadLettersFifo") == []


@ONE_IS_ENOUGH
def test_a_model_that_is_slow_once_is_asked_again(start: Start) -> None:
    waits = iter([2.0])
    world, _ = start(one_bad(lambda asked: Answered(honest(asked), seconds=next(waits, 0.0))), ModelSeconds="1")
    world.run(minutes=10)
    assert set(sources(world).values()) == {"model"}

"""The bench's own arithmetic: a figure that is wrong is worse than none."""

import zipfile
from pathlib import Path

import pytest

from shared.store import aws, keys
from tests.bench.calls import Counted
from tests.bench.carrying import account, carry
from tests.bench.chain import growths
from tests.bench.figures import Figure, report
from tests.bench.layer import zipped
from tests.bench.listing import rows


def test_twice_the_time_for_twice_the_papers_is_linear() -> None:
    assert growths([2.0, 3.0], 50, [4.0, 12.0], 100) == [1.0, 2.0]


def test_a_figure_stands_beside_its_target_in_columns_that_are_aligned() -> None:
    figures = [Figure("draft", 2.5, "ms", 5.0, "median of 3", 4.9), Figure("whole chain", 12.25, "s", None, "once")]
    head, draft, chain = report(figures).splitlines()
    assert draft.split() == ["draft", "2.50", "5", "4.9", "ms", "median", "of", "3"]
    assert {line.index(how) for line, how in ((head, "how"), (draft, "median"), (chain, "once"))} == {head.index("how")}
    assert draft.index("2.50") + 4 == chain.index("12.25") + 5 == head.index("measured") + 8


def test_what_cannot_be_measured_says_why_and_shows_no_number() -> None:
    line = report([Figure("layer", None, "MB", 25.0, "run make build first")]).splitlines()[1]
    assert line.split(maxsplit=4) == ["layer", "-", "25", "MB", "run make build first"]


@pytest.mark.parametrize("papers", [10, 200])
def test_the_list_has_each_paper_once_the_most_votes_first(papers: int) -> None:
    listed = [row["paper"] for row in rows(papers)]
    assert len({paper["id"] for paper in listed}) == papers
    votes = [paper["upvotes"] for paper in listed]
    assert votes == sorted(set(votes), reverse=True)


def test_publish_lists_a_day_twice_however_its_messages_come() -> None:
    listed: list[str] = []
    with account(12) as empty:
        call = Counted(empty)
        aws.s3().meta.events.register(
            "provide-client-params.s3.ListObjectsV2", lambda params, **_: listed.append(params["Prefix"])
        )
        carry(empty, call, 1)
    assert call.counts["PublishFunction", "PutObject"]
    assert listed.count(keys.failures(empty.day)) == 2, "with the first message and with the last"


def test_the_size_of_a_folder_is_that_of_its_zip_file(tmp_path: Path) -> None:
    folder = tmp_path / "layer"
    folder.mkdir()
    (folder / "shared.py").write_bytes(b"a" * 100_000)
    with zipfile.ZipFile(tmp_path / "layer.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(folder / "shared.py", "shared.py")
    assert zipped(folder) == (tmp_path / "layer.zip").stat().st_size < 10_000

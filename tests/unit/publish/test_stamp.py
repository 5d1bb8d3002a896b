"""What counts as a revision, and when a digest was closed."""

from datetime import timedelta

from functions.publish.publish import stamp
from tests.factories.digests import READ_AT, digest, paper

LATER = READ_AT + timedelta(hours=1)
FIRST = stamp(digest([paper(1)]), None, "first", READ_AT)
EMPTY = stamp(digest(status="not_listed"), None, "first", READ_AT)


def test_a_first_digest_is_revision_one() -> None:
    assert (FIRST.revision, FIRST.closed_at, FIRST.fingerprint) == (1, READ_AT, "first")


def test_another_read_that_changed_nothing_is_no_revision() -> None:
    again = stamp(digest([paper(1)], read_at=LATER), FIRST, "second", LATER)
    assert again == FIRST.model_copy(update={"read_at": LATER, "fingerprint": "second"})


def test_an_empty_weekday_that_is_read_every_hour_gains_no_revision() -> None:
    again = stamp(digest(status="not_listed", read_at=LATER, ranked_at=LATER), EMPTY, "second", LATER)
    assert (again.revision, again.closed_at, again.read_at) == (1, READ_AT, LATER)


def test_other_papers_are_a_revision() -> None:
    again = stamp(digest([paper(1), paper(2)], read_at=LATER), FIRST, "second", LATER)
    assert (again.revision, again.closed_at) == (2, LATER)
    listed = stamp(digest([paper(1)], read_at=LATER, ranked_at=LATER), EMPTY, "second", LATER)
    assert (listed.revision, listed.closed_at) == (2, LATER)

"""Records read as facts: what counts, what does not, and in which order."""

from collections.abc import Mapping
from typing import Any

import pytest

from slo.domain.timeline import FactKind
from slo.queries.timeline import Line, Story, story_of
from tests.slo.reading import after

OPENED = Line("ticket.opened", after(), {"urgency": "high", "request_type": "incident"})
MESSAGE = {"author_kind": "staff", "visibility": "public", "message_kind": "reply"}


def kinds(*lines: Line) -> list[str]:
    """The facts after the opening."""
    return [fact.kind.value for fact in story_of([OPENED, *lines]).facts[1:]]  # type: ignore[attr-defined]


def message(minutes: float = 1, changes: Mapping[str, str] | None = None) -> Line:
    """A public reply by staff, or what is said of it otherwise."""
    return Line("message.posted", after(minutes=minutes), {**MESSAGE, **(changes or {})})


def moved(before: str, to: str, by: str = "staff", minutes: float = 1) -> Line:
    """A change of status."""
    data = {"before": before, "after": to, "by": by}
    return Line("ticket.status_changed", after(minutes=minutes), data)


def test_a_public_reply_by_staff_is_an_answer() -> None:
    assert kinds(message()) == ["public_staff_message"]


def test_a_summary_is_an_answer_and_more() -> None:
    assert kinds(message(changes={"message_kind": "resolution"})) == [
        "public_staff_message",
        "resolution_summary",
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"visibility": "internal"},
        {"author_kind": "contact"},
        {"author_kind": "integration"},
        {"author_kind": "system"},
        {"message_kind": "automatic"},
        {"message_kind": "description"},
    ],
)
def test_nothing_else_is(changes: dict[str, str]) -> None:
    assert kinds(message(changes=changes)) == []


@pytest.mark.parametrize(("by", "told"), [("staff", ["status", "work_started"]), ("contact", ["status"])])
def test_work_starts_when_staff_take_the_ticket_up(by: str, told: list[str]) -> None:
    assert kinds(moved("new", "in_progress", by)) == told


def test_taking_a_solved_ticket_up_again_reopens_it() -> None:
    assert kinds(moved("resolved", "in_progress", "contact")) == ["status", "reopened"]


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("resolved", ["status", "work_started", "resolved"]),
        ("closed", ["status", "closed"]),
        ("cancelled", ["status", "cancelled"]),
    ],
)
def test_the_ends_of_a_ticket_are_facts(to: str, told: list[str]) -> None:
    assert kinds(moved("new", to)) == told


@pytest.mark.parametrize("kind", ["time.logged", "timer.started"])
def test_time_and_timers_are_work(kind: str) -> None:
    assert kinds(Line(kind, after(minutes=1), {})) == ["time_logged"]


def test_words_go_before_a_change_of_state_at_one_moment() -> None:
    assert kinds(moved("new", "waiting_on_client"), message()) == ["public_staff_message", "status"]


def test_records_a_little_out_of_order_are_sorted() -> None:
    story = story_of([OPENED, message(3), message(2)])
    assert [fact.at for fact in story.facts] == [after(), after(minutes=2), after(minutes=3)]


def test_nothing_happens_before_the_opening() -> None:
    story = story_of([OPENED, message(-5)])
    assert [fact.at for fact in story.facts] == [after(), after()]


@pytest.mark.parametrize(
    ("changes", "told"), [(["", "Not supported"], "exempted"), (["Excluded", ""], "covered")]
)
def test_a_change_of_cover_is_a_fact(changes: list[str], told: str) -> None:
    line = Line("ticket.details_changed", after(minutes=1), {"changes": {"exempt_reason": changes}})
    assert kinds(line) == [told]


def test_other_details_are_none() -> None:
    assert kinds(Line("ticket.details_changed", after(minutes=1), {"changes": {"subject": ["a", "b"]}})) == []


def test_a_merge_says_where_the_ticket_went_on() -> None:
    story = story_of([OPENED, Line("ticket.merged", after(minutes=1), {"into_key": "ACME-7"})])
    assert (story.facts[1].kind, story.facts[1].reason) == (FactKind.MERGED, "Went on in ACME-7")


def verdict(kind: str, **data: Any) -> Story:  # noqa: ANN401 - facts of an event
    """A story with one verdict on its first response."""
    told = {"objective": "first_response", "ordinal": 1, "due_at": after(minutes=30).isoformat(), **data}
    return story_of([OPENED, Line(kind, after(hours=1), told)])


def test_verdicts_are_kept_with_the_calendar_that_they_were_counted_on() -> None:
    story = verdict("clock.missed", missed_at=after(minutes=30).isoformat(), calendar_digest="abc")
    place = ("first_response", 1)
    assert (story.settled[place].missed_at, story.digests[place]) == (after(minutes=30), "abc")


def test_a_risk_settles_no_due_time() -> None:
    story = verdict("clock.at_risk", at_risk_at=after(minutes=20).isoformat())
    assert (story.settled["first_response", 1].due_at, story.digests) == (None, {})


def test_a_story_without_opening_has_no_facts_to_fold() -> None:
    assert story_of([]).facts == []
    assert [fact.kind for fact in story_of([message()]).facts] == ["public_staff_message"]

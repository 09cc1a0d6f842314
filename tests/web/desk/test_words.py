"""The words and edges behind the pages, by themselves: no database, no request."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.http import QueryDict

from web.desk.counting import count_words
from web.desk.forms.fields import DayInput, MinutesField, MomentField
from web.desk.listing import Narrowing
from web.desk.rows import Edges, short_name
from web.desk.wording import staff_words
from web.wording.events import words_of

PARIS = ZoneInfo("Europe/Paris")
LINES: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("ticket.assigned", {"assignee_id": 7, "reason": ""}, "gave it to Ruth."),
    ("ticket.assigned", {"assignee_id": 7, "reason": "Knows them"}, "gave it to Ruth. Knows them"),
    ("ticket.assigned", {"assignee_id": 7, "is_own_act": True}, "took it."),
    (
        "ticket.assigned",
        {"assignee_id": None, "before_id": 7, "team_id": 2},
        "put it back into the queue of Lyon.",
    ),
    ("ticket.assigned", {"assignee_id": None, "before_id": 7}, "put it back into the queue."),
    ("ticket.assigned", {"assignee_id": None, "team_id": 2}, "put it with Lyon."),
    ("participant.added", {"person_id": 7}, "added Ruth."),
    ("participant.added", {"person_id": 99}, "added somebody."),
    ("participant.removed", {"person_id": 7}, "removed Ruth."),
    ("ticket.status_changed", {"after": "in_progress", "reason": "reply"}, "set it to Working."),
    (
        "ticket.status_changed",
        {"after": "waiting_on_client", "waiting_for": "Which?", "reason": ""},
        "set it to Waiting on client. Which?",
    ),
    (
        "ticket.status_changed",
        {"after": "closed", "reason": "Ilse confirmed."},
        "set it to Closed. Ilse confirmed.",
    ),
    ("ticket.details_changed", {"changes": {"watcher": [None, 7]}}, "watches it."),
    ("ticket.details_changed", {"changes": {"watcher": [7, None]}}, "no longer watches it."),
    ("ticket.details_changed", {"changes": {"tags": [[], ["disk", "slow"]]}}, "tagged it disk, slow."),
    ("ticket.details_changed", {"changes": {"tags": [["disk"], []]}}, "removed the tags."),
    (
        "ticket.details_changed",
        {"changes": {"subject": ["a", "b"], "vendor_reference": ["", "V"]}},
        "changed the subject and the maker’s reference.",
    ),
    ("ticket.unlinked", {"target_key": "HAL-2"}, "took the link with HAL-2 away."),
    (
        "time.logged",
        {"minutes": 20, "billed_minutes": 30, "state": "drawn"},
        "logged 0:20, billed 0:30.",
    ),
    (
        "time.logged",
        {"minutes": 20, "billed_minutes": 30, "state": "held"},
        "logged 0:20, billed 0:30, held until the client approves.",
    ),
    (
        "time.logged",
        {"minutes": 20, "billed_minutes": 30, "state": "not_billed"},
        "logged 0:20, not billed.",
    ),
    ("time.reversed", {"reason": "Wrong ticket"}, "took a time entry back: Wrong ticket"),
    ("timer.started", {}, "started the timer."),
    ("timer.discarded", {}, "discarded the timer."),
    ("clock.at_risk", {"label": "First response"}, "First response at risk."),
    ("escalation.unanswered", {}, "Nobody answered the escalation."),
)


def said(kind: str, facts: Mapping[str, Any]) -> str:
    """What the event says to staff."""
    words = words_of(kind, facts, staff_words({7: "Ruth"}, {2: "Lyon"}))
    assert words is not None
    return words.text


@pytest.mark.parametrize(("kind", "facts", "line"), LINES)
def test_staff_read_an_event_in_their_own_words(kind: str, facts: dict[str, Any], line: str) -> None:
    assert said(kind, facts) == line


def test_a_risk_that_was_overtaken_says_nothing() -> None:
    facts = {"label": "First response", "overtaken": True}
    assert words_of("clock.at_risk", facts, staff_words({}, {})) is None


def test_a_change_of_nothing_says_nothing() -> None:
    assert words_of("ticket.details_changed", {"changes": {}}, staff_words({}, {})) is None


@pytest.mark.parametrize(
    ("minutes", "group"),
    [
        (None, "none"),
        (-1, "missed"),
        (0, "missed"),
        (1, "soon"),
        (120, "soon"),
        (121, "today"),
        (900, "later"),
    ],
)
def test_a_due_moment_falls_into_one_group(minutes: int | None, group: str) -> None:
    now = datetime(2026, 10, 13, 9, 48, tzinfo=PARIS)
    due_at = None if minutes is None else now + timedelta(minutes=minutes)
    assert Edges.at(now, PARIS).group_of(due_at) == group


def test_late_in_the_evening_the_next_two_hours_reach_into_tomorrow() -> None:
    edges = Edges.at(datetime(2026, 10, 13, 23, 30, tzinfo=PARIS), PARIS)
    assert edges.group_of(datetime(2026, 10, 14, 1, 0, tzinfo=PARIS)) == "soon"
    assert edges.group_of(datetime(2026, 10, 14, 2, 0, tzinfo=PARIS)) == "later"


def test_the_day_ends_where_the_reader_is() -> None:
    now = datetime(2026, 10, 13, 20, 0, tzinfo=UTC)
    due_at = datetime(2026, 10, 13, 23, 0, tzinfo=UTC)
    assert Edges.at(now, PARIS).group_of(due_at) == "later"
    assert Edges.at(now, ZoneInfo("America/New_York")).group_of(due_at) == "today"


def test_groups_are_named_after_the_day_that_follows() -> None:
    now = datetime(2026, 10, 13, 9, 48, tzinfo=PARIS)
    assert Edges.at(now, PARIS).titles(PARIS)["later"] == "Wednesday and after"


@pytest.mark.parametrize(
    ("name", "short"),
    [("Tomás Arrieta", "Tomás A."), ("Ada", "Ada"), ("Ana María de la Cruz", "Ana C.")],
)
def test_colleagues_are_told_apart_in_few_letters(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(("count", "words"), [(0, "0"), (13, "13"), (1000, "1,000"), (1001, "1,000+")])
def test_counts_are_exact_up_to_a_thousand(count: int, words: str) -> None:
    assert count_words(count) == words


def test_a_narrowing_reads_the_address_and_carries_itself_along() -> None:
    wanted = Narrowing.of(QueryDict("view=mine&rank=2&client=hal&text=%20disk%20&solved=1"))
    assert (wanted.view, wanted.rank, wanted.client, wanted.text) == ("mine", "2", "hal", "disk")
    assert wanted.is_narrowed
    assert dict(wanted.kept) == {"view": "mine", "sort": "due", "client": "hal", "rank": "2", "solved": "1"}


def test_a_narrowing_forgets_what_it_does_not_know() -> None:
    wanted = Narrowing.of(QueryDict("view=all&sort=size&rank=0"))
    assert (wanted.view, wanted.sort, wanted.rank) == ("open", "due", "")
    assert not wanted.is_narrowed


@pytest.mark.parametrize(("typed", "minutes"), [("0:45", 45), ("45m", 45), (".75", 45), ("1h 30m", 90)])
def test_amounts_of_work_are_read_as_people_write_them(typed: str, minutes: int) -> None:
    assert MinutesField().clean(typed) == minutes


def test_an_amount_that_need_not_be_given_is_none() -> None:
    assert MinutesField(required=False).clean("") is None


def test_an_amount_that_cannot_be_read_is_told_how_to_write_it() -> None:
    with pytest.raises(forms.ValidationError, match="0:45"):
        MinutesField().clean("a while")


def test_a_moment_is_read_and_shown_on_the_reader_s_clock() -> None:
    field = MomentField()
    field.zone = PARIS
    moment = field.clean("2026-10-13T09:30")
    assert moment.astimezone(UTC) == datetime(2026, 10, 13, 7, 30, tzinfo=UTC)
    assert field.prepare_value(moment) == "2026-10-13T09:30"


def test_a_day_is_written_as_the_browser_reads_it() -> None:
    assert 'value="2026-10-13"' in DayInput().render("day", date(2026, 10, 13))

"""Reading the log."""

from datetime import UTC, datetime, timedelta

import pytest

from events.domain.actor import SYSTEM
from events.models import Record
from events.queries import database_now, feed, history_of, oldest_undispatched_at, visible_to
from events.services import mark_dispatched, record
from tests.events.test_event import LampLit
from tests.factories import MONDAY, Desk, actor_of, make_desk


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def light(desk: Desk, number: int = 1) -> Record:
    lamp = LampLit(client_id=desk.client.pk, subject_id=number, watts=1)
    return record(lamp, at=MONDAY, actor=SYSTEM)


def test_a_history_has_one_subject_in_sequence(desk: Desk) -> None:
    rows = [light(desk, 1), light(desk, 2), light(desk, 1)]
    assert history_of("lamp", 1) == [rows[0], rows[2]]


@pytest.mark.parametrize(
    "role", ["poc", "member", "observer", "engineer", "csm", "account_executive", "lead", "administrator"]
)
def test_whoever_sees_a_client_sees_its_records(desk: Desk, role: str) -> None:
    row = light(desk)
    assert row in visible_to(actor_of(desk.person(role)))


@pytest.mark.parametrize("role", ["poc", "member", "observer", "engineer", "csm", "account_executive"])
def test_nobody_else_does(desk: Desk, role: str) -> None:
    row, other = light(desk), make_desk("BETA")
    assert row not in visible_to(actor_of(other.person(role)))


def test_what_concerns_no_client_is_for_leads_and_administrators(desk: Desk) -> None:
    row = record(LampLit(client_id=None, subject_id=1, watts=1), at=MONDAY, actor=SYSTEM)
    assert row in visible_to(actor_of(desk.lead))
    assert row not in visible_to(actor_of(desk.poc))


def test_the_feed_goes_on_from_a_sequence_number(desk: Desk) -> None:
    rows = [light(desk, number) for number in range(5)]
    poc = actor_of(desk.poc)
    assert feed(poc, after=rows[1].pk, limit=2, kinds=["test.lamp_lit"]) == rows[2:4]
    assert feed(poc, after=rows[-1].pk) == []


def test_the_oldest_untold_record_is_the_age_of_the_backlog(desk: Desk) -> None:
    Record.objects.update(dispatched_at=MONDAY)
    assert oldest_undispatched_at() is None
    first, _second = light(desk), light(desk)
    assert oldest_undispatched_at() == first.recorded_at
    mark_dispatched([first], at=MONDAY)
    assert oldest_undispatched_at() != first.recorded_at


def test_the_databases_clock_is_aware_and_of_this_hour(db: None) -> None:
    now = database_now()
    assert now.tzinfo is not None
    assert now.utcoffset() == timedelta(0)
    assert abs(now - datetime.now(tz=UTC)) < timedelta(minutes=5)

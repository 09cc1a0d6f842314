"""Weekend engineers: asked for in time, confirmed with a name, declined, withdrawn (E8)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.services import clear_engineer
from escalation.invariants import INVARIANTS
from escalation.models import Booking
from escalation.queries import bookings_to_decide, bookings_visible_to, first_bookable
from escalation.services import (
    BookingWish,
    confirm_booking,
    decline_booking,
    request_booking,
    withdraw_booking,
)
from events.domain.actor import SYSTEM
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import Desk, actor_of, make_desk, make_environment, make_staff, moment, refused

#: A Saturday morning, and exactly 21 days before it.
START = moment("2026-04-11 08:00")
IN_TIME = START - timedelta(days=21)
LATER = IN_TIME + timedelta(days=1)


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Premier Support."""
    return make_desk("ACME", plan="premier-support")


def wish(starts_at: datetime = START, hours: int = 4, **facts: Any) -> BookingWish:  # noqa: ANN401
    """An upgrade of some hours."""
    return BookingWish(
        **{
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=hours),
            "summary": "Upgrade",
            **facts,
        }
    )


def ask(desk: Desk, role: str = "poc", *, at: datetime = IN_TIME, **facts: Any) -> Booking:  # noqa: ANN401
    """A wish of that person."""
    given: dict[str, Any] = {"wish": wish(), **facts}
    return request_booking(actor=actor_of(desk.person(role)), at=at, contract=desk.contract, **given)


def confirm(desk: Desk, booking: Booking, role: str = "lead", **facts: Any) -> Booking:  # noqa: ANN401
    """A yes by that person, naming the client's engineer."""
    given: dict[str, Any] = {"engineer": desk.engineer, **facts}
    return confirm_booking(actor=actor_of(desk.person(role)), at=LATER, booking=booking, **given)


def test_exactly_21_days_ahead_is_in_time_and_it_is_confirmed_with_a_name(desk: Desk) -> None:
    booking = ask(desk)
    assert list(bookings_to_decide(actor_of(desk.lead))) == [booking]
    done = confirm(desk, booking, answer="Call me.")
    assert (done.state, done.engineer, done.answer) == ("confirmed", desk.engineer, "Call me.")
    kinds = Record.objects.filter(subject_type="booking").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["booking.asked", "booking.confirmed"]
    assert all(check() == [] for _, check in INVARIANTS)


def test_a_second_later_is_too_late_and_the_earliest_start_is_said(desk: Desk) -> None:
    with refused(Invalid, "the earliest start is now Sat 11 Apr 2026, 09:01 BST", field="starts_at"):
        ask(desk, at=IN_TIME + timedelta(seconds=1))


def test_where_that_is_in_the_week_the_next_weekend_is_said(desk: Desk) -> None:
    monday = moment("2026-03-02 09:00")
    with refused(Invalid, "Sat 28 Mar 2026, 00:00 GMT", field="starts_at"):
        ask(desk, at=monday, wish=wish(moment("2026-03-14 08:00")))
    assert first_bookable(desk.contract, at=monday) == moment("2026-03-28 00:00")


@pytest.mark.parametrize(
    ("starts_at", "words"),
    [
        (moment("2026-04-14 08:00"), "needs no booking. The weekend begins Sat 18 Apr 2026, 01:00 BST"),
        (moment("2027-05-01 08:00"), "within a year"),
    ],
)
def test_in_the_week_and_far_away_nobody_is_booked(desk: Desk, starts_at: datetime, words: str) -> None:
    with refused(Invalid, words, field="starts_at"):
        ask(desk, wish=wish(starts_at))


@pytest.mark.parametrize("hours", [-1, 0, 25])
def test_it_lasts_up_to_a_day(desk: Desk, hours: int) -> None:
    with refused(Invalid, field="ends_at"):
        ask(desk, wish=wish(hours=hours))


def test_a_plan_without_bookings_says_so(desk: Desk) -> None:
    other = make_desk("ORCA")
    with refused(Invalid, "no weekend engineers"):
        ask(other)


def test_a_form_sent_twice_books_once_and_the_same_time_is_booked_once(desk: Desk) -> None:
    assert ask(desk, submission_id="a") == ask(desk, submission_id="a")
    with refused(Conflict, "at that time already: Upgrade"):
        ask(desk, submission_id="b")


@pytest.mark.parametrize("role", ["member", "observer", "engineer", "csm"])
def test_only_points_of_contact_ask(desk: Desk, role: str) -> None:
    with refused(NotAllowed):
        ask(desk, role)


def test_another_clients_system_is_not_there(desk: Desk) -> None:
    foreign = make_environment(make_desk("ORCA").contract)
    with refused(NotHere):
        ask(desk, wish=wish(environment=foreign))


def test_who_decides_and_who_reads(desk: Desk) -> None:
    booking, other = ask(desk), make_desk("ORCA")
    for role in ("engineer", "account_executive", "poc"):
        with refused(NotAllowed):
            confirm(desk, booking, role)
    for person in (other.poc, other.csm, desk.member):
        assert not bookings_visible_to(actor_of(person)).exists()
    assert confirm(desk, booking, "csm").decided_by == desk.csm


def test_only_somebody_who_can_be_there_is_named(desk: Desk) -> None:
    booking, stranger = ask(desk), make_staff("engineer")
    with refused(Invalid, field="engineer"):
        confirm(desk, booking, engineer=stranger)
    desk.engineer.away_until = START + timedelta(days=1)
    desk.engineer.save(update_fields=["away_until"])
    with refused(Invalid, "is away then", field="engineer"):
        confirm(desk, booking)


def test_a_contract_that_restricts_its_engineers_gets_a_cleared_one(desk: Desk) -> None:
    booking = ask(desk)
    desk.contract.restricts_engineers = True
    desk.contract.save(update_fields=["restricts_engineers"])
    with refused(Invalid, field="engineer"):
        confirm(desk, booking)
    clear_engineer(actor=SYSTEM, at=LATER, contract=desk.contract, person=desk.engineer)
    assert confirm(desk, booking).state == "confirmed"


def test_nobody_is_in_two_places_and_somebody_else_can_be_named(desk: Desk) -> None:
    second = make_staff("engineer", clients=(desk.client,))
    production = make_environment(desk.contract)
    first, other = ask(desk), ask(desk, wish=wish(environment=production))
    confirm(desk, first)
    with refused(Invalid, "is booked at that time already", field="engineer"):
        confirm(desk, other)
    confirm(desk, first, engineer=second)
    assert confirm(desk, other).engineer == desk.engineer


def test_a_second_click_confirms_nothing_new(desk: Desk) -> None:
    booking = ask(desk)
    for _ in range(2):
        confirm(desk, booking)
    assert Record.objects.filter(kind="booking.confirmed").count() == 1


def test_it_is_declined_with_a_reason_and_then_settled(desk: Desk) -> None:
    booking, lead = ask(desk), actor_of(desk.lead)
    with refused(Invalid, field="answer"):
        decline_booking(actor=lead, at=LATER, booking=booking, answer=" ")
    assert (
        decline_booking(actor=lead, at=LATER, booking=booking, answer="All are booked.").state == "declined"
    )
    with refused(Conflict, "declined already"):
        confirm(desk, booking)


def test_it_is_withdrawn_until_it_begins(desk: Desk) -> None:
    booking, poc = confirm(desk, ask(desk)), actor_of(desk.poc)
    with refused(Conflict, "has begun"):
        withdraw_booking(actor=poc, at=START, booking=booking)
    assert withdraw_booking(actor=poc, at=LATER, booking=booking).state == "withdrawn"
    assert Record.objects.latest("id").data["told_ids"] == [desk.engineer.pk]


def test_what_was_not_decided_in_time_can_no_longer_be_confirmed(desk: Desk) -> None:
    booking = ask(desk)
    with refused(Conflict, "has passed"):
        confirm_booking(actor=actor_of(desk.lead), at=START, booking=booking, engineer=desk.engineer)

"""Several people at the same moment, with real commits: one engineer, one booking, one answer (E4, E8)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import Person
from escalation.models import Booking, CommercialQuestion
from escalation.services import (
    BookingWish,
    QuestionWords,
    ask_account_executive,
    confirm_booking,
    request_booking,
)
from events.models import Record
from tests.factories import Desk, actor_of, make_desk, make_environment, moment
from tests.tickets.test_races import at_once, refusals_in

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 3
START = moment("2026-04-11 08:00")
EARLY = START - timedelta(days=30)


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    """A client on Premier Support."""
    return make_desk(plan="premier-support")


def ask(desk: Desk, **facts: object) -> Booking:
    """A wish for that Saturday."""
    wish = BookingWish(starts_at=START, ends_at=START + timedelta(hours=4), summary="Upgrade", **facts)  # type: ignore[arg-type]
    return request_booking(actor=actor_of(desk.poc), at=EARLY, contract=desk.contract, wish=wish)


def confirm(desk: Desk, booking: Booking, engineer: Person) -> Booking:
    """A yes with that name."""
    return confirm_booking(actor=actor_of(desk.lead), at=EARLY, booking=booking, engineer=engineer)


def test_one_engineer_named_for_several_bookings_at_once_has_one(desk: Desk) -> None:
    wishes = [ask(desk, environment=make_environment(desk.contract, f"Node {n}")) for n in range(PEOPLE)]
    results = at_once(*[lambda one=one: confirm(desk, one, desk.engineer) for one in wishes])
    assert refusals_in(results) == PEOPLE - 1
    assert Booking.objects.filter(state="confirmed", engineer=desk.engineer).count() == 1


def test_the_same_time_asked_for_at_once_is_booked_once(desk: Desk) -> None:
    results = at_once(*[lambda: ask(desk)] * PEOPLE)
    assert refusals_in(results) == PEOPLE - 1
    assert (Booking.objects.count(), Record.objects.filter(kind="booking.asked").count()) == (1, 1)


def test_one_form_sent_many_times_at_once_is_one_question(desk: Desk) -> None:
    words = QuestionWords(topic="pricing", subject="More users", text="What would they cost?")
    at_once(
        *[
            lambda: ask_account_executive(
                actor=actor_of(desk.poc), at=EARLY, client=desk.client, words=words, submission_id="form-1"
            )
        ]
        * PEOPLE
    )
    assert CommercialQuestion.objects.count() == 1
    assert Record.objects.filter(kind="question.asked").count() == 1

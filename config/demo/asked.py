"""What clients ask beside their tickets: the account executive, a maker's fix, an engineer at a weekend."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from accounts.models import Person
from accounts.queries import actor_for
from config.demo.acts import Telling
from config.demo.desk import Desk
from config.demo.player import Story
from config.demo.script import Case
from escalation.queries import bookable_people, first_bookable
from escalation.services import (
    BookingWish,
    FollowUp,
    QuestionWords,
    answer_client,
    ask_account_executive,
    confirm_booking,
    follow_up_development,
    request_booking,
)


def commercial_questions(desk: Desk, *, now: datetime) -> Story:
    """A question that the account executive has answered, and one that waits."""
    at = now - timedelta(days=4, hours=2)
    yield at
    poc = desk.by(desk.pocs[0])
    words = QuestionWords(
        topic="renewal",
        subject="When do we have to decide about next year?",
        text="Our board meets in three weeks. Until when does the present price hold?",
    )
    asked = ask_account_executive(actor=poc, at=at, client=desk.client, contract=desk.contract, words=words)
    at = now - timedelta(days=3)
    yield at
    executive = Person.objects.filter(staff_role="account_executive", is_active=True).order_by("id").first()
    if executive is not None:
        text = "It holds to the end of the year. A month before that you hear from me with both variants."
        answer_client(actor=actor_for(executive), at=at, question=asked, text=text)
    at = now - timedelta(hours=6)
    yield at
    words = QuestionWords(
        topic="licences", subject="Readers of the archive", text="Do people who only read need a licence?"
    )
    ask_account_executive(actor=poc, at=at, client=desk.client, contract=desk.contract, words=words)


def waiting_for_a_fix(desk: Desk, case: Case, *, now: datetime, is_late: bool) -> Story:
    """A ticket that waits for its maker; the day to ask again is ahead, or has passed."""
    telling = Telling(desk, case, dice=Random(f"fix-{case.subject}"))  # noqa: S311 - a demo, not a secret
    at = now - timedelta(days=12)
    yield at
    telling.file(at, channel="portal")
    at = desk.business.add(at, 900)
    yield at
    telling.decide(at)
    telling.answer(at)
    telling.begin(at)
    at = now - timedelta(days=10)
    yield at
    telling.wait_for_vendor(at)
    at = now - timedelta(days=6 if is_late else 1)
    yield at
    step = FollowUp(
        note="They can reproduce it; a fix is planned for the next minor release.",
        follow_up_on=(at + timedelta(days=4)).date(),
        vendor="Atlassian",
    )
    follow_up_development(actor=desk.by(telling.engineer), at=at, ticket=telling.ticket, step=step)


def weekend_bookings(desk: Desk, *, now: datetime) -> Story:
    """An engineer who is confirmed for an upgrade, and another wish that waits for a yes or no."""
    at = now - timedelta(days=9)
    yield at
    poc, first = desk.by(desk.pocs[0]), first_bookable(desk.contract, at=at + timedelta(hours=1))
    if first is None:
        return
    starts_at = first + timedelta(hours=2)
    wish = BookingWish(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=6),
        summary="Upgrade to the next long-term release",
        detail="The rehearsal on the copy went well. We need somebody for the plug-ins.",
    )
    booked = request_booking(actor=poc, at=at, contract=desk.contract, wish=wish)
    at = now - timedelta(days=7)
    yield at
    engineer = bookable_people(desk.contract).filter(staff_role="engineer").order_by("name").first()
    if engineer is not None:
        text = "I call you the day before."
        confirm_booking(actor=desk.by(desk.lead), at=at, booking=booked, engineer=engineer, answer=text)
    at = now - timedelta(hours=20)
    yield at
    begins = starts_at + timedelta(days=21)
    wish = BookingWish(starts_at=begins, ends_at=begins + timedelta(hours=4), summary="Move of the database")
    request_booking(actor=poc, at=at, contract=desk.contract, wish=wish)

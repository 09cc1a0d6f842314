"""Work that the plan leaves out, from the filing to the clock that runs once both sides agreed."""

from __future__ import annotations

import pytest

from accounts.models import Person
from hours.services import log_time
from notify.models import Delivery
from notify.services import dispatch
from slo.queries import clocks_of
from tests.factories import actor_of, make_staff
from tests.flows.story import FILED, Cast, cast_for, later
from tickets.models import Ticket
from tickets.queries import open_approvals
from tickets.services import decide_approval, open_ticket, seek_cover


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of the story on Total Care, whose scope leaves licences out."""
    return cast_for("total-care")


@pytest.fixture
def outside(cast: Cast) -> Ticket:
    """A ticket about licences, filed all the same."""
    return open_ticket(
        actor=cast.client_side,
        at=FILED,
        contract=cast.contract,
        request_type="incident",
        urgency="critical",
        category="licensing",
        subject="Count our licences",
        description="How many do we use?",
    )


def seek(cast: Cast, ticket: Ticket, way: str) -> None:
    seek_cover(actor=cast.client_side, at=later(5), ticket=ticket, way=way, words="We need it for the audit.")
    dispatch(at=later(6))


def decide(by: Person, minutes: int) -> None:
    approval = open_approvals(actor_of(by)).get()
    decide_approval(actor=actor_of(by), at=later(minutes), approval=approval, approve=True)
    dispatch(at=later(minutes))


def told(person: Person, kind: str) -> bool:
    return Delivery.objects.filter(person=person, record__kind=kind, channel="email").exists()


def test_filed_anyway_it_carries_no_service_level(outside: Ticket) -> None:
    (clock,) = clocks_of([outside.pk])[outside.pk]
    assert (clock.state, outside.coverage) == ("exempt", "excluded")


def test_the_lead_hears_of_a_wish_and_the_point_of_contact_of_the_answer(cast: Cast, outside: Ticket) -> None:
    lead = make_staff("lead")
    seek(cast, outside, "exception_request")
    assert told(lead, "approval.asked")
    assert not told(cast.account_executive, "approval.asked")

    decide(lead, 10)
    assert told(cast.poc, "approval.decided")
    assert told(cast.poc, "approval.asked")


def test_a_change_request_goes_to_the_account_executive(cast: Cast, outside: Ticket) -> None:
    lead = make_staff("lead")
    seek(cast, outside, "change_request")
    assert told(cast.account_executive, "approval.asked")
    assert not told(lead, "approval.asked")


def test_the_clock_runs_from_the_agreement_on(cast: Cast, outside: Ticket) -> None:
    seek(cast, outside, "change_request")
    decide(cast.account_executive, 60)

    (clock,) = clocks_of([outside.pk])[outside.pk]
    assert (clock.state, clock.due_at) == ("running", later(90))


def test_an_exception_needs_both_sides_before_the_clock_runs(cast: Cast, outside: Ticket) -> None:
    lead = make_staff("lead")
    seek(cast, outside, "exception_request")
    decide(lead, 30)
    assert clocks_of([outside.pk])[outside.pk][0].state == "exempt"

    decide(cast.poc, 60)
    assert clocks_of([outside.pk])[outside.pk][0].due_at == later(90)


def test_work_is_drawn_only_after_the_agreement(cast: Cast, outside: Ticket) -> None:
    seek(cast, outside, "change_request")
    decide(cast.account_executive, 10)

    entry = log_time(
        actor=cast.desk_side,
        at=later(60),
        ticket=outside,
        minutes=20,
        worked_on=FILED.date(),
        note="Counted them",
    )
    assert (entry.state, entry.billed_minutes) == ("drawn", 30)

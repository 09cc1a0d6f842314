"""The first page: what waits for the reader, open tickets with their next moment, hours, what comes."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hours.services import request_overage
from tests.factories import Desk, actor_of, make_ticket
from tests.web.portal.conftest import EnterAs
from tickets.services import ask_approval, change_status, propose_urgency


def test_an_open_ticket_shows_by_when_one_hears_from_us(desk: Desk, enter: EnterAs) -> None:
    make_ticket(desk.contract, requester=desk.poc, at=timezone.now(), subject="Boards load slowly")
    page = enter("poc").page("home")
    assert "Boards load slowly" in page
    assert "First answer" in page


def test_an_approval_waits_for_the_point_of_contact(desk: Desk, enter: EnterAs) -> None:
    ticket = make_ticket(desk.contract, requester=desk.member, at=timezone.now())
    ask_approval(
        actor=actor_of(desk.engineer),
        at=timezone.now(),
        ticket=ticket,
        kind="other",
        question="May we restart tonight?",
        asked_of_role="poc",
    )
    assert "May we restart tonight?" in enter("poc").page("home")


def test_work_beyond_the_hours_waits_for_the_point_of_contact_alone(desk: Desk, enter: EnterAs) -> None:
    ticket = make_ticket(desk.contract, requester=desk.member, at=timezone.now())
    request_overage(
        actor=actor_of(desk.engineer), at=timezone.now(), ticket=ticket, minutes=210, text="Half a day."
    )
    assert "Approve 3:30 beyond your support hours" in enter("poc").page("home")
    assert "3:30" not in enter("member").page("home")


def test_a_proposed_urgency_waits_in_the_words_of_the_plan(desk: Desk, enter: EnterAs) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, at=timezone.now())
    propose_urgency(
        actor=actor_of(desk.engineer), at=timezone.now(), ticket=ticket, urgency="low", reason="Cosmetic."
    )
    assert "Is Low the right urgency?" in enter("poc").page("home")


def test_a_solved_ticket_waits_to_be_confirmed(desk: Desk, enter: EnterAs) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, at=timezone.now())
    for to, summary in (("in_progress", ""), ("resolved", "The filter was repaired.")):
        change_status(actor=actor_of(desk.engineer), at=timezone.now(), ticket=ticket, to=to, summary=summary)
    assert "Is it solved for you?" in enter("poc").page("home")


def test_with_nothing_to_do_the_page_says_so(desk: Desk, enter: EnterAs) -> None:
    page = enter("poc").page("home")
    assert "Nothing. It is our turn." in page
    assert "Nothing is open" in page


def test_hours_left_show_to_those_who_may_see_them(desk: Desk, enter: EnterAs) -> None:
    assert "10:00" in enter("poc").page("home")
    assert "Support hours" not in enter("member").page("home")


def test_an_observer_is_offered_no_new_ticket(desk: Desk, enter: EnterAs) -> None:
    assert "New ticket" not in enter("observer").page("home")


def test_a_member_sees_own_tickets_alone(desk: Desk, enter: EnterAs) -> None:
    make_ticket(desk.contract, requester=desk.poc, at=timezone.now(), subject="The payroll of the board")
    make_ticket(desk.contract, requester=desk.member, at=timezone.now(), subject="My own matter")
    page = enter("member").page("home")
    assert "My own matter" in page
    assert "payroll" not in page


def test_statements_do_not_grow_with_tickets(desk: Desk, enter: EnterAs) -> None:
    door = enter("poc")

    def cost() -> int:
        door.page("home")
        with CaptureQueriesContext(connection) as made:
            door.page("home")
        return len(made)

    assert _grown(desk, cost) == 0
    assert cost() <= 10


def _grown(desk: Desk, cost: Callable[[], int]) -> int:
    make_ticket(desk.contract, requester=desk.poc, at=timezone.now())
    one = cost()
    for _ in range(4):
        make_ticket(desk.contract, requester=desk.poc, at=timezone.now())
    return cost() - one

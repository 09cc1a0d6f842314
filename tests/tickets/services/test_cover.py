"""Ways out for work that the plan leaves out."""

import pytest

from accounts.models import Person
from contracts.queries import effective_plan
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_desk, make_ticket, refused
from tickets.models import Approval, Ticket
from tickets.queries import approvals_of, open_approvals
from tickets.services import ask_approval, change_status, decide_approval, seek_cover


@pytest.fixture
def outside(desk: Desk) -> Ticket:
    """A ticket about work that the plan leaves out."""
    return make_ticket(desk.contract, requester=desk.poc, category="licensing")


def seek(ticket: Ticket, by: Person, way: str = "exception_request", words: str = "Please.") -> Approval:
    return seek_cover(actor=actor_of(by), at=MONDAY, ticket=ticket, way=way, words=words)


def decide(approval: Approval, by: Person, *, approve: bool = True, comment: str = "") -> None:
    decide_approval(actor=actor_of(by), at=MONDAY, approval=approval, approve=approve, comment=comment)


def standing(ticket: Ticket) -> tuple[str, bool]:
    ticket.refresh_from_db()
    return ticket.coverage, bool(ticket.exempt_reason)


def test_a_request_for_an_exception_waits_for_a_lead(desk: Desk, outside: Ticket) -> None:
    asked = seek(outside, desk.poc)
    assert list(open_approvals(actor_of(desk.lead))) == [asked]
    assert list(open_approvals(actor_of(desk.poc))) == []


def test_a_change_request_waits_for_the_account_executive(desk: Desk, outside: Ticket) -> None:
    asked = seek(outside, desk.poc, "change_request")
    assert list(open_approvals(actor_of(desk.account_executive))) == [asked]
    assert list(open_approvals(actor_of(desk.lead))) == []


def test_the_client_follows_what_it_asked_for(desk: Desk, outside: Ticket) -> None:
    asked = seek(outside, desk.poc)
    assert list(approvals_of(actor_of(desk.poc), outside)) == [asked]
    assert Record.objects.get(kind="approval.asked").data["visibility"] == "public"


def test_a_granted_exception_waits_for_the_point_of_contact(desk: Desk, outside: Ticket) -> None:
    decide(seek(outside, desk.poc, words="Count our licences"), desk.lead, comment="Once only")
    (confirm,) = open_approvals(actor_of(desk.poc))
    assert (confirm.kind, confirm.asked_of_role) == ("exception", "poc")
    assert "Count our licences" in confirm.question
    assert "Once only" in confirm.question
    assert standing(outside) == ("excluded", True)


def test_a_confirmed_exception_brings_the_ticket_into_the_scope(desk: Desk, outside: Ticket) -> None:
    decide(seek(outside, desk.poc), desk.lead)
    decide(open_approvals(actor_of(desk.poc)).get(), desk.poc)
    assert standing(outside) == ("exception", False)
    changed = Record.objects.get(kind="ticket.details_changed").data["changes"]
    assert changed["coverage"] == ["excluded", "exception"]
    assert changed["exempt_reason"][1] == ""


def test_a_change_request_brings_it_in_at_once(desk: Desk, outside: Ticket) -> None:
    decide(seek(outside, desk.poc, "change_request"), desk.account_executive)
    assert standing(outside) == ("change", False)


@pytest.mark.parametrize(
    ("way", "by"), [("exception_request", "lead"), ("change_request", "account_executive")]
)
def test_a_declined_request_leaves_it_outside(desk: Desk, outside: Ticket, way: str, by: str) -> None:
    decide(seek(outside, desk.poc, way), desk.person(by), approve=False, comment="Not ours")
    assert standing(outside) == ("excluded", True)
    assert not open_approvals(actor_of(desk.poc)).exists()


def test_a_member_asks_for_their_own_and_the_point_of_contact_confirms(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.member, category="licensing")
    decide(seek(ticket, desk.member), desk.lead)
    confirm = open_approvals(actor_of(desk.poc)).get()
    with refused(NotAllowed):
        decide(confirm, desk.member)
    decide(confirm, desk.poc)
    assert standing(ticket) == ("exception", False)


def test_what_is_covered_needs_no_way_out(desk: Desk, ticket: Ticket) -> None:
    with refused(Conflict, "needs no exception"):
        seek(ticket, desk.poc)


def test_what_is_over_needs_none_either(desk: Desk, outside: Ticket) -> None:
    change_status(actor=actor_of(desk.poc), at=MONDAY, ticket=outside, to="cancelled")
    with refused(Conflict):
        seek(outside, desk.poc)


def test_the_same_is_not_asked_twice(desk: Desk, outside: Ticket) -> None:
    seek(outside, desk.poc)
    with refused(Conflict, "asked already"):
        seek(outside, desk.poc, words="Again")


@pytest.mark.parametrize(
    ("way", "words", "field"), [("wish", "Please", "way"), ("change_request", " ", "words")]
)
def test_a_request_that_says_nothing_is_refused(
    desk: Desk, outside: Ticket, way: str, words: str, field: str
) -> None:
    with refused(Invalid, field=field):
        seek(outside, desk.poc, way, words)


@pytest.mark.parametrize("role", ["observer", "engineer", "account_executive"])
def test_others_do_not_ask_in_the_clients_name(desk: Desk, outside: Ticket, role: str) -> None:
    with refused(NotAllowed):
        seek(outside, desk.person(role))


def test_another_client_finds_no_such_ticket(outside: Ticket, other_desk: Desk) -> None:
    with refused(NotHere):
        seek(outside, other_desk.poc)


@pytest.mark.parametrize("role", ["lead", "engineer", "member"])
def test_nobody_but_a_point_of_contact_settles_an_exception(desk: Desk, outside: Ticket, role: str) -> None:
    with refused(Invalid, field="asked_of"):
        ask_approval(
            actor=actor_of(desk.engineer),
            at=MONDAY,
            ticket=outside,
            kind="exception",
            question="Take it?",
            asked_of_role=role,
        )


def test_an_exception_under_best_efforts_still_promises_no_time(db: None) -> None:
    desk = make_desk(plan="pay-as-you-go")
    services = effective_plan(desk.contract).services
    category = next(one.key for one in services if one.stance == "add_on")
    ticket = make_ticket(desk.contract, requester=desk.poc, category=category)
    decide(seek(ticket, desk.poc, "change_request"), desk.account_executive)
    assert standing(ticket) == ("change", True)


def test_a_channel_that_does_not_count_stays_without_clocks(desk: Desk) -> None:
    ticket = make_ticket(
        desk.contract,
        requester=desk.poc,
        actor=actor_of(desk.engineer),
        category="licensing",
        channel="email",
    )
    decide(seek(ticket, desk.poc, "change_request"), desk.account_executive)
    assert standing(ticket) == ("change", True)

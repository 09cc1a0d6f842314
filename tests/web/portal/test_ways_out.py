"""What the client reads and asks where the plan leaves something out, and what holds for its contract."""

import pytest

from contracts.models import Contract
from contracts.services import amend
from tests.factories import MONDAY, Desk, actor_of, make_desk, make_ticket
from tests.web.portal.conftest import EnterAs
from tickets.models import Approval, Ticket

EXCEPTION = {"way": "exception_request", "words": "For the audit"}


@pytest.fixture
def outside(desk: Desk) -> Ticket:
    """A ticket about licences, which the plan leaves out."""
    return make_ticket(desk.contract, requester=desk.poc, category="licensing")


def test_the_ticket_offers_both_ways_out(enter: EnterAs, outside: Ticket) -> None:
    text = enter().page("ticket", key=outside.key)
    assert "Ask for an exception" in text
    assert "Ask for an order of its own" in text


def test_a_covered_ticket_offers_none(desk: Desk, enter: EnterAs) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc)
    assert "Ask for an exception" not in enter().page("ticket", key=ticket.key)


def test_what_was_asked_for_shows_without_a_form_to_decide_it(enter: EnterAs, outside: Ticket) -> None:
    assert enter().post("seek_cover", EXCEPTION, key=outside.key).status_code == 302
    text = enter().page("ticket", key=outside.key)
    assert "a lead of ours answers" in text
    assert "Your approval is asked" not in text


def test_nothing_typed_comes_back_with_what_to_do(enter: EnterAs, outside: Ticket) -> None:
    reply = enter().post("seek_cover", {**EXCEPTION, "words": " "}, key=outside.key)
    assert "Say what you need and why." in reply.content.decode()
    assert not Approval.objects.exists()


def test_an_observer_asks_for_nothing(enter: EnterAs, outside: Ticket) -> None:
    assert "Ask for an exception" not in enter("observer").page("ticket", key=outside.key)
    enter("observer").post("seek_cover", EXCEPTION, key=outside.key)
    assert not Approval.objects.exists()


def test_the_plan_shows_what_was_agreed_with_this_client_alone(desk: Desk, enter: EnterAs) -> None:
    said = {"path": "close_after_days", "reason": "Launch year", "agreed_by_client": "Ann Smith"}
    amend(actor=actor_of(desk.administrator), at=MONDAY, contract=desk.contract, value=3, **said)
    text = enter().page("plan")
    assert "Solved tickets close by themselves after (days): <strong>3</strong>" in text
    assert f"Ann Smith and {desk.administrator.name}" in text


def test_the_plan_says_what_a_restricted_pool_means(enter: EnterAs) -> None:
    words = "answers can take longer"
    assert words not in enter().page("plan")
    Contract.objects.update(restricts_engineers=True)
    assert words in enter().page("plan")


def test_the_plan_says_which_preconditions_are_in_place(enter: EnterAs) -> None:
    desk = make_desk("IDAL", plan="idalko-premium")
    assert "Not shown yet" in enter(person=desk.poc, slug=desk.client.slug).page("plan")

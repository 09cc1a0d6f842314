"""A ticket's page: what staff read on it, what stays with whom, and at what cost."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contracts.models import Sop, SopVersion
from contracts.queries import effective_plan
from notify.models import Delivery
from tests.factories import Desk, actor_of, make_team, make_ticket, reply
from tests.web.desk.conftest import SignIn, text_of
from tickets.models import Ticket
from tickets.services import (
    ask_approval,
    assign,
    change_details,
    change_status,
    decide_approval,
    link_tickets,
    post_message,
    propose_urgency,
    set_tags,
    watch,
)


def address(ticket: Ticket) -> str:
    """Where the ticket is on the desk."""
    return f"/desk/tickets/{ticket.key}/"


def note(ticket: Ticket, desk: Desk, body: str = "Mind rule four.") -> None:
    """An internal note of the engineer."""
    post_message(
        actor=actor_of(desk.engineer), at=timezone.now(), ticket=ticket, body=body, visibility="internal"
    )


def test_a_ticket_says_what_it_is_and_by_when(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    page = text_of(engineer, address(ticket))
    assert f">{ticket.subject}</h1>" in page
    assert "First response due" in page
    assert "Why is it due then?" in page
    assert desk.client.name in page


def test_foreign_and_missing_tickets_are_alike(desk: Desk, other: Desk, engineer: Client) -> None:
    foreign = make_ticket(other.contract, requester=other.poc)
    assert engineer.get(address(foreign)).status_code == 404
    assert engineer.get("/desk/tickets/HAL-999/").status_code == 404


def test_contacts_never_come_here(desk: Desk, sign_in: SignIn, ticket: Ticket) -> None:
    assert sign_in(desk.poc).get(address(ticket)).status_code == 404


def test_notes_and_replies_never_look_alike(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    note(ticket, desk)
    reply(ticket, desk.engineer, "We look into it.", at=timezone.now())
    page = text_of(engineer, address(ticket))
    assert "Internal note, client can’t see this" in page
    assert "cd-msg--note" in page
    assert "cd-msg--public" in page


def test_the_conversation_can_be_narrowed(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    note(ticket, desk)
    assert "Mind rule four." not in text_of(engineer, f"{address(ticket)}?talk=public")
    notes = text_of(engineer, f"{address(ticket)}?talk=notes")
    assert "Mind rule four." in notes
    assert "the board stays empty" not in notes


def test_an_account_executive_reads_no_notes_and_writes_nothing(
    desk: Desk, sign_in: SignIn, ticket: Ticket
) -> None:
    note(ticket, desk)
    page = text_of(sign_in(desk.account_executive), address(ticket))
    assert "Mind rule four." not in page
    assert 'id="composer"' not in page
    assert "Start timer" not in page


def test_what_happened_stands_between_the_messages(desk: Desk, lead: Client, ticket: Ticket) -> None:
    now = timezone.now()
    team = make_team(desk.engineer, key="lyon")
    assign(actor=actor_of(desk.lead), at=now, ticket=ticket, assignee=desk.engineer, team=team)
    assign(actor=actor_of(desk.engineer), at=now, ticket=ticket, team=team)
    set_tags(actor=actor_of(desk.engineer), at=now, ticket=ticket, tags=["disk"])
    change_details(actor=actor_of(desk.engineer), at=now, ticket=ticket, vendor_reference="V-1")
    change_status(actor=actor_of(desk.engineer), at=now, ticket=ticket, to="waiting_on_vendor")
    page = text_of(lead, address(ticket))
    for words in (
        f"gave it to {desk.engineer.name}.",
        "put it back into the queue of LYON.",
        "tagged it disk.",
        "changed the maker’s reference.",
        "set it to Waiting on vendor.",
    ):
        assert words in page, words


def test_who_takes_a_ticket_is_not_said_to_give_it_away(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    assign(actor=actor_of(desk.engineer), at=timezone.now(), ticket=ticket, assignee=desk.engineer)
    assert "took it." in text_of(engineer, address(ticket))


def test_a_reply_says_which_promise_it_kept(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    reply(ticket, desk.engineer, at=timezone.now() - timedelta(minutes=25))
    assert "First response met" in text_of(engineer, address(ticket))


def test_what_became_of_the_mails_stands_at_the_message(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    reply(ticket, desk.engineer, at=timezone.now())
    Delivery.objects.filter(ticket=ticket).update(
        state="failed", due_at=None, outcome="550 no such mailbox", settled_at=timezone.now()
    )
    page = text_of(engineer, address(ticket))
    assert "Mail failed" in page
    assert "550 no such mailbox" in page
    assert f"Send to {desk.poc.name} again" in page


def test_approvals_stand_in_the_conversation(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    asked = ask_approval(
        actor=actor_of(desk.engineer),
        at=timezone.now(),
        ticket=ticket,
        kind="on_site",
        question="May we come?",
        asked_of_role="poc",
    )
    assert "Waiting for an answer" in text_of(engineer, address(ticket))
    decide_approval(
        actor=actor_of(desk.poc), at=timezone.now(), approval=asked, approve=True, comment="Not at noon."
    )
    page = text_of(engineer, address(ticket))
    assert f"Approved by {desk.poc.name}." in page
    assert "Not at noon." in page


def test_golden_rules_of_the_service_stand_beside_the_ticket(desk: Desk, engineer: Client) -> None:
    service = effective_plan(desk.contract).services[0].key
    sop = Sop.objects.create(contract=desk.contract, number=4, title="Second pair of eyes")
    then = timezone.now() - timedelta(days=30)
    SopVersion.objects.create(
        sop=sop,
        number=1,
        body="Nothing goes live without Bram.",
        categories=[service],
        approval_role="poc",
        proposed_by=desk.csm,
        proposed_at=then,
        in_force_at=then,
    )
    made = make_ticket(desk.contract, requester=desk.poc, category=service, at=timezone.now())
    page = text_of(engineer, address(made))
    assert "Golden rule 4, version 1: Second pair of eyes" in page
    rule = text_of(engineer, f"{address(made)}rules/{sop.pk}/")
    assert "In force" in rule
    assert "Nothing goes live without Bram." in rule
    assert "work cannot start" in page


def test_links_proposals_and_watchers_are_shown(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    other = make_ticket(desk.contract, requester=desk.poc)
    now = timezone.now()
    link_tickets(actor=actor_of(desk.engineer), at=now, source=ticket, target=other, kind="blocks")
    watch(actor=actor_of(desk.lead), at=now, ticket=ticket)
    propose_urgency(actor=actor_of(desk.engineer), at=now, ticket=ticket, urgency="low", reason="A detail.")
    page = text_of(engineer, address(ticket))
    assert f'<a href="{address(other)}">{other.key}</a>' in page
    assert desk.lead.name in page
    assert "Urgency proposed: Low" in page


def test_a_finished_ticket_offers_only_what_can_still_be_done(
    desk: Desk, engineer: Client, ticket: Ticket
) -> None:
    change_status(actor=actor_of(desk.engineer), at=timezone.now(), ticket=ticket, to="cancelled")
    page = text_of(engineer, address(ticket))
    assert "Merge into another ticket" not in page
    assert "Log a call" in page


def test_those_who_watch_over_the_client_are_led_to_its_page(
    engineer: Client, lead: Client, ticket: Ticket
) -> None:
    assert "Open client" not in text_of(engineer, address(ticket))
    assert '<a class="cd-sm" href="/success/clients/hal/">Open client</a>' in text_of(lead, address(ticket))


def test_the_list_of_acts_has_a_page_of_its_own(engineer: Client, ticket: Ticket) -> None:
    assert "Ask for an approval" in text_of(engineer, f"{address(ticket)}more/")


def test_a_long_conversation_costs_no_more_than_a_short_one(
    desk: Desk, engineer: Client, ticket: Ticket
) -> None:
    reply(ticket, desk.engineer, at=timezone.now())
    note(ticket, desk)
    text_of(engineer, address(ticket))
    with CaptureQueriesContext(connection) as short:
        text_of(engineer, address(ticket))
    for n in range(8):
        reply(ticket, desk.engineer, f"More {n}", at=timezone.now())
        reply(ticket, desk.poc, f"Answer {n}", at=timezone.now())
    with CaptureQueriesContext(connection) as long:
        page = text_of(engineer, address(ticket))
    assert "Answer 7" in page
    assert len(long) == len(short)

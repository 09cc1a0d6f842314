"""What the page of a ticket costs the database when everything hangs on it."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from escalation.models import Tier
from escalation.services import raise_escalation
from hours.services import start_timer
from tests.factories import Desk, actor_of, make_desk, make_environment, make_ticket, reply
from tests.web.desk.conftest import SignIn, text_of
from tickets.models import Ticket
from tickets.services import ask_approval, draft_document, link_tickets, plan_change, propose_urgency


def loaded(desk: Desk) -> Ticket:
    """An outage that people link, time, plan, escalate, ask and write about."""
    now, staff = timezone.now(), actor_of(desk.engineer)
    ticket = make_ticket(
        desk.contract,
        requester=desk.poc,
        request_type="outage-incident",
        urgency="critical",
        environment=make_environment(desk.contract),
        at=now - timedelta(minutes=30),
    )
    Tier.objects.create(
        client=desk.client,
        contract=desk.contract,
        level=1,
        label="First",
        person=desk.lead,
        acknowledge_seconds=60,
    )
    reply(ticket, desk.engineer, "We look into it.", at=now)
    link_tickets(actor=staff, at=now, source=ticket, target=make_ticket(desk.contract, at=now), kind="blocks")
    propose_urgency(actor=staff, at=now, ticket=ticket, urgency="low", reason="A detail.")
    ask_approval(actor=staff, at=now, ticket=ticket, kind="on_site", question="So?", asked_of_role="poc")
    plan_change(actor=staff, at=now, ticket=ticket, template="patch")
    draft_document(actor=staff, at=now, ticket=ticket, kind="root_cause", body="It was the disk.")
    start_timer(actor=staff, at=now, ticket=ticket)
    raise_escalation(actor=staff, at=now, ticket=ticket, ground="other", reason="It burns.")
    return ticket


def test_a_ticket_with_everything_on_it_costs_fifteen_statements(db: None, sign_in: SignIn) -> None:
    desk = make_desk("HOST", plan="managed-self-hosted")
    browser, address = sign_in(desk.engineer), f"/desk/tickets/{loaded(desk).key}/"
    text_of(browser, address)
    with CaptureQueriesContext(connection) as made:
        page = text_of(browser, address)
    assert "Urgency proposed" in page
    assert len(made) <= 15


def test_an_ordinary_ticket_costs_twelve(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    reply(ticket, desk.engineer, at=timezone.now())
    text_of(engineer, f"/desk/tickets/{ticket.key}/")
    with CaptureQueriesContext(connection) as made:
        text_of(engineer, f"/desk/tickets/{ticket.key}/")
    assert len(made) <= 12

"""News of the other floors: escalations, hours, planned services; each reaches its people in their words."""

import pytest
from django.core.mail import EmailMessage
from django.urls import resolve

from accounts.models import Person
from escalation.events import (
    EscalationAcknowledged,
    EscalationRaised,
    EscalationResolved,
    EscalationUnanswered,
)
from escalation.models import Tier
from hours.events import (
    BalanceWarned,
    OverageDecided,
    OverageRequested,
    TopUpDecided,
    TopUpRequested,
)
from notify.lines import LINES
from notify.links import link_for
from notify.models import Notice
from notify.routing import ADDRESSED, ROUTES
from proactive.events import (
    OccurrenceDelivered,
    OccurrenceMissed,
    OccurrencePlanned,
    OccurrenceRequested,
)
from tests.factories import make_staff, make_team, make_ticket
from tests.notify.told import Desk, about, clear, happened, mailed, names, tell, ticket_facts
from tickets.models import Ticket


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket of the member, told already."""
    made = make_ticket(desk.contract, requester=desk.member)
    clear()
    return made


def add_tier(desk: Desk, level: int, **who: object) -> None:
    """A tier on the contract's path, instead of the one that was there."""
    Tier.objects.filter(contract=desk.contract, level=level).delete()
    Tier.objects.create(
        client=desk.client, contract=desk.contract, level=level, label="x", acknowledge_seconds=60, **who
    )


def subjects(mails: list[EmailMessage], person: Person) -> list[str]:
    """The subjects of the mails to that person."""
    return [str(mail.subject) for mail in mails if mail.to == [person.email]]


def test_an_escalation_reaches_the_person_and_the_deputy_of_its_tier(desk: Desk, ticket: Ticket) -> None:
    first, deputy, other = (make_staff("lead") for _ in range(3))
    add_tier(desk, 1, person=first, deputy=deputy)
    add_tier(desk, 2, person=other)
    facts = ticket_facts(ticket, escalation_id=1, level=1, ground="free", reason="Still broken.")
    happened(EscalationRaised(**facts), by=desk.poc)
    tell()
    assert mailed("escalation.raised") == names(first, deputy)


def test_a_tier_may_be_a_team(desk: Desk, ticket: Ticket) -> None:
    people = [make_staff("engineer", clients=(desk.client,)) for _ in range(2)]
    add_tier(desk, 1, team=make_team(*people))
    facts = ticket_facts(ticket, escalation_id=1, level=1, ground="free", reason="Still broken.")
    happened(EscalationRaised(**facts), by=desk.poc)
    tell()
    assert mailed("escalation.raised") == names(*people)


def test_the_client_hears_who_took_the_escalation_on_and_how_it_ended(
    desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    facts = ticket_facts(ticket, escalation_id=1, level=1)
    happened(EscalationAcknowledged(**facts), by=desk.lead)
    happened(EscalationResolved(**facts, outcome="solved", text="The index was rebuilt."), by=desk.lead)
    tell()
    told = subjects(mailoutbox, desk.member)
    assert told == ["ACME-1: your escalation is taken on", "ACME-1: the escalation is settled"]
    assert "The index was rebuilt." in mailoutbox[-1].body


def test_an_escalation_that_nobody_answered_reaches_the_leads(desk: Desk, ticket: Ticket) -> None:
    happened(EscalationUnanswered(**ticket_facts(ticket, escalation_id=1, level=3)))
    tell()
    assert mailed("escalation.unanswered") == names(desk.lead, desk.csm)


def test_a_used_up_balance_is_told_to_the_points_of_contact(
    desk: Desk, mailoutbox: list[EmailMessage]
) -> None:
    clear()
    facts = about(desk.client, desk.contract.pk, percent=90, available=240, capacity=2400)
    happened(BalanceWarned(**facts))
    tell()
    assert subjects(mailoutbox, desk.poc) == ["Acme Ltd: 90 % of the support hours are used"]
    assert "4:00 of 40:00 are left" in mailoutbox[0].body
    assert "http://127.0.0.1:8000/p/acme/hours/" in mailoutbox[0].body


def test_more_hours_are_asked_of_the_points_of_contact_and_the_answer_goes_to_the_leads(
    desk: Desk, mailoutbox: list[EmailMessage]
) -> None:
    clear()
    facts = about(desk.client, desk.contract.pk, request_id=1, ticket_key="ACME-1", minutes=90)
    happened(OverageRequested(**facts, origin="held"))
    happened(OverageDecided(**facts, state="approved"), by=desk.poc)
    tell()
    assert subjects(mailoutbox, desk.poc) == ["ACME-1: 1:30 more hours need your approval"]
    assert subjects(mailoutbox, desk.lead) == ["ACME-1: 1:30 more hours approved"]


def test_an_order_goes_to_the_account_executive_and_the_answer_to_the_client(
    desk: Desk, mailoutbox: list[EmailMessage]
) -> None:
    clear()
    facts = about(desk.client, desk.contract.pk, top_up_id=1, label="Pack of 20 hours", minutes=1200)
    happened(TopUpRequested(**facts, price_minor_units=350000, currency="GBP"), by=desk.poc)
    happened(TopUpDecided(**facts, state="confirmed"), by=desk.account_executive)
    tell()
    assert subjects(mailoutbox, desk.account_executive) == ["Acme Ltd: Pack of 20 hours ordered"]
    assert subjects(mailoutbox, desk.poc) == ["Acme Ltd: Pack of 20 hours confirmed"]


def test_planned_services_are_named_as_the_plan_names_them(
    desk: Desk, mailoutbox: list[EmailMessage]
) -> None:
    clear()
    facts = about(
        desk.client, 1, contract_id=desk.contract.pk, service="health-assessment", due_on="2026-10-01"
    )
    happened(OccurrenceRequested(**facts), by=desk.poc)
    happened(OccurrencePlanned(**facts, planned_on="2026-09-29"), by=desk.csm)
    happened(OccurrenceMissed(**facts))
    happened(OccurrenceDelivered(**facts, proof="report"), by=desk.csm)
    tell()
    assert "Tue 29 Sep 2026" in subjects(mailoutbox, desk.poc)[0]
    assert len(subjects(mailoutbox, desk.poc)) == len(subjects(mailoutbox, desk.csm)) == 2


@pytest.mark.parametrize("side", ["poc", "csm"])
def test_every_notice_leads_to_a_page_that_exists(desk: Desk, ticket: Ticket, side: str) -> None:
    person = desk.person(side)
    record = happened(EscalationUnanswered(**ticket_facts(ticket, escalation_id=1, level=3)))
    link = link_for(record, is_staff=person.works_here, client=desk.client)
    assert link == ("/desk/tickets/ACME-1/" if side == "csm" else "/p/acme/tickets/ACME-1/")
    if side == "poc":
        assert resolve(link).kwargs["key"] == "ACME-1"


def test_a_notice_names_the_ticket_and_quotes_nobody(desk: Desk, ticket: Ticket) -> None:
    happened(EscalationUnanswered(**ticket_facts(ticket, escalation_id=1, level=3)))
    tell()
    notice = Notice.objects.get(person=desk.csm)
    assert notice.text == "ACME-1: nobody answered the escalation, and no tier stands above"


def test_every_kind_that_is_told_has_its_line() -> None:
    assert set(ROUTES) == set(LINES)
    assert not set(ADDRESSED) & set(ROUTES)

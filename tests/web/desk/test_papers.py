"""Documents that are owed and planned changes, as staff work on them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import Desk, actor_of, make_desk, make_ticket
from tests.web.desk.conftest import LATELY, SignIn, text_of
from tickets.models import ChangeStep, Document, DocumentEdition, Ticket
from tickets.services import change_status, plan_change

LONG_AGO = timedelta(days=30)


@pytest.fixture
def desk(db: None) -> Desk:
    """A client whose incidents end in a root cause analysis."""
    return make_desk("HOST", plan="managed-self-hosted", starts_on=LATELY)


@pytest.fixture
def outage(desk: Desk) -> Ticket:
    """An outage of the worst urgency, a month ago."""
    at = timezone.now() - LONG_AGO
    return make_ticket(desk.contract, requester=desk.poc, at=at, request_type="outage-incident")


def solve(ticket: Ticket, desk: Desk) -> None:
    """The incident was solved a month ago."""
    at = timezone.now() - LONG_AGO
    change_status(actor=actor_of(desk.engineer), at=at, ticket=ticket, to="resolved", summary="Restarted.")


def paper(ticket: Ticket) -> str:
    """Where its root cause is written."""
    return f"/desk/tickets/{ticket.key}/documents/root_cause/"


def test_an_open_incident_offers_to_begin_its_root_cause(engineer: Client, outage: Ticket) -> None:
    page = text_of(engineer, f"/desk/tickets/{outage.key}/")
    assert "owed once the ticket is solved" in page
    assert paper(outage) in page


def test_a_late_document_is_said_to_be_late_wherever_it_stands(
    desk: Desk, engineer: Client, outage: Ticket
) -> None:
    solve(outage, desk)
    for address in (f"/desk/tickets/{outage.key}/", "/desk/documents/", paper(outage)):
        assert "Late</span>" in text_of(engineer, address)
    assert "1 is late." in text_of(engineer, "/desk/documents/")
    assert "1 document is late" in text_of(engineer, "/desk/")


def test_a_draft_is_kept_and_shown_as_it_would_read(engineer: Client, outage: Ticket) -> None:
    answer = engineer.post(paper(outage), {"act": "draft", "body": "The **disk** was full."})
    assert answer.status_code == 302
    assert "<strong>disk</strong>" in text_of(engineer, paper(outage))
    assert not DocumentEdition.objects.exists()


def test_a_document_is_published(engineer: Client, outage: Ticket) -> None:
    engineer.post(paper(outage), {"act": "publish", "body": "The disk was full."})
    assert DocumentEdition.objects.get().body == "The disk was full."
    assert "Edition 1" in text_of(engineer, paper(outage))


def test_an_empty_document_comes_back_with_words(engineer: Client, outage: Ticket) -> None:
    answer = engineer.post(paper(outage), {"act": "publish", "body": " "})
    assert answer.status_code == 422
    assert "Write the document first." in answer.content.decode()
    assert not Document.objects.exists()


def test_a_document_that_is_not_owed_has_no_page(desk: Desk, engineer: Client) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, request_type="service-request")
    assert engineer.get(paper(ticket)).status_code == 404


def test_an_account_executive_reads_and_writes_nothing(desk: Desk, sign_in: SignIn, outage: Ticket) -> None:
    browser = sign_in(desk.account_executive)
    assert "<textarea" not in text_of(browser, paper(outage))
    assert browser.post(paper(outage), {"act": "publish", "body": "Mine"}).status_code == 403


def test_the_list_takes_as_many_statements_for_many(desk: Desk, engineer: Client, outage: Ticket) -> None:
    solve(outage, desk)
    text_of(engineer, "/desk/documents/")
    with CaptureQueriesContext(connection) as one:
        text_of(engineer, "/desk/documents/")
    for _ in range(3):
        solve(make_ticket(desk.contract, requester=desk.poc, request_type="outage-incident"), desk)
    with CaptureQueriesContext(connection) as many:
        text_of(engineer, "/desk/documents/")
    assert len(many) == len(one)


def test_a_change_is_planned_and_ticked_off(engineer: Client, outage: Ticket) -> None:
    home = f"/desk/tickets/{outage.key}/"
    engineer.post(f"{home}change/", {"template": "patch"})
    step = ChangeStep.objects.earliest("id")
    assert "0 of 7 done" in text_of(engineer, home)
    engineer.post(f"{home}steps/{step.pk}/", {"act": "tick", "remark": "CVE-2026-1"})
    page = text_of(engineer, home)
    assert "1 of 7 done" in page
    assert "CVE-2026-1" in page
    engineer.post(f"{home}steps/{step.pk}/", {"act": "untick"})
    assert "0 of 7 done" in text_of(engineer, home)


def test_a_template_in_use_is_not_offered_again(desk: Desk, engineer: Client, outage: Ticket) -> None:
    plan_change(actor=actor_of(desk.engineer), at=timezone.now(), ticket=outage, template="patch")
    page = text_of(engineer, f"/desk/tickets/{outage.key}/change/")
    assert 'value="upgrade"' in page
    assert 'value="patch"' not in page


def test_a_step_is_added(desk: Desk, engineer: Client, outage: Ticket) -> None:
    plan_change(actor=actor_of(desk.engineer), at=timezone.now(), ticket=outage, template="patch")
    where = f"/desk/tickets/{outage.key}/change/patch/steps/"
    engineer.post(where, {"stage": "after", "label": "Ask Bram"})
    assert "Ask Bram" in text_of(engineer, f"/desk/tickets/{outage.key}/")
    assert engineer.get(where.replace("patch", "upgrade")).status_code == 404


def test_a_step_of_another_ticket_is_not_there(desk: Desk, engineer: Client, outage: Ticket) -> None:
    other = make_ticket(desk.contract, requester=desk.poc)
    steps = plan_change(actor=actor_of(desk.engineer), at=timezone.now(), ticket=other, template="patch")
    answer = engineer.post(f"/desk/tickets/{outage.key}/steps/{steps[0].pk}/", {"act": "tick"})
    assert answer.status_code == 404
    assert ChangeStep.objects.filter(done_at__isnull=False).count() == 0

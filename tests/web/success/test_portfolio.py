"""The portfolio: whose clients are shown, what is said of each, and at what cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Duty
from accounts.services import assign_duty
from escalation.services import raise_escalation, set_default_path
from events.domain.actor import SYSTEM
from tests.factories import MONDAY, Desk, actor_of, make_desk
from tests.factories.work import make_ticket
from tests.web.success.world import signed_in, text_of


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Total Care with a person in every role."""
    return make_desk()


def test_a_success_manager_sees_their_own_clients_alone(desk: Desk) -> None:
    make_desk("OTHER")
    page = text_of(signed_in(desk.csm), "/success/")
    assert "Acme Ltd" in page
    assert "Other Ltd" not in page


@pytest.mark.parametrize("role", ["lead", "administrator"])
def test_leads_and_administrators_see_every_client(desk: Desk, role: str) -> None:
    make_desk("OTHER")
    page = text_of(signed_in(desk.person(role)), "/success/")
    assert "Acme Ltd" in page
    assert "Other Ltd" in page


@pytest.mark.parametrize("role", ["engineer", "poc", "member", "observer"])
@pytest.mark.parametrize("address", ["/success/", "/success/clients/acme/", "/success/proactive/"])
def test_nobody_else_finds_it(desk: Desk, role: str, address: str) -> None:
    assert signed_in(desk.person(role)).get(address).status_code == 404


def test_an_open_escalation_wants_the_reader_today(desk: Desk) -> None:
    set_default_path(at=MONDAY, contract=desk.contract)
    ticket = make_ticket(desk.contract, requester=desk.poc)
    raise_escalation(
        actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, ground="late_response", reason="Slow"
    )
    page = text_of(signed_in(desk.csm), "/success/")
    assert "Needs you today" in page
    assert "Acme Ltd has gone to tier 1" in page


def test_a_quiet_portfolio_wants_nothing(desk: Desk) -> None:
    assert "Needs you today" not in text_of(signed_in(desk.csm), "/success/")


def test_many_clients_take_as_many_statements_as_one(desk: Desk) -> None:
    browser = signed_in(desk.csm)
    text_of(browser, "/success/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/success/")
    for number in range(4):
        other = make_desk(f"MORE{number}")
        assign_duty(actor=SYSTEM, at=MONDAY, client=other.client, person=desk.csm, duty=Duty.SUCCESS)
        make_ticket(other.contract, requester=other.poc)
    text_of(browser, "/success/")
    with CaptureQueriesContext(connection) as many:
        browser.get("/success/")
    assert len(many) == len(few)


def test_a_clients_page_shows_work_people_and_what_is_ahead(desk: Desk) -> None:
    make_ticket(desk.contract, requester=desk.poc, subject="Boards stay empty")
    page = text_of(signed_in(desk.csm), "/success/clients/acme/")
    assert "Boards stay empty" in page
    assert desk.poc.email in page


def test_a_clients_page_is_not_there_for_others_managers(desk: Desk) -> None:
    other = make_desk("OTHER")
    assert signed_in(other.csm).get("/success/clients/acme/").status_code == 404


def test_a_clients_page_takes_as_many_statements_for_many_tickets(desk: Desk) -> None:
    browser = signed_in(desk.csm)
    make_ticket(desk.contract, requester=desk.poc)
    text_of(browser, "/success/clients/acme/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/success/clients/acme/")
    for _ in range(5):
        make_ticket(desk.contract, requester=desk.poc)
    with CaptureQueriesContext(connection) as many:
        browser.get("/success/clients/acme/")
    assert len(many) == len(few)

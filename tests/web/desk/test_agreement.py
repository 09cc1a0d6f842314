"""S8 on the desk: staff record another interval of updates, and go back to the plan's."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import Record
from slo.queries import agreement_of
from slo.services import sweep_due
from tests.factories import Desk, actor_of, make_desk, make_ticket, reply
from tickets.models import Ticket
from tickets.services import change_status


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on the managed platform, which is owed updates."""
    return make_desk("MANA", "managed-self-hosted")


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """An outage that was reported five minutes ago."""
    return make_ticket(desk.contract, requester=desk.poc, at=timezone.now() - timedelta(minutes=5))


def visit(
    browser: Browser, desk: Desk, ticket: Ticket, *, name: str = "agree_updates", who: str = "engineer"
) -> Any:  # noqa: ANN401
    """The page, as that person."""
    browser.force_login(desk.person(who))
    return browser.get(reverse(f"desk:{name}", kwargs={"key": ticket.key}))


def send(browser: Browser, desk: Desk, ticket: Ticket, *, who: str = "engineer", **given: Any) -> Any:  # noqa: ANN401
    """Record four hours agreed with Ada, or what is given."""
    browser.force_login(desk.person(who))
    form = {"interval": 4, "unit": "hours", "agreed_with": "Ada", **given}
    return browser.post(reverse("desk:agree_updates", kwargs={"key": ticket.key}), form)


def agreements() -> int:
    """How many agreements were recorded."""
    return Record.objects.filter(kind="update.agreed").count()


def test_what_was_agreed_is_recorded_with_who_and_how_often(
    desk: Desk, ticket: Ticket, client: Browser
) -> None:
    assert send(client, desk, ticket, note="By phone").status_code == 302
    told = agreement_of(ticket, at=timezone.now())
    assert told is not None
    assert (told.interval, told.agreed_with, told.note) == (timedelta(hours=4), "Ada", "By phone")
    assert told.recorded_by == desk.engineer.name


@pytest.mark.parametrize(("number", "unit", "hours"), [(90, "minutes", 1.5), (2, "days", 48)])
def test_intervals_are_said_in_any_unit(
    desk: Desk, ticket: Ticket, client: Browser, number: int, unit: str, hours: float
) -> None:
    send(client, desk, ticket, interval=number, unit=unit)
    told = agreement_of(ticket, at=timezone.now())
    assert told is not None
    assert told.interval == timedelta(hours=hours)


@pytest.mark.parametrize(
    "given",
    [
        {"interval": 1, "unit": "minutes"},
        {"interval": 15, "unit": "days"},
        {"agreed_with": " "},
        {"interval": ""},
        {"until": "2020-01-01T10:00"},
    ],
)
def test_what_cannot_be_agreed_is_said_and_not_recorded(
    desk: Desk, ticket: Ticket, client: Browser, given: dict[str, Any]
) -> None:
    page = send(client, desk, ticket, **given)
    assert (page.status_code, agreements()) == (422, 0)
    assert page.context["form"].errors


def test_what_was_typed_is_kept_with_a_refusal(desk: Desk, ticket: Ticket, client: Browser) -> None:
    page = send(client, desk, ticket, interval=15, unit="days", note="Over the holidays")
    assert "Over the holidays" in page.text


def test_the_present_agreement_is_shown(desk: Desk, ticket: Ticket, client: Browser) -> None:
    send(client, desk, ticket)
    assert "every 4 h, agreed with Ada" in visit(client, desk, ticket).text


def test_an_agreement_is_ended(desk: Desk, ticket: Ticket, client: Browser) -> None:
    send(client, desk, ticket)
    client.post(reverse("desk:end_agreement", kwargs={"key": ticket.key}), {"note": "They are back"})
    assert agreement_of(ticket, at=timezone.now()) is None
    assert agreements() == 2


def test_looking_at_the_page_ends_nothing(desk: Desk, ticket: Ticket, client: Browser) -> None:
    send(client, desk, ticket)
    assert visit(client, desk, ticket, name="end_agreement").status_code == 200
    assert agreements() == 1


def test_the_menu_offers_it_where_updates_are_owed(desk: Desk, ticket: Ticket, client: Browser) -> None:
    menu = visit(client, desk, ticket, name="more").text
    assert "Agree on another interval" in menu
    assert "End the agreement" not in menu
    send(client, desk, ticket)
    assert "End the agreement" in visit(client, desk, ticket, name="more").text


def test_the_menu_offers_nothing_where_none_are_owed(client: Browser, db: None) -> None:
    plain = make_desk("ACME", "total-care")
    ticket = make_ticket(plain.contract, requester=plain.poc)
    assert "interval of updates" not in visit(client, plain, ticket, name="more").text
    page = send(client, plain, ticket)
    assert (page.status_code, agreements()) == (422, 0)


@pytest.mark.parametrize("who", ["poc", "member", "observer"])
def test_contacts_find_no_such_page(desk: Desk, ticket: Ticket, client: Browser, who: str) -> None:
    assert send(client, desk, ticket, who=who).status_code == 404
    assert agreements() == 0


def test_the_conversation_tells_of_it_on_both_sides(desk: Desk, ticket: Ticket, client: Browser) -> None:
    send(client, desk, ticket, note="Not for the client")
    line = "agreed with Ada on an update every 4 h"
    assert line in visit(client, desk, ticket, name="ticket").text
    client.force_login(desk.poc)
    page = client.get(reverse("portal:ticket", kwargs={"client": desk.client.slug, "key": ticket.key}))
    assert line in page.text
    assert "Not for the client" not in page.text


def portal_page(browser: Browser, desk: Desk, ticket: Ticket) -> Any:  # noqa: ANN401
    """The ticket as its client sees it."""
    browser.force_login(desk.poc)
    return browser.get(reverse("portal:ticket", kwargs={"client": desk.client.slug, "key": ticket.key}))


def test_the_clocks_say_what_is_agreed_to_staff_and_to_the_client(
    desk: Desk, ticket: Ticket, client: Browser
) -> None:
    until = timezone.now() + timedelta(days=2)
    send(client, desk, ticket, until=until.strftime("%Y-%m-%dT%H:%M"), note="Not for the client")
    for page in (visit(client, desk, ticket, name="ticket"), portal_page(client, desk, ticket)):
        assert "Now an update every 4 h until" in page.context["agreed"]
        assert f"agreed with Ada, recorded by {desk.engineer.name}." in page.text
        assert "Not for the client" not in page.context["agreed"]


def test_where_the_plans_interval_holds_nothing_is_said(desk: Desk, ticket: Ticket, client: Browser) -> None:
    for page in (visit(client, desk, ticket, name="ticket"), portal_page(client, desk, ticket)):
        assert page.context["agreed"] == ""


def test_once_ended_an_agreement_is_shown_no_more(desk: Desk, ticket: Ticket, client: Browser) -> None:
    send(client, desk, ticket)
    client.post(reverse("desk:end_agreement", kwargs={"key": ticket.key}), {"note": ""})
    assert visit(client, desk, ticket, name="ticket").context["agreed"] == ""
    assert "Now an update every" not in portal_page(client, desk, ticket).text


def test_a_plan_without_updates_asks_for_no_agreement(client: Browser, db: None) -> None:
    plain = make_desk("ACME", "total-care")
    ticket = make_ticket(plain.contract, requester=plain.poc)
    client.force_login(plain.engineer)
    with CaptureQueriesContext(connection) as statements:
        page = client.get(reverse("desk:ticket", kwargs={"key": ticket.key}))
    assert page.context["agreed"] == ""
    assert not [one for one in statements if "= 'update.agreed'" in one["sql"]]


def test_the_client_reads_why_a_due_time_changed(desk: Desk, ticket: Ticket, client: Browser) -> None:
    reply(ticket, desk.engineer, at=timezone.now())
    send(client, desk, ticket)
    page = portal_page(client, desk, ticket)
    assert "Changes of the due time" in page.text
    assert "agreed with Ada" in page.text


def test_a_withdrawn_ticket_owes_nobody_an_answer(desk: Desk, ticket: Ticket, client: Browser) -> None:
    long_ago = timezone.now() - timedelta(days=1)
    late = make_ticket(desk.contract, requester=desk.poc, at=long_ago)
    sweep_due(at=timezone.now())
    change_status(
        actor=actor_of(desk.engineer), at=timezone.now(), ticket=late, to="cancelled", reason="Filed twice"
    )
    assert portal_page(client, desk, late).context["next"] is None
    assert visit(client, desk, late, name="ticket").context["next"] is None
    assert "You should have heard from us" not in portal_page(client, desk, late).text

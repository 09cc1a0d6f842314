"""Escalations on the desk: seen, taken on, ended."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from escalation.models import Escalation, Tier
from escalation.services import raise_escalation
from tests.factories import Desk, actor_of, make_ticket
from tests.web.desk.conftest import SignIn, text_of
from tickets.models import Ticket


@pytest.fixture(autouse=True)
def path(desk: Desk) -> None:
    """A path of two tiers, the engineer on the first."""
    for level, person in ((1, desk.engineer), (2, desk.lead)):
        Tier.objects.create(
            client=desk.client,
            contract=desk.contract,
            level=level,
            label=f"Tier {level} person",
            person=person,
            acknowledge_seconds=3600,
        )


@pytest.fixture
def raised(desk: Desk, ticket: Ticket) -> Escalation:
    """An escalation that the point of contact raised."""
    return raise_escalation(
        actor=actor_of(desk.poc),
        at=timezone.now() - timedelta(minutes=5),
        ticket=ticket,
        ground="other",
        reason="Our audit is on Thursday.",
    )


def post(browser: Client, ticket: Ticket, place: str, **facts: str) -> int:
    """Send a form about the ticket's escalation."""
    return int(browser.post(f"/desk/tickets/{ticket.key}/{place}/", facts).status_code)


def test_those_that_wait_for_the_reader_stand_first(
    desk: Desk, engineer: Client, lead: Client, raised: Escalation, ticket: Ticket
) -> None:
    page = text_of(engineer, "/desk/escalations/")
    assert ticket.key in page
    assert "Our audit is on Thursday." in page
    assert "Yours" in page
    assert "Yours" not in text_of(lead, "/desk/escalations/")


def test_the_way_there_says_how_many_wait(engineer: Client, raised: Escalation, ticket: Ticket) -> None:
    assert '<span class="visually-hidden"> wait for an answer</span>' in text_of(engineer, "/desk/")
    post(engineer, ticket, f"escalations/{raised.pk}/acknowledge")
    assert "wait for an answer" not in text_of(engineer, "/desk/")


def test_no_open_escalation_is_good_news(engineer: Client) -> None:
    assert "None is open" in text_of(engineer, "/desk/escalations/")


def test_other_clients_stay_apart(desk: Desk, other: Desk, sign_in: SignIn, raised: Escalation) -> None:
    stranger = sign_in(other.engineer)
    assert raised.ticket.key not in text_of(stranger, "/desk/escalations/")
    address = f"/desk/tickets/{raised.ticket.key}/escalations/{raised.pk}/acknowledge/"
    assert stranger.post(address).status_code == 404


def test_the_ticket_shows_the_path_and_where_it_stands(
    desk: Desk, engineer: Client, raised: Escalation, ticket: Ticket
) -> None:
    page = text_of(engineer, f"/desk/tickets/{ticket.key}/")
    assert "Tier 1 of 2" in page
    assert f"Tier 2 person, {desk.lead.name}" in page
    assert "Escalated, tier 1" in page


def test_the_tier_takes_it_on(desk: Desk, engineer: Client, raised: Escalation, ticket: Ticket) -> None:
    assert post(engineer, ticket, f"escalations/{raised.pk}/acknowledge") == 302
    raised.refresh_from_db()
    assert (raised.state, raised.acknowledged_by) == ("acknowledged", desk.engineer)


def test_it_ends_with_what_came_of_it(engineer: Client, raised: Escalation, ticket: Ticket) -> None:
    place = f"escalations/{raised.pk}/resolve"
    assert post(engineer, ticket, place, outcome="upheld", text=" ") == 422
    assert post(engineer, ticket, place, outcome="upheld", text="We publish tonight.") == 302
    assert "We publish tonight." in text_of(engineer, f"/desk/tickets/{ticket.key}/")


def test_staff_escalate_once(engineer: Client, ticket: Ticket) -> None:
    assert post(engineer, ticket, "escalate", ground="slow_resolution") == 302
    assert post(engineer, ticket, "escalate", ground="slow_resolution") == 422
    assert Escalation.objects.count() == 1


def test_an_account_executive_answers_none(
    desk: Desk, sign_in: SignIn, raised: Escalation, ticket: Ticket
) -> None:
    reader = sign_in(desk.account_executive)
    assert "Take it on" not in text_of(reader, "/desk/escalations/")
    assert post(reader, ticket, f"escalations/{raised.pk}/acknowledge") == 403


def test_an_escalation_of_another_ticket_is_not_here(
    desk: Desk, engineer: Client, raised: Escalation
) -> None:
    second = make_ticket(desk.contract, requester=desk.poc)
    assert post(engineer, second, f"escalations/{raised.pk}/acknowledge") == 404

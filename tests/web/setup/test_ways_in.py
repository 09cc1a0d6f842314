"""Staff and teams, API keys shown once, webhooks, and the outbox."""

import re

import pytest
from django.test import Client

from accounts.models import ApiKey, Invitation, Team
from accounts.queries import actor_by_key
from events.models import Record
from notify.models import Channel, Delivery, Endpoint, State
from tests.factories import MONDAY, Desk, make_desk, make_team, make_ticket
from tests.web.setup.conftest import SignedIn, Untouched

KEYS = "/setup/clients/acme/keys/"
HOOKS = "/setup/clients/acme/webhooks/"
HOOK = {"url": "https://hooks.acme.example/in", "label": "Their bus", "kinds": ["ticket.opened"]}


def secret_in(page: str) -> str:
    """The secret that a page shows."""
    found = re.search(r'id="secret" value="([^"]+)"', page)
    assert found, "no secret is shown"
    return found[1]


def test_somebody_is_invited_to_the_staff_and_withdrawn(desk: Desk, browser: Client) -> None:
    browser.post("/setup/people/", {"name": "Bo", "email": "bo@provider.example", "role": "engineer"})
    call = Invitation.objects.get(email="bo@provider.example", client__isnull=True)
    browser.post(f"/setup/people/invitations/{call.pk}/")
    call.refresh_from_db()
    assert call.withdrawn_at is not None


def test_a_member_of_staff_gets_another_role(desk: Desk, browser: Client) -> None:
    browser.post(f"/setup/people/{desk.engineer.pk}/role/", {"role": "lead"})
    desk.engineer.refresh_from_db()
    assert desk.engineer.staff_role == "lead"


def test_an_account_is_closed_and_opened_again(desk: Desk, browser: Client) -> None:
    browser.post(f"/setup/people/{desk.engineer.pk}/close/")
    desk.engineer.refresh_from_db()
    assert not desk.engineer.is_active
    browser.post(f"/setup/people/{desk.engineer.pk}/reopen/")
    desk.engineer.refresh_from_db()
    assert desk.engineer.is_active


def test_nobody_closes_their_own_account(desk: Desk, browser: Client, untouched: Untouched) -> None:
    with untouched():
        assert browser.post(f"/setup/people/{desk.administrator.pk}/close/").status_code == 404
    desk.administrator.refresh_from_db()
    assert desk.administrator.is_active


def test_contacts_are_no_staff_to_be_changed(desk: Desk, browser: Client, untouched: Untouched) -> None:
    with untouched():
        assert browser.post(f"/setup/people/{desk.poc.pk}/role/", {"role": "lead"}).status_code == 404


def test_teams_are_made_and_made_up_anew(desk: Desk, browser: Client) -> None:
    form = {"name": "Night", "key": "night", "zone": "Asia/Tokyo", "people": [desk.engineer.pk]}
    browser.post("/setup/people/teams/", form)
    team = Team.objects.get(key="night")
    assert list(team.people.all()) == [desk.engineer]
    browser.post(f"/setup/people/teams/{team.pk}/", {"people": [desk.lead.pk]})
    assert list(team.people.all()) == [desk.lead]


def test_a_team_whose_key_is_taken_is_refused_in_the_form(desk: Desk, browser: Client) -> None:
    make_team(key="emea")
    form = {"name": "Again", "key": "emea", "zone": "Europe/London"}
    assert browser.post("/setup/people/teams/", form).status_code == 422


def test_a_key_is_shown_once_and_opens_what_it_should(desk: Desk, browser: Client) -> None:
    answer = browser.post(
        KEYS, {"name": "Bus", "contract": desk.contract.pk, "scopes": ["read"], "life": "90"}
    )
    secret = secret_in(answer.content.decode())
    actor, key = actor_by_key(secret, at=MONDAY)
    assert (actor.contract_id, key.scopes) == (desk.contract.pk, ["read"])
    assert answer["Cache-Control"] == "no-store"
    assert secret not in browser.get(KEYS).content.decode()


def test_a_key_of_another_clients_contract_is_refused(
    desk: Desk, browser: Client, untouched: Untouched
) -> None:
    other = make_desk("OTHER")
    with untouched():
        assert browser.post(KEYS, {"name": "Bus", "contract": other.contract.pk}).status_code == 422


def test_a_key_is_replaced_and_revoked(desk: Desk, browser: Client) -> None:
    browser.post(KEYS, {"name": "Bus"})
    first = ApiKey.objects.get()
    secret_in(browser.post(f"{KEYS}{first.pk}/rotate/").content.decode())
    browser.post(f"{KEYS}{first.pk}/revoke/")
    first.refresh_from_db()
    assert first.revoked_at is not None
    assert ApiKey.objects.filter(revoked_at__isnull=True).count() == 1


def test_a_webhook_is_added_with_a_secret_and_told_apart(desk: Desk, browser: Client) -> None:
    secret_in(browser.post(HOOKS, HOOK).content.decode())
    endpoint = Endpoint.objects.get()
    assert (endpoint.url, endpoint.kinds) == (HOOK["url"], ["ticket.opened"])
    assert "Their bus" in browser.get(HOOKS).content.decode()


@pytest.mark.parametrize("url", ["http://127.0.0.1/x", "ftp://acme.example", "nonsense"])
def test_an_address_that_is_not_called_is_refused_in_the_form(
    desk: Desk, browser: Client, untouched: Untouched, url: str
) -> None:
    with untouched():
        answer = browser.post(HOOKS, {"url": url})
    assert answer.status_code == 422
    assert url in answer.content.decode()


def test_a_webhook_is_changed_suspended_resumed_and_removed(desk: Desk, browser: Client) -> None:
    browser.post(HOOKS, HOOK)
    endpoint = Endpoint.objects.get()
    page = f"{HOOKS}{endpoint.pk}/"
    browser.post(f"{page}change/", {**HOOK, "label": "Another"})
    browser.post(f"{page}suspend/", {"reason": "Their upgrade"})
    assert "Their upgrade" in browser.get(page).content.decode()
    browser.post(f"{page}resume/")
    secret_in(browser.post(f"{page}secret/").content.decode())
    browser.post(f"{page}remove/")
    endpoint.refresh_from_db()
    assert (endpoint.label, endpoint.suspended_at) == ("Another", None)
    assert endpoint.removed_at is not None


def test_a_webhook_of_another_client_is_not_there(desk: Desk, browser: Client) -> None:
    browser.post(HOOKS, HOOK)
    make_desk("OTHER")
    assert browser.get(f"/setup/clients/other/webhooks/{Endpoint.objects.get().pk}/").status_code == 404


@pytest.fixture
def lost(desk: Desk) -> Delivery:
    """A mail that did not arrive."""
    make_ticket(desk.contract, requester=desk.poc)
    return Delivery.objects.create(
        record=Record.objects.get(kind="ticket.opened"),
        client=desk.client,
        channel=Channel.EMAIL,
        target="poc@acme.example",
        person=desk.poc,
        template="ticket_received",
        reason="requester",
        state=State.FAILED,
        message_id="<1@caredesk.example>",
        created_at=MONDAY,
        settled_at=MONDAY,
        outcome="The mailbox is full.",
    )


def test_what_did_not_arrive_is_shown_and_sent_again(desk: Desk, browser: Client, lost: Delivery) -> None:
    assert "The mailbox is full." in browser.get("/setup/outbox/").content.decode()
    browser.post(f"/setup/outbox/{lost.pk}/again/")
    lost.refresh_from_db()
    assert lost.state == State.WAITING


def test_the_outbox_of_others_clients_is_not_there(
    desk: Desk, signed_in: SignedIn, lost: Delivery, untouched: Untouched
) -> None:
    browser = signed_in(make_desk("OTHER").account_executive)
    assert "The mailbox is full." not in browser.get("/setup/outbox/").content.decode()
    with untouched():
        assert browser.post(f"/setup/outbox/{lost.pk}/again/").status_code == 404

"""The link of an invitation: looking at it does nothing, sending it joins, once."""

import pytest
from django.test import Client as Browser
from django.utils import timezone

from accounts.models import Invitation, Membership, Person
from accounts.queries import token_of
from accounts.services import invite, withdraw_invitation
from tests.factories import Desk, actor_of, make_contact, make_desk
from tests.factories.people import make_client

JOINING = {"name": "Ada Lark", "password": "a sentence is a good password", "zone": "Europe/London"}


@pytest.fixture
def desk(db: None) -> Desk:
    """The client that somebody is invited to."""
    return make_desk()


@pytest.fixture
def invitation(desk: Desk) -> Invitation:
    """An invitation of somebody without an account."""
    return invited(desk, "ada@acme.example")


def invited(desk: Desk, email: str) -> Invitation:
    """An invitation to that address."""
    return invite(
        actor=actor_of(desk.poc),
        at=timezone.now(),
        email=email,
        name="Ada",
        client=desk.client,
        role="member",
    )


def address(invitation: Invitation) -> str:
    """Where the mail's link leads."""
    return f"/accounts/invitation/{token_of(invitation)}"


def test_looking_shows_who_invites_where_and_does_nothing(desk: Desk, invitation: Invitation) -> None:
    reply = Browser().get(address(invitation))
    page = reply.content.decode()
    assert "Join Acme Ltd" in page
    assert desk.poc.name in page
    assert not Person.objects.filter(email="ada@acme.example").exists()


def test_the_page_is_kept_nowhere_and_tells_nobody(invitation: Invitation) -> None:
    reply = Browser().get(address(invitation))
    assert reply.headers["Referrer-Policy"] == "no-referrer"
    assert reply.headers["Cache-Control"] == "no-store"
    assert "noindex" in reply.headers["X-Robots-Tag"]


def test_joining_makes_the_account_and_opens_the_portal(desk: Desk, invitation: Invitation) -> None:
    browser = Browser()
    reply = browser.post(address(invitation), JOINING)
    assert reply.headers["Location"] == "/"
    assert browser.get("/p/acme/").status_code == 200
    assert Membership.objects.get(person__email="ada@acme.example").role == "member"


def test_a_used_link_opens_nothing(invitation: Invitation) -> None:
    where = address(invitation)
    Browser().post(where, JOINING)
    for again in (Browser().get(where), Browser().post(where, JOINING)):
        assert again.status_code == 404
        assert "Ask for a new one" in again.content.decode()
    assert Person.objects.filter(email="ada@acme.example").count() == 1


@pytest.mark.parametrize("token", ["x", "0" * 43, "../../admin", "a%00b"])
def test_a_wrong_link_is_the_same_as_none(db: None, token: str) -> None:
    assert Browser().get(f"/accounts/invitation/{token}").status_code == 404


def test_a_withdrawn_one_opens_nothing(desk: Desk, invitation: Invitation) -> None:
    withdraw_invitation(actor=actor_of(desk.poc), at=timezone.now(), invitation=invitation)
    assert Browser().post(address(invitation), JOINING).status_code == 404
    assert not Person.objects.filter(email="ada@acme.example").exists()


def test_a_short_password_is_refused_and_the_name_kept(invitation: Invitation) -> None:
    reply = Browser().post(address(invitation), {**JOINING, "password": "short"})
    page = reply.content.decode()
    assert reply.status_code == 422
    assert "Ada Lark" in page
    assert 'value="short"' not in page
    assert not Person.objects.filter(email="ada@acme.example").exists()


def test_who_has_an_account_signs_in_and_joins_with_it(desk: Desk) -> None:
    guest = make_contact(make_client("ORCA"), "poc", email="eve@orca.example")
    invitation, browser = invited(desk, guest.email), Browser()
    assert "Sign in to join" in browser.get(address(invitation)).content.decode()
    browser.force_login(guest)
    assert browser.post(address(invitation)).status_code == 302
    assert Membership.objects.get(person=guest, client=desk.client).role == "member"


def test_nobody_takes_the_account_of_an_invited_address(desk: Desk) -> None:
    guest = make_contact(make_client("ORCA"), "poc", email="eve@orca.example")
    invitation = invited(desk, guest.email)
    reply = Browser().post(address(invitation), JOINING)
    assert reply.headers["Location"].startswith("/accounts/login/?next=/accounts/invitation/")
    assert not Membership.objects.filter(person=guest, client=desk.client).exists()


def test_somebody_else_who_is_signed_in_does_not_join(desk: Desk, invitation: Invitation) -> None:
    browser = Browser()
    browser.force_login(desk.observer)
    assert "Sign out" in browser.get(address(invitation)).content.decode()
    assert browser.post(address(invitation)).status_code == 422
    invitation.refresh_from_db()
    assert invitation.accepted_at is None

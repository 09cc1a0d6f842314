"""Signing in, getting back in, and what is said when something goes wrong."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.template.loader import render_to_string
from django.test import Client

from events.domain.errors import Conflict
from tests.factories.people import PASSWORD, make_client, make_contact

ERRORS = (400, 403, 404, 409, 422, 429, 500, 503)


@pytest.mark.parametrize("status", ERRORS)
def test_every_error_page_is_drawn_without_a_request(status: int) -> None:
    page = render_to_string(f"errors/{status}.html")
    assert f"Error {status}" in page
    assert page.count("<h1") == 1


def test_a_refusal_is_told_in_its_own_words() -> None:
    page = render_to_string("errors/409.html", {"refusal": Conflict("Tomás answered first.")})
    assert "Tomás answered first." in page


@pytest.mark.django_db
def test_an_unknown_address_gets_our_page(client: Client) -> None:
    reply = client.get("/no-such-page/")
    assert reply.status_code == 404
    assert "This page is not here" in reply.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_key_is_refused_in_our_words() -> None:
    reply = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@b.example"})
    assert reply.status_code == 403
    assert "This form is too old" in reply.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/accounts/login/", "Sign in"),
        ("/accounts/password/reset/", "Reset your password"),
        ("/accounts/password/reset/done/", "Look into your mailbox"),
        ("/accounts/password/reset/key/x-y/", "This link no longer works"),
        ("/accounts/password/reset/key/done/", "Your password is changed"),
        ("/accounts/inactive/", "This account is closed"),
    ],
)
def test_the_account_pages_wear_our_dress(client: Client, address: str, heading: str) -> None:
    page = client.get(address, follow=True).content.decode()
    assert f"<h1>{heading}</h1>" in page
    assert 'class="cd-portal cd-gate"' in page


@pytest.mark.django_db
def test_a_wrong_password_is_told_in_title_and_summary(client: Client) -> None:
    typed = {"login": "ilse@halden.example", "password": "wrong"}
    page = client.post("/accounts/login/", typed).content.decode()
    assert "<title>Error: Sign in" in page
    assert 'role="alert"' in page
    assert 'value="ilse@halden.example"' in page


@pytest.mark.django_db
def test_a_known_and_an_unknown_address_are_answered_alike(client: Client) -> None:
    reply = client.post("/accounts/password/reset/", {"email": "nobody@nowhere.example"}, follow=True)
    assert "<h1>Look into your mailbox</h1>" in reply.content.decode()


@pytest.fixture
def signed_in(client: Client, db: None) -> Client:
    """A contact who has just signed in by password, and confirmed it."""
    contact = make_contact(make_client(), email="ilse@halden.example")
    client.post("/accounts/login/", {"login": contact.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/accounts/2fa/", "Second step at sign-in"),
        ("/accounts/2fa/totp/activate/", "Set up an authenticator app"),
        ("/accounts/password/change/", "Change your password"),
        ("/accounts/sessions/", "Where you are signed in"),
        ("/accounts/logout/", "Sign out?"),
        ("/accounts/reauthenticate/", "Confirm that it is you"),
    ],
)
def test_the_pages_of_ones_own_account_wear_our_dress(signed_in: Client, address: str, heading: str) -> None:
    page = signed_in.get(address).content.decode()
    assert f"<h1>{heading}</h1>" in page
    assert 'class="cd-portal cd-gate"' in page


@pytest.mark.django_db
def test_a_second_step_is_asked_of_who_has_one(client: Client) -> None:
    contact = make_contact(make_client(), email="ilse@halden.example")
    TOTP.activate(contact, "JBSWY3DPEHPK3PXP")
    typed = {"login": contact.email, "password": PASSWORD}
    page = client.post("/accounts/login/", typed, follow=True).content.decode()
    assert "<h1>Second step</h1>" in page
    assert "Sign in as somebody else" in page


def test_hints_of_several_lines_stay_one_element(signed_in: Client) -> None:
    page = signed_in.get("/accounts/password/change/").content.decode()
    assert '<div class="cd-hint" id="id_password1-hint"><ul>' in page

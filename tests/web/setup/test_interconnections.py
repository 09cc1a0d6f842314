"""Interconnections as staff see them."""

from __future__ import annotations

import pytest

from contracts.models import Interconnection
from notify.models import Delivery
from notify.services import dispatch
from tests.factories import MONDAY, Desk, make_desk
from tests.factories.joined import SOUND, ask_for_interconnection, make_interconnection
from tests.web.setup.conftest import SignedIn, Untouched

ASSESSED = {
    "feasibility": "yes",
    "feasibility_text": SOUND.feasibility_text,
    "security": "conditions",
    "security_text": SOUND.security_text,
    "estimate_minutes": "8:00",
}


@pytest.fixture
def asked(desk: Desk) -> Interconnection:
    """One that the client asked for."""
    return ask_for_interconnection(desk)


def test_the_success_manager_assesses_and_the_account_executive_agrees(
    desk: Desk, asked: Interconnection, signed_in: SignedIn
) -> None:
    page = f"/setup/interconnections/{asked.pk}/"
    signed_in(desk.csm).post(f"{page}assess/", ASSESSED)
    signed_in(desk.account_executive).post(f"{page}agree/")
    asked.refresh_from_db()
    assert (asked.estimate_minutes, asked.provider_agreed_by) == (480, desk.account_executive)
    assert asked.in_force_at is None


def test_an_assessment_without_reasons_comes_back(
    desk: Desk, asked: Interconnection, signed_in: SignedIn, untouched: Untouched
) -> None:
    with untouched():
        answer = signed_in(desk.csm).post(
            f"/setup/interconnections/{asked.pk}/assess/", {"feasibility": "yes"}
        )
    assert answer.status_code == 422


def test_the_success_manager_does_not_agree_for_the_provider(
    desk: Desk, asked: Interconnection, signed_in: SignedIn, untouched: Untouched
) -> None:
    browser = signed_in(desk.csm)
    assert (
        "Agree for the provider" not in browser.get(f"/setup/interconnections/{asked.pk}/").content.decode()
    )
    with untouched():
        assert browser.post(f"/setup/interconnections/{asked.pk}/agree/").status_code == 403


def test_it_is_declined_with_a_reason_that_the_client_reads(
    desk: Desk, asked: Interconnection, signed_in: SignedIn
) -> None:
    page = f"/setup/interconnections/{asked.pk}/"
    signed_in(desk.administrator).post(f"{page}end/", {"reason": "Their system has no API."})
    assert "Their system has no API." in signed_in(desk.csm).get(page).content.decode()


def test_the_list_and_one_of_another_client(desk: Desk, signed_in: SignedIn) -> None:
    made, stranger = make_interconnection(desk), signed_in(make_desk("OTHER").csm)
    browser = signed_in(desk.csm)
    assert made.name in browser.get("/setup/clients/acme/interconnections/").content.decode()
    assert browser.get(f"/setup/interconnections/{made.pk}/maps/").status_code == 200
    assert stranger.get("/setup/clients/acme/interconnections/").status_code == 404
    assert stranger.get(f"/setup/interconnections/{made.pk}/").status_code == 404


def test_the_wish_reaches_those_who_assess_it(desk: Desk, asked: Interconnection) -> None:
    dispatch(at=MONDAY)
    told = Delivery.objects.filter(template="interconnection_requested").values_list("person", flat=True)
    assert set(told) == {desk.csm.pk, desk.lead.pk}

"""Who may hold a slot of a plan that names its contacts."""

import pytest

from contracts.domain.contacts import Slots, is_shared_mailbox, slots_of, why_not_named
from contracts.domain.plan import ContactRule, Plan

DOMAINS = ["acme.example", "acme.org"]


@pytest.fixture
def rule(plans: dict[str, Plan]) -> ContactRule:
    found = plans["premier-support"].contacts
    assert found is not None
    return found


def why(rule: ContactRule, email: str, *, is_partner: bool = False) -> str:
    return why_not_named(rule, email=email, is_partner=is_partner, domains=DOMAINS)


def test_a_contract_names_three_of_its_own(rule: ContactRule) -> None:
    assert slots_of(rule, add_ons=[]) == Slots(own=3, partner=0)


def test_the_partner_option_trades_one_own_slot_for_three_of_the_partner(rule: ContactRule) -> None:
    assert slots_of(rule, add_ons=["solution-partner"]) == Slots(own=2, partner=3)


@pytest.mark.parametrize("email", ["ann.smith@acme.example", "Ann.Smith@ACME.ORG", "ann_smith@acme.example"])
def test_a_person_in_a_domain_of_the_client_can_be_named(rule: ContactRule, email: str) -> None:
    assert why(rule, email) == ""


@pytest.mark.parametrize("email", ["ann@other.example", "ann@sub.acme.example", "ann@acme.example.evil.test"])
def test_an_address_in_another_domain_cannot(rule: ContactRule, email: str) -> None:
    assert "domain of the client" in why(rule, email)


@pytest.mark.parametrize("email", ["support@acme.example", "it-helpdesk@acme.example", "Info2@acme.example"])
def test_a_shared_mailbox_cannot(rule: ContactRule, email: str) -> None:
    assert "one person" in why(rule, email)


@pytest.mark.parametrize("local", ["anna", "info.smith", "it.schulz", "teamer"])
def test_a_person_is_not_taken_for_a_mailbox(local: str) -> None:
    assert not is_shared_mailbox(local)


@pytest.mark.parametrize("email", ["JohnSmith_PartnerCo@acme.example", "j.smith_p-co@ACME.org"])
def test_a_partner_writes_person_and_company_with_one_underscore(rule: ContactRule, email: str) -> None:
    assert why(rule, email, is_partner=True) == ""


@pytest.mark.parametrize(
    "local", ["johnsmith", "_partner", "john_", "_", "john__partner", "john_smith_partner", "j@s_partner"]
)
def test_a_partner_with_any_other_form_is_refused(rule: ContactRule, local: str) -> None:
    assert "exactly one underscore" in why(rule, f"{local}@acme.example", is_partner=True)


def test_a_partners_shared_mailbox_is_refused(rule: ContactRule) -> None:
    assert "one person" in why(rule, "support_partner@acme.example", is_partner=True)


def test_a_partner_in_its_own_domain_is_refused(rule: ContactRule) -> None:
    assert "domain of the client" in why(rule, "john_partner@partner.example", is_partner=True)


@pytest.mark.parametrize("email", ["", "ann", "@acme.example", "ann@"])
def test_what_is_no_address_is_refused(rule: ContactRule, email: str) -> None:
    assert "not an e-mail address" in why(rule, email)

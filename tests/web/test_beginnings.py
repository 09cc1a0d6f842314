"""Onboarding on both sides, what marks a ticket in words, and what one wording of a rule changed."""

from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import Person
from contracts.models import Contract, OnboardingStep
from contracts.queries import sops_visible_to
from contracts.services import decline_rule, propose_rule
from tests.factories import MONDAY, Desk, actor_of, make_desk
from tickets.services.standing import Standing
from web.desk.wording import COVERAGE, FLAGS, flag_words
from web.rules import wordings_of


@pytest.fixture
def desk(db: None) -> Desk:
    """A client whose contract begins with two steps, one of them its own."""
    made = make_desk("ACME")
    for key, owner in (("kick-off", "provider"), ("inventory", "client")):
        made.contract.onboarding.create(key=key, label=f"The {key}", owner=owner, due_on=date(2026, 1, 5))
    return made


def browser_of(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def step(key: str) -> OnboardingStep:
    return OnboardingStep.objects.get(key=key, contract__client__key="ACME")


def test_the_client_ticks_its_own_step_and_no_other(desk: Desk) -> None:
    page = reverse("portal:onboarding", kwargs={"client": "acme"})
    browser = browser_of(desk.poc)
    text = browser.get(page).content.decode()
    assert "The kick-off" in text
    assert text.count("/done/") == 1
    browser.post(f"{page}{step('inventory').pk}/done/")
    browser.post(f"{page}{step('kick-off').pk}/done/")
    assert (step("inventory").done_by, step("kick-off").done_at) == (desk.poc, None)


def test_another_clients_step_is_not_there(desk: Desk) -> None:
    other = make_desk("ORCA")
    page = reverse("portal:onboarding", kwargs={"client": "orca"})
    assert browser_of(other.poc).post(f"{page}{step('inventory').pk}/done/").status_code == 404
    assert step("inventory").done_at is None


def test_the_success_manager_lets_a_step_wait_go_on_and_be_done(desk: Desk) -> None:
    page = reverse("success:onboarding", kwargs={"contract_id": desk.contract.pk})
    browser = browser_of(desk.csm)
    assert "Late</span>" in browser.get(page).content.decode()
    where = f"{page}steps/{step('kick-off').pk}/"
    browser.post(where, {"act": "waiting"})
    assert step("kick-off").waiting_since is not None
    assert "waits for the client since" in browser.get(page).content.decode()
    browser.post(where, {"act": "resumed"})
    browser.post(where, {"act": "done"})
    assert step("kick-off").done_by == desk.csm
    assert browser.post(where, {"act": "undone"}).status_code == 404


def test_a_client_that_is_taken_on_shows_so_to_its_success_manager(desk: Desk) -> None:
    page = browser_of(desk.csm).get(reverse("success:client", kwargs={"client": "acme"})).content.decode()
    assert "0 of 2 steps done" in page
    assert "2 late" in page


def test_every_mark_of_a_ticket_has_its_words() -> None:
    for flag in FLAGS:
        assert f"`{flag}`" in str(Standing.__doc__)
    assert flag_words(["restricted_pool"])[0].endswith("service levels may suffer from the smaller pool")
    assert flag_words(["brand_new"]) == ["Brand new"]
    assert set(COVERAGE) == {"add_on", "excluded", "exception", "change"}


def _propose(desk: Desk, body: str, at: int) -> None:
    contract = Contract.objects.get(pk=desk.contract.pk)
    propose_rule(
        actor=actor_of(desk.csm),
        at=MONDAY + timedelta(days=at),
        contract=contract,
        title="Releases",
        body=body,
        sop=contract.sops.first(),
    )


def test_a_wording_is_compared_with_the_last_that_was_not_declined(desk: Desk) -> None:
    _propose(desk, "Ask Bram.\nNever on Fridays.", 0)
    _propose(desk, "Ask nobody.", 1)
    rule = sops_visible_to(actor_of(desk.csm)).get()
    decline_rule(
        actor=actor_of(desk.poc), at=MONDAY, version=rule.versions.get(number=2), reason="We want to be asked"
    )
    _propose(desk, "Ask Bram.\nNever on Fridays or Mondays.", 2)
    newest, declined, first = wordings_of(sops_visible_to(actor_of(desk.csm)).get())
    assert (first.changes, declined.before, newest.before) == ((), 1, 1)
    assert [(line.change, line.text) for line in newest.changes] == [
        ("same", "Ask Bram."),
        ("gone", "Never on Fridays."),
        ("new", "Never on Fridays or Mondays."),
    ]

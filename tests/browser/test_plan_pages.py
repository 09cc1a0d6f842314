"""What the client reads of each plan of the catalogue, in Chromium: nothing cut off, nothing that axe finds.

With SHOTS=1 the pages are left as pictures in `tests/browser/shots`, to be looked at.
"""

import os
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from contracts.models import Contract
from contracts.services import amend, finish_step, open_contract
from escalation.services import set_default_path
from proactive.services import make_programmes
from tests.browser.looking import faults_of
from tests.browser.story import signed_in
from tests.factories import Desk, actor_of, make_contract, make_desk, make_environment, make_ticket
from tests.factories.promises import catalogue, make_plan_version
from tickets.services import change_status, plan_change, publish_document, tick_change_step

SHOTS = Path(__file__).parent / "shots"
IS_SHOT = os.environ.get("SHOTS") == "1"
LOOKS = [(1440, "light"), (390, "dark"), *([(1440, "dark"), (390, "light")] if IS_SHOT else [])]
DOCUMENT = "## What happened\n\nThe disk of **node 2** filled up.\n\n* 09:00 alarm\n* 09:12 space made"


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    """A client that will have a contract under every plan."""
    return make_desk("HAL", starts_on=date(2020, 1, 1))


def looked_at(page: Page, address: str, name: str) -> None:
    """Look at a page at both widths in both schemes."""
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(address)
        if IS_SHOT:
            SHOTS.mkdir(exist_ok=True)
            page.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
        assert faults_of(page) == [], (name, width, scheme)


def under(desk: Desk, plan: str) -> Contract:
    """A contract of the client on that plan, with all that surrounds one."""
    contract = make_contract(
        desk.client, plan, name=f"On {plan}", account_executive=desk.account_executive, csm=desk.csm
    )
    set_default_path(at=timezone.now(), contract=contract)
    make_programmes(at=timezone.now(), contract=contract)
    amend(
        actor=actor_of(desk.administrator),
        at=timezone.now(),
        contract=contract,
        path="close_after_days",
        value=14,
        reason="Two weeks of holidays in August",
        agreed_by_client=desk.poc.name,
    )
    return contract


@pytest.mark.looks
@pytest.mark.parametrize("plan", sorted(catalogue().plans))
def test_a_plan_page_can_be_read_by_everybody(
    chromium: Browser, live_server: LiveServer, desk: Desk, plan: str
) -> None:
    contract = under(desk, plan)
    with signed_in(chromium, live_server, desk.poc) as page:
        looked_at(page, f"/p/hal/plan/?contract={contract.pk}", f"plan-{plan}")


@pytest.mark.looks
def test_documents_and_changes_can_be_read_by_everybody(
    chromium: Browser, live_server: LiveServer, desk: Desk
) -> None:
    contract = make_contract(desk.client, "managed-self-hosted")
    make_environment(contract)
    ticket = make_ticket(contract, requester=desk.poc, at=timezone.now(), request_type="outage-incident")
    by = actor_of(desk.engineer)
    steps = plan_change(actor=by, at=timezone.now(), ticket=ticket, template="upgrade")
    tick_change_step(actor=by, at=timezone.now(), step=steps[0], remark="10.3.2, from 9.12")
    change_status(actor=by, at=timezone.now(), ticket=ticket, to="resolved", summary="Space made.")
    with signed_in(chromium, live_server, desk.lead) as page:
        looked_at(page, f"/desk/tickets/{ticket.key}/", "desk-change")
        looked_at(page, "/desk/documents/", "desk-documents")
        publish_document(actor=by, at=timezone.now(), ticket=ticket, kind="root_cause", body=DOCUMENT)
        looked_at(page, f"/desk/tickets/{ticket.key}/documents/root_cause/", "desk-document")
    with signed_in(chromium, live_server, desk.poc) as page:
        looked_at(page, f"/p/hal/tickets/{ticket.key}/", "portal-change")
        looked_at(page, f"/p/hal/tickets/{ticket.key}/documents/root_cause/", "portal-document")


@pytest.mark.looks
def test_getting_started_can_be_read_by_everybody(
    chromium: Browser, live_server: LiveServer, desk: Desk
) -> None:
    contract = open_contract(
        actor=actor_of(desk.account_executive),
        at=timezone.now(),
        client=desk.client,
        version=make_plan_version("premier-support"),
        name="Premier",
        starts_on=date(2026, 3, 2),
        calendar=desk.contract.calendar,
    )
    finish_step(actor=actor_of(desk.csm), at=timezone.now(), step=contract.onboarding.earliest("id"))
    with signed_in(chromium, live_server, desk.poc) as page:
        looked_at(page, "/p/hal/onboarding/", "portal-onboarding")
    with signed_in(chromium, live_server, desk.csm) as page:
        looked_at(page, f"/success/onboarding/{contract.pk}/", "success-onboarding")
        looked_at(page, "/success/clients/hal/", "success-client")

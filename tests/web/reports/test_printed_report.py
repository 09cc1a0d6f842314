"""The printed report lays open how the missed clocks were counted (S15, S16)."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from slo.services import sweep_due
from tests.factories import Desk, make_desk, make_ticket


@pytest.fixture
def desk(db: None) -> Desk:
    """A client whose critical ticket of two days ago nobody answered."""
    made = make_desk("MANA", "managed-self-hosted")
    make_ticket(made.contract, requester=made.poc, at=timezone.now() - timedelta(days=2))
    return made


def size(browser: Browser, address: str) -> int:
    """How long the printed report is."""
    answer = browser.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    return len(answer.content)


def test_missed_clocks_are_explained_in_the_clients_report(desk: Desk, client: Browser) -> None:
    client.force_login(desk.poc)
    address = reverse("portal:report_pdf", kwargs={"client": desk.client.slug})
    before = size(client, address)
    sweep_due(at=timezone.now())
    assert size(client, address) > before


def test_the_success_desk_prints_the_same(desk: Desk, client: Browser) -> None:
    client.force_login(desk.csm)
    before = size(client, reverse("success:report_pdf"))
    sweep_due(at=timezone.now())
    assert size(client, reverse("success:report_pdf")) > before

"""Each check of the outbox finds the fault that it is for, and is silent about a healthy one."""

from datetime import timedelta

import pytest

from accounts.models import Client
from events.invariants import nothing_crosses_clients
from notify.invariants import INVARIANTS
from notify.models import Delivery, Notice
from notify.services import add_endpoint, dispatch
from tests.factories import MONDAY, actor_of, make_ticket, reply
from tests.notify.told import Desk, tell


def faults() -> dict[str, list[str]]:
    """The checks that find something, with what they find."""
    found = {name.removeprefix("outbox: "): check() for name, check in INVARIANTS}
    return {name: lines for name, lines in found.items() if lines}


@pytest.fixture
def told(desk: Desk) -> Desk:
    """A desk on which everybody was told of everything."""
    url = "https://hooks.acme.example/"
    add_endpoint(
        actor=actor_of(desk.poc), at=MONDAY, client=desk.client, url=url, kinds=["hours.month_closed"]
    )
    ticket = make_ticket(desk.contract, requester=desk.member)
    reply(ticket, desk.engineer)
    tell()
    return desk


def test_a_healthy_outbox_has_no_fault(told: Desk) -> None:
    assert faults() == {}


def test_an_old_outbox_is_found(desk: Desk) -> None:
    make_ticket(desk.contract, requester=desk.member)
    dispatch(at=MONDAY)
    assert list(faults()) == ["young"]


def test_a_delivery_that_is_never_tried_is_found(told: Desk) -> None:
    Delivery.objects.update(state="waiting", due_at=None)
    assert list(faults()) == ["nothing stuck"]


def test_a_delivery_without_a_reader_is_found(told: Desk) -> None:
    Delivery.objects.update(person=None)
    assert list(faults()) == ["every delivery has its target"]


def test_an_outbox_that_crosses_clients_is_found(told: Desk) -> None:
    other = Client.objects.create(key="OTHER", name="Other")
    Delivery.objects.update(client=other)
    Notice.objects.update(client=other)
    found = " ".join(nothing_crosses_clients())
    assert "Delivery" in found
    assert "Notice" in found


def test_a_note_on_its_way_to_a_contact_is_found(told: Desk) -> None:
    mail = Delivery.objects.filter(person=told.member, record__kind="message.posted").get()
    mail.record.data["visibility"] = "internal"
    mail.record.save()
    assert list(faults()) == ["contacts read no internal notes"]


def test_what_waits_for_its_next_try_is_not_old(desk: Desk) -> None:
    make_ticket(desk.contract, requester=desk.member)
    dispatch(at=MONDAY)
    Delivery.objects.update(due_at=MONDAY + timedelta(days=9000))
    assert "young" not in faults()

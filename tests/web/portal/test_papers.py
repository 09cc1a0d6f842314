"""What a client reads of documents and planned changes."""

import pytest

from tests.factories import MONDAY, Desk, actor_of, make_contract, make_ticket
from tests.web.portal.conftest import EnterAs
from tickets.models import Ticket
from tickets.services import (
    change_status,
    draft_document,
    plan_change,
    publish_document,
    tick_change_step,
)


@pytest.fixture
def outage(desk: Desk) -> Ticket:
    """A solved outage whose plan owes a root cause; the draft is begun."""
    contract = make_contract(desk.client, "managed-self-hosted")
    ticket = make_ticket(contract, requester=desk.poc, request_type="outage-incident")
    by = actor_of(desk.engineer)
    draft_document(actor=by, at=MONDAY, ticket=ticket, kind="root_cause", body="Only for us")
    change_status(actor=by, at=MONDAY, ticket=ticket, to="resolved", summary="Restarted.")
    return ticket


def test_a_document_that_is_late_is_said_so_and_its_draft_never_shows(enter: EnterAs, outage: Ticket) -> None:
    page = enter().page("ticket", key=outage.key)
    assert "Root cause analysis" in page
    assert "We are late." in page
    assert "Only for us" not in page
    assert enter().get("document", key=outage.key, kind="root_cause").status_code == 404


def test_a_published_document_is_read_as_it_is_meant(desk: Desk, enter: EnterAs, outage: Ticket) -> None:
    text = "The **disk** was full.<script>x</script>"
    publish_document(actor=actor_of(desk.engineer), at=MONDAY, ticket=outage, kind="root_cause", body=text)
    page = enter("observer").page("document", key=outage.key, kind="root_cause")
    assert "<strong>disk</strong>" in page
    assert "<script>x" not in page
    assert "published" in enter().page("ticket", key=outage.key)


def test_another_client_reads_none(other: Desk, desk: Desk, enter: EnterAs, outage: Ticket) -> None:
    publish_document(
        actor=actor_of(desk.engineer), at=MONDAY, ticket=outage, kind="root_cause", body="The disk"
    )
    stranger = enter(person=other.poc, slug=other.client.slug)
    assert stranger.get("document", key=outage.key, kind="root_cause").status_code == 404


def test_a_planned_change_shows_who_did_what(desk: Desk, enter: EnterAs, outage: Ticket) -> None:
    by = actor_of(desk.engineer)
    steps = plan_change(actor=by, at=MONDAY, ticket=outage, template="patch")
    tick_change_step(actor=by, at=MONDAY, step=steps[0], remark="Both nodes")
    page = enter().page("ticket", key=outage.key)
    assert "1 of 7 done" in page
    assert "Both nodes" in page
    assert "Tick off" not in page

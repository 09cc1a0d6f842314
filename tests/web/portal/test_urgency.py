"""Disputed urgencies, as both sides read them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from tests.factories import Desk, actor_of, make_desk, make_ticket
from tests.web.portal.conftest import EnterAs
from tickets.models import Ticket, UrgencyProposal
from tickets.services import propose_urgency, reclassify


@pytest.fixture
def proposed(desk: Desk) -> Ticket:
    """A ticket that the client made urgent for a reason, and for which an engineer proposes less."""
    ticket = make_ticket(desk.contract, requester=desk.poc, at=timezone.now(), urgency="low")
    facts: dict[str, Any] = {"at": timezone.now(), "ticket": ticket}
    reclassify(actor=actor_of(desk.poc), urgency="critical", reason="Payday <today>", **facts)
    propose_urgency(actor=actor_of(desk.engineer), urgency="medium", reason="A way round.", **facts)
    return ticket


def test_both_sides_read_both_views(desk: Desk, proposed: Ticket, enter: EnterAs) -> None:
    staff = Browser()
    staff.force_login(desk.engineer)
    theirs, ours = enter().page("ticket", key=proposed.key), staff.get(f"/desk/tickets/{proposed.key}/")
    for page in (theirs, ours.content.decode()):
        assert "Payday &lt;today&gt;" in page
        assert "A way round." in page


def test_keeping_it_needs_a_word_which_both_sides_read_then(
    desk: Desk, proposed: Ticket, enter: EnterAs
) -> None:
    door, proposal = enter(), UrgencyProposal.objects.get()
    where = {"key": proposed.key, "proposal_id": proposal.pk}
    assert door.post("answer_proposal", {"decision": "declined"}, **where).status_code == 422
    door.post("answer_proposal", {"decision": "declined", "words": "Wages are late."}, **where)
    assert "Urgency, both views" in door.page("ticket", key=proposed.key)
    staff = Browser()
    staff.force_login(desk.engineer)
    assert "Wages are late." in staff.get(f"/desk/tickets/{proposed.key}/").content.decode()


def test_where_the_plan_gives_the_client_the_last_word_both_sides_read_so(enter: EnterAs) -> None:
    desk = make_desk("IDAL", plan="idalko-standard")
    ticket = make_ticket(desk.contract, requester=desk.poc, at=timezone.now(), urgency="severity-a")
    facts = {"urgency": "severity-c", "reason": "A way round."}
    propose_urgency(actor=actor_of(desk.engineer), at=timezone.now(), ticket=ticket, **facts)
    assert "the last word is yours" in enter(person=desk.poc, slug="idal").page("ticket", key=ticket.key)
    staff = Browser()
    staff.force_login(desk.engineer)
    page = staff.get(f"/desk/tickets/{ticket.key}/").content.decode()
    assert "the client has the last word" in page

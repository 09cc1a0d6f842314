"""The worked example of docs/examples keeps two desks the same, over real HTTP, and says nothing twice."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from contracts.services import issue_interconnection_key
from events.models import Record
from tests.api.other_desk import OtherDesk, other_desk
from tests.factories import MONDAY, Desk, actor_of, make_desk, make_ticket, reply
from tests.factories.joined import make_interconnection
from tickets.models import Message, Ticket
from tickets.services import change_status

Round = Callable[[], None]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def theirs() -> Iterator[OtherDesk]:
    """The client's own system, with one ticket."""
    with other_desk() as running:
        issue: dict[str, Any] = {"summary": "Shop is down", "priority": {"name": "P1"}, "status": "Open"}
        running.touch("OPS-1", **issue)
        running.comment("OPS-1", "Since nine.")
        yield running


@pytest.fixture
def ours(transactional_db: None) -> Desk:
    """Our side, joined to it."""
    return make_desk()


@pytest.fixture
def sync(ours: Desk, theirs: OtherDesk, live_server: LiveServer, root: Path, tmp_path: Path) -> Round:
    """One round of the script, as a person would start it."""
    joined = make_interconnection(ours)
    _, secret = issue_interconnection_key(actor=actor_of(ours.poc), at=MONDAY, interconnection=joined)
    place = {"CAREDESK": live_server.url, "CAREDESK_KEY": secret, "THEIRS": theirs.url}
    place |= {**os.environ, **place, "SYNC_STATE": str(tmp_path / "state.json")}

    def run() -> None:
        script = [sys.executable, str(root / "docs" / "examples" / "two_way_sync.py")]
        done = subprocess.run(script, check=False, env=place, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    return run


def test_a_ticket_of_theirs_comes_over_with_its_comments(sync: Round) -> None:
    sync()
    ticket = Ticket.objects.get()
    assert (ticket.external_reference, ticket.urgency, ticket.subject) == (
        "OPS-1",
        "critical",
        "Shop is down",
    )
    bodies = Message.objects.order_by("id").values_list("body", flat=True)
    assert list(bodies) == ["Shop is down", "Since nine."]


def test_what_we_answer_and_do_goes_back_in_their_words(sync: Round, ours: Desk, theirs: OtherDesk) -> None:
    sync()
    ticket = Ticket.objects.get()
    reply(ticket, ours.engineer, "We are on it.")
    change_status(actor=actor_of(ours.engineer), at=MONDAY, ticket=ticket, to="in_progress")
    sync()
    told = theirs.tickets["OPS-1"]
    assert told["fields"]["status"] == "In progress"
    assert [one["text"] for one in told["comments"]] == ["Since nine.", "We are on it."]


def test_a_ticket_that_begins_here_gets_their_number(sync: Round, ours: Desk, theirs: OtherDesk) -> None:
    make_ticket(ours.contract, requester=ours.poc, subject="Search is slow")
    sync()
    assert theirs.tickets["OPS-2"]["fields"]["summary"] == "Search is slow"
    assert Ticket.objects.get(subject="Search is slow").external_reference == "OPS-2"


def test_a_second_round_says_nothing_again(sync: Round, ours: Desk, theirs: OtherDesk) -> None:
    sync()
    reply(Ticket.objects.get(), ours.engineer, "We are on it.")
    sync()
    happened, written = Record.objects.count(), len(theirs.written)
    sync()
    assert (Record.objects.count(), len(theirs.written)) == (happened, written)

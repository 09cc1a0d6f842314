"""What a client may read of a ticket's history."""

import pytest

from events.domain.event import known_kinds
from tickets.domain.history import CLIENT_KINDS, KINDS_WITH_VISIBILITY, client_facts, is_for_client


def test_an_unknown_kind_stays_with_staff() -> None:
    assert not is_for_client("something.new", {})


@pytest.mark.parametrize("kind", sorted(KINDS_WITH_VISIBILITY))
def test_what_is_internal_stays_with_staff(kind: str) -> None:
    assert is_for_client(kind, {"visibility": "public"})
    assert not is_for_client(kind, {"visibility": "internal"})


@pytest.mark.parametrize("kind", ["time.logged", "ticket.details_changed", "timer.started"])
def test_working_time_and_housekeeping_stay_with_staff(kind: str) -> None:
    assert not is_for_client(kind, {})


def test_why_staff_passed_a_ticket_on_stays_with_staff() -> None:
    facts = {"assignee_id": 7, "reason": "Ann is the only one who can stand this client"}
    assert client_facts("ticket.assigned", facts) == {"assignee_id": 7}


def test_every_kind_of_this_floor_that_is_named_exists() -> None:
    ours = {kind for kind in CLIENT_KINDS if kind.split(".")[0] in ("ticket", "message", "participant")}
    assert ours <= known_kinds()

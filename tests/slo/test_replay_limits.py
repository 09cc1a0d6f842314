"""How much is replayed at once, on which calendars, and what the sums of minutes say (S17)."""

import pytest

from contracts.domain.calendar import Calendar
from events.domain.errors import Invalid, NotHere
from slo.domain.replaying import Difference, Outcome
from slo.queries.replaying import Replay, calendars_on_offer, replay
from tests.factories import Desk, make_desk
from tests.factories.work import make_ticket, reply
from tests.slo.reading import after

ALWAYS = Calendar.from_dict({"always": True})


@pytest.fixture
def early(desk: Desk) -> Desk:
    """A ticket opened at six in the morning and answered at a minute past nine."""
    ticket = make_ticket(desk.contract, requester=desk.poc, at=after(hours=-3))
    reply(ticket, desk.engineer, at=after(minutes=1))
    return desk


def test_more_tickets_than_allowed_are_refused_before_any_is_folded(early: Desk) -> None:
    heard: list[tuple[int, int]] = []
    with pytest.raises(Invalid, match="Choose fewer days"):
        replay(
            early.contract, until=after(hours=1), calendar=ALWAYS, most=0, progress=lambda *n: heard.append(n)
        )
    assert heard == []


def test_as_many_as_allowed_are_replayed(early: Desk) -> None:
    assert replay(early.contract, until=after(hours=1), calendar=ALWAYS, most=1).tickets == 1


def test_an_unknown_plan_is_not_here(early: Desk) -> None:
    with pytest.raises(NotHere):
        replay(early.contract, until=after(hours=1), plan="gold")


def test_round_the_clock_the_early_ticket_would_have_been_missed(early: Desk) -> None:
    told = replay(early.contract, until=after(hours=1), calendar=ALWAYS)
    (one,) = told.differences
    assert one.before is not None
    assert one.after is not None
    assert (one.before.state, one.after.state) == ("met", "missed")
    assert (told.late_before, told.late_after) == (0, 151)


def test_minutes_are_summed_over_the_clocks_that_differ() -> None:
    late = Outcome(state="missed", due_at=after(), late_minutes=20)
    kept = Outcome(state="met", due_at=after())
    pairs = [(late, kept), (late, None), (None, late)]
    told = Replay(plan="x", differences=[
        Difference(ticket="A-1", objective="first_response", ordinal=number, before=before, after=then)
        for number, (before, then) in enumerate(pairs, start=1)
    ])  # fmt: skip
    assert (told.late_before, told.late_after) == (40, 20)


def test_a_contract_may_be_tried_on_its_clients_calendars_and_the_providers(desk: Desk) -> None:
    offered = calendars_on_offer(desk.contract)
    assert desk.contract.calendar.name in offered
    assert all(isinstance(calendar, Calendar) for calendar in offered.values())


def test_another_clients_calendars_are_not_on_offer(desk: Desk) -> None:
    other = make_desk("OTHER")
    other.contract.calendar.name = "Secret hours"
    other.contract.calendar.save()
    assert "Secret hours" not in calendars_on_offer(desk.contract)

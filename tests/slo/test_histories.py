"""Random lives of tickets through the services and late sweeps: rows, events and fold always agree."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.services import announce_maintenance_window, save_calendar
from events.domain.errors import DomainError
from events.models import Record
from slo.models import Clock, Verdict
from slo.queries import ExplainedClock, explain, faults
from slo.services import agree_updates, rebuild, sweep_due
from tests.factories import Desk, actor_of, make_desk, make_environment
from tests.factories.promises import WEEKDAYS_9_TO_17
from tests.factories.work import make_ticket, reply
from tests.slo.reading import after
from tickets.models import Ticket
from tickets.services import change_status, reclassify

Act = Callable[[Desk, Ticket, datetime], object]


def move(to: str, **facts: Any) -> Act:  # noqa: ANN401 - whatever the service takes
    """Staff move the ticket there."""

    def act(desk: Desk, ticket: Ticket, at: datetime) -> object:
        asked = desk.poc if to == "waiting_on_client" else None
        return change_status(
            actor=actor_of(desk.engineer), at=at, ticket=ticket, to=to, waiting_on=asked,
            waiting_for="May we?" if asked else "", **facts,
        )  # fmt: skip

    return act


def classify(rank: int) -> Act:
    """The client sets the urgency of that rank."""

    def act(desk: Desk, ticket: Ticket, at: datetime) -> object:
        urgencies = {one["rank"]: one["code"] for one in desk.contract.plan_version.body["urgencies"]}
        return reclassify(
            actor=actor_of(desk.poc), at=at, ticket=ticket, urgency=urgencies[rank], reason="So"
        )

    return act


def close_a_day(desk: Desk, ticket: Ticket, at: datetime) -> object:
    """The day after tomorrow is a holiday of the contract's own calendar, and no other."""
    feast = {f"{at + timedelta(days=2):%Y-%m-%d}": "Feast"}
    content = {"tz": "Europe/London", "weekly": WEEKDAYS_9_TO_17, "holidays": feast}
    return save_calendar(
        actor=actor_of(desk.administrator), at=at, client=desk.client, name=desk.contract.calendar.name,
        content=content,
    )  # fmt: skip


def announce(desk: Desk, ticket: Ticket, at: datetime) -> object:
    """Work on the ticket's environment begins in a minute and takes two hours."""
    return announce_maintenance_window(
        actor=actor_of(desk.poc), at=at, environment=desk.contract.environments.get(),
        starts_at=at + timedelta(minutes=1),
        ends_at=at + timedelta(hours=2), summary="Disks are exchanged", told=["ops@life.example"],
    )  # fmt: skip


ACTS: list[Act] = [
    close_a_day,
    announce,
    lambda desk, ticket, at: reply(ticket, desk.engineer, at=at),
    lambda desk, ticket, at: reply(ticket, desk.poc, at=at),
    lambda desk, ticket, at: sweep_due(at=at),
    lambda desk, ticket, at: agree_updates(
        actor=actor_of(desk.engineer), at=at, ticket=ticket, interval=timedelta(hours=3), agreed_with="Ada",
        until=at + timedelta(hours=7),
    ),
    move("in_progress"),
    move("waiting_on_client"),
    move("waiting_on_vendor", vendor_reference="V-1"),
    move("resolved", summary="It works again."),
    *(classify(rank) for rank in (1, 2, 3, 4)),
]  # fmt: skip


def live(desk: Desk, ticket: Ticket, draw: random.Random) -> datetime:
    """A dozen acts at random moments; what the state of the ticket forbids is left out."""
    at = after()
    for _ in range(12):
        at += timedelta(seconds=draw.choice([1, 600, 1800, 5400, 40_000]))
        try:
            draw.choice(ACTS)(desk, ticket, at)
        except DomainError:
            continue
    sweep_due(at=at)
    return at


@pytest.mark.parametrize("seed", [*range(6), 102, 110, 138])
@pytest.mark.parametrize("plan", ["idalko-premium", "managed-self-hosted", "total-care"])
def test_rows_events_and_fold_agree_after_any_history(plan: str, seed: int, db: None) -> None:
    desk = make_desk("LIFE", plan)
    environment = make_environment(desk.contract)
    ticket = make_ticket(desk.contract, requester=desk.poc, environment=environment)
    at = live(desk, ticket, random.Random(f"{plan} {seed}"))  # noqa: S311 - a story, no secret
    assert rebuild(at=at, check=True) == []
    assert faults.clocks_without_verdict() == faults.verdicts_without_clock() == []
    events = Record.objects.filter(kind__in=("clock.at_risk", "clock.missed")).count()
    assert events == Verdict.objects.filter(kind__in=("at_risk", "missed")).count()
    assert_explained(ticket, at)


def assert_explained(ticket: Ticket, at: datetime) -> None:
    """The explanation tells the same clocks as the rows, and every sum is right."""
    told = explain(ticket, at=at)
    rows = Clock.objects.filter(ticket=ticket)
    assert Counter(place(one) for one in told) == Counter(place(row) for row in rows)
    for one in told:
        counted = sum(part.seconds for part in one.segments)
        is_whole = one.state in ("running", "missed")
        assert counted == (one.target_seconds if is_whole else one.elapsed_seconds)


def place(one: Clock | ExplainedClock) -> tuple[object, ...]:
    """Which clock it is and how it stands; what is not counted any more has no due time to agree on."""
    due_at = None if one.state == "cancelled" else one.due_at
    return one.objective, one.ordinal, str(one.state), due_at

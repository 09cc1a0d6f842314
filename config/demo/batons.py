"""Critical tickets that go round the sun: briefs written and taken over, and one that waits now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from accounts.models import Person
from accounts.queries import actor_for
from config.demo.acts import Telling
from config.demo.desk import Desk
from config.demo.player import Story
from config.demo.script import Case
from escalation.models import Baton, Handoff
from escalation.queries import present_people
from escalation.services import Brief, sweep_handoffs, take_over, write_brief
from tickets.models import Ticket

_WRITES, _TAKES = timedelta(minutes=12), timedelta(minutes=31)


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is said in the briefs of one ticket."""

    findings: tuple[str, ...]
    tried: str
    next_steps: str


WORDS = Words(
    findings=(
        "The cluster answers again on one of two nodes; sign-in works for about half of the people.",
        "Node two comes up and falls over after ten minutes; its memory fills while the index is read.",
        "Both nodes run on half the load. The index of node two is being rebuilt, 62 % are done.",
    ),
    tried="A restart, a new certificate and an empty cache: none of them changed anything.",
    next_steps="Compare the plug-ins of both nodes, keep node two out of the balancer, and call back.",
)


def round_the_sun(desk: Desk, case: Case, *, since: datetime, until: datetime, seed: str) -> Story:
    """A critical ticket that every region hands to the next, with a brief each time."""
    telling = Telling(desk, case, dice=Random(seed))  # noqa: S311 - a demo, not a secret
    telling.urgency = next(one.code for one in desk.plan.urgencies if one.rank == 1)
    yield since
    ticket = telling.file(since, channel="portal")
    at = since + timedelta(minutes=14)
    yield at
    telling.decide(at)
    telling.answer(at)
    while (due_at := _look_at(ticket)) is not None and due_at <= until:
        yield due_at
        sweep_handoffs(at=due_at)
        handoff = Handoff.objects.filter(ticket=ticket, ends_at__gt=due_at).order_by("ends_at").first()
        if handoff is None or not handoff.is_open:
            continue
        yield due_at + _WRITES
        _write(handoff, ticket, at=due_at + _WRITES)
        yield due_at + _TAKES
        _take(handoff, at=due_at + _TAKES)


def waiting_brief(desk: Desk, case: Case, *, now: datetime, seed: str) -> Story:
    """A critical ticket whose brief is written ahead, and waits for the region that comes on next."""
    telling = Telling(desk, case, dice=Random(seed))  # noqa: S311 - a demo, not a secret
    telling.urgency = next(one.code for one in desk.plan.urgencies if one.rank == 1)
    at = now - timedelta(minutes=58)
    yield at
    ticket = telling.file(at, channel="portal")
    at = now - timedelta(minutes=41)
    yield at
    telling.decide(at)
    telling.answer(at)
    at = now - timedelta(minutes=17)
    yield at
    baton = Baton.objects.filter(ticket=ticket, look_at__isnull=False).first()
    giver = _someone(baton.team_id if baton else None, ticket, at)
    if giver is not None:
        write_brief(actor=actor_for(giver), at=at, ticket=ticket, brief=_brief(0))


def _look_at(ticket: Ticket) -> datetime | None:
    return Baton.objects.filter(ticket=ticket).values_list("look_at", flat=True).first()


def _write(handoff: Handoff, ticket: Ticket, *, at: datetime) -> None:
    number = Handoff.objects.filter(ticket=ticket).count()
    giver = _someone(handoff.from_team_id, ticket, at)
    if giver is not None:
        write_brief(actor=actor_for(giver), at=at, ticket=ticket, brief=_brief(number))


def _take(handoff: Handoff, *, at: datetime) -> None:
    handoff.refresh_from_db()
    taker = _someone(handoff.to_team_id, handoff.ticket, at)
    if taker is not None and handoff.has_brief and handoff.is_open:
        take_over(actor=actor_for(taker), at=at, handoff=handoff)


def _someone(team_id: int | None, ticket: Ticket, at: datetime) -> Person | None:
    if team_id is None:
        return None
    return present_people([team_id], client_id=ticket.client_id, at=at).filter(staff_role="engineer").first()


def _brief(number: int) -> Brief:
    return Brief(
        findings=WORDS.findings[number % len(WORDS.findings)],
        tried=WORDS.tried,
        next_steps=WORDS.next_steps,
        client_told="The client knows that half of the people can work, and hears from us every two hours.",
        awake="The administrator on call, by phone",
    )

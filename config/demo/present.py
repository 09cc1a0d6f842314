"""What is going on right now: tickets about to be due, one too late, questions that wait for an answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from config.demo.acts import Telling
from config.demo.desk import Desk, close_before
from config.demo.player import Story
from config.demo.script import Case
from contracts.domain.plan import Objective, Stance
from contracts.services import propose_rule
from hours.services import request_overage, request_top_up, start_timer
from tickets.services import ask_approval, open_ticket, propose_urgency


def waiting_ticket(desk: Desk, case: Case, *, now: datetime, used: float, seed: str) -> Story:
    """An unanswered ticket that has used up that share of its first response by now; over 1 is too late."""
    telling = Telling(desk, case, dice=Random(seed))  # noqa: S311 - a demo, not a secret
    calendar, seconds = desk.span(telling.target(Objective.FIRST_RESPONSE))
    at = close_before(calendar, now, seconds=seconds, used=used)
    yield at
    telling.file(at, channel="portal")


def urgency_question(desk: Desk, case: Case, *, now: datetime) -> Story:
    """An answered ticket on which an engineer proposes another urgency, which the client has not decided."""
    telling = Telling(desk, case, dice=Random(case.subject))  # noqa: S311 - a demo, not a secret
    at = desk.business.add(now, -7200)
    yield at
    telling.file(at, channel="portal")
    at = desk.business.add(now, -5400)
    yield at
    telling.decide(at)
    telling.answer(at)
    other = next(one.code for one in desk.plan.urgencies if one.code != telling.ticket.urgency)
    propose_urgency(
        actor=desk.by(telling.engineer),
        at=at,
        ticket=telling.ticket,
        urgency=other,
        reason="More people are concerned than the ticket says.",
    )


def running_work(desk: Desk, case: Case, *, now: datetime) -> Story:
    """An engineer is at work on a ticket, with the timer running and an estimate put to the client."""
    telling = Telling(desk, case, dice=Random(case.subject))  # noqa: S311 - a demo, not a secret
    at = desk.business.add(now, -9000)
    yield at
    telling.file(at, channel="portal")
    at = desk.business.add(now, -7500)
    yield at
    telling.decide(at)
    telling.answer(at)
    telling.begin(at)
    at = now - timedelta(minutes=24)
    yield at
    start_timer(actor=desk.by(telling.engineer), at=at, ticket=telling.ticket)
    request_overage(
        actor=desk.by(telling.engineer),
        at=at,
        ticket=telling.ticket,
        minutes=240,
        text="Moving the old dashboards over takes about four hours.",
    )


def exception_question(desk: Desk, *, now: datetime) -> Story:
    """A ticket outside the plan's scope, with an exception that waits for the point of contact."""
    at = desk.business.add(now, -14_400)
    yield at
    kinds = {kind.is_incident: kind.code for kind in desk.plan.request_types}
    ticket = open_ticket(
        actor=desk.by(desk.pocs[0]),
        at=at,
        contract=desk.contract,
        request_type=kinds.get(False, desk.plan.request_types[0].code),
        urgency=desk.plan.urgencies[-1].code,
        category=next(one.key for one in desk.plan.services if one.stance == Stance.EXCLUDED),
        subject="A script that merges two sites",
        description="We bought a small company and want its site inside ours. Could you write what it takes?",
    )
    at = desk.business.add(now, -3600)
    yield at
    ask_approval(
        actor=desk.by(desk.lead),
        at=at,
        ticket=ticket,
        kind="exception",
        question="This is outside your plan. May we do it as an agreed exception, drawn from your hours?",
        asked_of_role="poc",
    )


def proposed_rule(desk: Desk, *, now: datetime) -> Story:
    """A golden rule that the provider proposes and the client has not agreed to."""
    at = now - timedelta(days=1, hours=3)
    yield at
    propose_rule(
        actor=desk.by(desk.csm),
        at=at,
        contract=desk.contract,
        title="Leavers lose access on the day they leave",
        body="Tell us before four in the afternoon; we close the account at six and confirm on the ticket.",
    )


def ordered_pack(desk: Desk, *, now: datetime) -> Story:
    """A pack of hours that waits for the account executive."""
    at = now - timedelta(hours=5)
    yield at
    request_top_up(
        actor=desk.by(desk.pocs[0]),
        at=at,
        contract=desk.contract,
        pack=desk.plan.hours.packs[0].key,
        note="Ahead of the upgrade in spring.",
    )

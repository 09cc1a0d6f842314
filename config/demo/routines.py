"""What happens beside the tickets: daily sweeps, onboarding, golden rules, packs, overage, deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from config.demo.desk import Desk
from config.demo.papers import write_for
from config.demo.player import Story
from contracts.queries import onboarding_of
from contracts.services import agree_to_rule, announce_maintenance_window, finish_step, propose_rule
from escalation.services import sweep as sweep_escalations
from hours.models import OverageRequest
from hours.queries import balance_of
from hours.services import close_months, decide_overage, decide_top_up, grant_periods, request_top_up
from proactive.models import Occurrence, ReviewAction
from proactive.services import deliver, finish_action, mark_missed, plan_occurrences, start
from slo.models import Clock
from slo.services import sweep_due
from tickets.services import close_due, mark_overdue_documents

_LOW_MINUTES = 300
_EVERY_NINTH = 9


def sweep_clocks(at: datetime) -> None:
    """Record what came to be at risk or missed by that moment, as the worker would have."""
    if Clock.objects.to_check(at).exists():
        sweep_due(at=at)


def every_day(since: datetime, *, until: datetime) -> Story:
    """The sweeps of periods, months, programmes, solved tickets and escalations, each morning."""
    at = datetime.combine(since.date() + timedelta(days=1), time(6, 0), since.tzinfo)
    while at <= until:
        yield at
        grant_periods(at=at)
        close_months(at=at)
        plan_occurrences(at=at)
        mark_missed(at=at)
        close_due(at=at)
        sweep_escalations(at=at)
        mark_overdue_documents(at=at)
        at += timedelta(days=1)


def deliveries(desks: Sequence[Desk], since: datetime, *, until: datetime) -> Story:
    """Success managers deliver what is due; every ninth delivery is forgotten."""
    by_contract = {desk.contract.pk: desk for desk in desks}
    at = datetime.combine(since.date() + timedelta(days=1), time(14, 0), since.tzinfo)
    while at <= until:
        yield at
        soon = at.date() + timedelta(days=2)
        due = Occurrence.objects.filter(state="planned", due_on__lte=soon)
        for occurrence in due.select_related("programme__contract"):
            if occurrence.pk % _EVERY_NINTH == 0:
                continue
            desk = by_contract.get(occurrence.programme.contract_id)
            if desk is None or write_for(desk, occurrence, at=at):
                continue
            actor = desk.by(desk.csm)
            start(actor=actor, at=at, occurrence=occurrence)
            proof = f"{occurrence.programme.label}: held, notes sent to the points of contact"
            deliver(actor=actor, at=at, occurrence=occurrence, proof=proof)
        at += timedelta(days=1)


def promises(desks: Sequence[Desk], since: datetime, *, until: datetime) -> Story:
    """What was taken on in reviews is done a few days ahead; every ninth thing is forgotten."""
    by_contract = {desk.contract.pk: desk for desk in desks}
    at = datetime.combine(since.date() + timedelta(days=1), time(16, 0), since.tzinfo)
    while at <= until:
        yield at
        due = ReviewAction.objects.filter(done_at__isnull=True, due_on__lte=at.date() + timedelta(days=3))
        for action in due.select_related("review"):
            desk = by_contract.get(action.review.contract_id)
            if desk is not None and action.pk % _EVERY_NINTH:
                finish_action(actor=desk.by(desk.csm), at=at, action=action)
        at += timedelta(days=1)


def onboarding(desk: Desk, *, forgets: bool) -> Story:
    """The steps of the first fortnight are ticked off; a forgetful desk leaves one open."""
    actor = desk.by(desk.csm)
    for index, step in enumerate(onboarding_of(desk.contract)):
        if forgets and index == 1:
            continue
        at = datetime.combine(step.due_on, time(9, 30), desk.contract.created_at.tzinfo)
        at = max(at, desk.contract.created_at)
        yield at
        finish_step(actor=actor, at=at, step=step)


def golden_rule(
    desk: Desk, *, at: datetime, title: str, body: str, categories: Sequence[str], role: str
) -> Story:
    """The success manager proposes a rule, a point of contact agrees two days later."""
    yield at
    version = propose_rule(
        actor=desk.by(desk.csm),
        at=at,
        contract=desk.contract,
        title=title,
        body=body,
        categories=categories,
        approval_role=role,
    )
    at = desk.after(at, 900)
    yield at
    agree_to_rule(actor=desk.by(desk.pocs[0]), at=at, version=version)


def packs(desk: Desk, since: datetime, *, until: datetime) -> Story:
    """A client with prepaid hours orders its first pack at once, and another whenever little is left."""
    at = since + timedelta(hours=1)
    while at <= until:
        yield at
        if balance_of(desk.contract, at=at).available < _LOW_MINUTES:
            order = request_top_up(
                actor=desk.by(desk.pocs[0]),
                at=at,
                contract=desk.contract,
                pack=desk.plan.hours.packs[0].key,
                note="As last time, please.",
            )
            at += timedelta(hours=3)
            yield at
            decide_top_up(actor=desk.by(desk.account_executive), at=at, top_up=order, confirm=True)
        at += timedelta(days=2)


def overage(desk: Desk, since: datetime, *, until: datetime) -> Story:
    """A point of contact decides on work beyond the balance; what was asked lately still waits."""
    at = datetime.combine(since.date() + timedelta(days=1), time(15, 0), since.tzinfo)
    actor = desk.by(desk.pocs[0])
    while at <= until:
        yield at
        if until - at > timedelta(days=4):
            asked = OverageRequest.objects.filter(contract=desk.contract, state="asked")
            for request in asked.filter(asked_at__lte=at - timedelta(hours=20)):
                decide_overage(actor=actor, at=at, overage=request, approve=request.pk % 4 != 0)
        at += timedelta(days=1)


def maintenance(desk: Desk, *, announced_at: datetime, starts_at: datetime) -> Story:
    """Work on the first environment, announced ahead to the points of contact."""
    yield announced_at
    announce_maintenance_window(
        actor=desk.by(desk.engineers[0]),
        at=announced_at,
        environment=desk.environments[0],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        summary="Updates of the operating system",
        told=[person.email for person in desk.pocs],
    )

"""The panels around a ticket's conversation, each as ready values for its template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from contracts.domain.calendar import Calendar
from contracts.domain.plan import Plan
from contracts.models import SopVersion
from contracts.queries import sops_in_force
from escalation.models import Escalation, State, Tier
from escalation.permissions import may_answer, may_escalate
from slo.queries import ExplainedClock
from slo.queries.terms import Standing
from tickets.models import Approval, Ticket
from tickets.queries import links_of
from web.chips import chip_of, next_owed
from web.desk.around import Around
from web.desk.wording import COVERAGE, flag_words
from web.drawing.strip import strip_of
from web.drawing.works import works_of
from web.frames import initials
from web.gates import SUCCESS_ROLES
from web.requests import StaffRequest
from web.wording.agreements import present_agreement
from web.wording.times import duration

_CHANNELS = {
    "portal": "in the portal",
    "email": "by mail",
    "phone": "by phone",
    "api": "by an interconnection",
    "monitoring": "by monitoring",
    "chat": "by chat",
}


def clocks_panel(
    request: StaffRequest,
    ticket: Ticket,
    clocks: Sequence[ExplainedClock],
    standing: Standing,
    near: Around,
) -> dict[str, Any]:
    """Every clock with its chip, why the next one is due then, and what was agreed on updates."""

    def view(clock: ExplainedClock) -> dict[str, Any]:
        calendar = standing.calendars.get(clock.calendar)
        chip = chip_of(clock, calendar=calendar, zone=request.zone, now=request.at)
        return {"clock": clock, "chip": chip}

    owed = next_owed(clocks) if ticket.is_open else None
    records = near.clocks.records
    return {
        "clocks": [view(clock) for clock in clocks],
        "next": {**view(owed), **_why(request, owed)} if owed else None,
        "agreed": present_agreement(
            ticket, zone=request.zone, now=request.at, standing=standing, records=records
        ),
    }


def _why(request: StaffRequest, clock: ExplainedClock) -> dict[str, Any]:
    strip = strip_of(
        clock.segments,
        element_id="why",
        title=f"How the due time of the {clock.label.lower()} came about",
        now=request.at,
        due_at=clock.due_at,
        zone=request.zone,
    )
    return {
        "strip": strip,
        "works": works_of(clock.segments, now=request.at, zone=request.zone),
        "used": duration(clock.elapsed_seconds),
        "left": duration(clock.remaining_seconds) if clock.is_open else "",
        "changes": clock.due_changes,
    }


def escalation_panel(request: StaffRequest, ticket: Ticket, near: Around) -> dict[str, Any]:
    """The contract's path with the tier that is asked, and what this reader may do about it."""
    path, raised = near.path, near.escalations
    current = next((one for one in raised if one.state != State.RESOLVED), None)
    return {
        "escalation": current,
        "level": str(current.level) if current else "",
        "tier_count": len(path),
        "tiers": [_step(tier, current) for tier in path],
        "earlier": [one for one in raised if one.state == State.RESOLVED],
        "may_answer": current is not None and may_answer(request.actor, current),
        "may_escalate": current is None
        and bool(path)
        and ticket.is_open
        and may_escalate(request.actor, ticket),
    }


def _step(tier: Tier, current: Escalation | None) -> dict[str, str]:
    who = tier.person.name if tier.person else (tier.team.name if tier.team else "")
    state = ""
    if current is not None:
        state = "on" if tier.level == current.level else ("done" if tier.level < current.level else "")
    return {"title": f"{tier.label}, {who}" if who else tier.label, "text": tier.reach, "state": state}


def client_panel(request: StaffRequest, ticket: Ticket, calendar: Calendar, near: Around) -> dict[str, Any]:
    """How things stand at the client: whether they are open now, and which golden rules hold here."""
    rules = sops_in_force(ticket.contract, request.at, near.rules)
    governing = [rule for rule in rules if ticket.category and ticket.category in rule.categories]
    return {
        "open_until": _open_until(calendar, request.at),
        "opens_at": None if calendar.is_open(request.at) else calendar.next_open(request.at),
        "client_zone": ZoneInfo(calendar.zone),
        "client_page": _client_page(request, ticket),
        "rules": [_rule(rule, near.approvals) for rule in governing],
        "other_rules": [rule for rule in rules if rule not in governing],
    }


def _client_page(request: StaffRequest, ticket: Ticket) -> str:
    """The client's page on the success desk, for those who have one."""
    if request.actor.staff_role not in SUCCESS_ROLES:
        return ""
    return reverse("success:client", kwargs={"client": ticket.client.slug})


def _open_until(calendar: Calendar, now: datetime) -> datetime | None:
    if calendar.is_always or not calendar.is_open(now):
        return None
    return calendar.intervals(now, now + timedelta(days=7))[0][1]


def _rule(rule: SopVersion, approvals: Iterable[Approval]) -> dict[str, Any]:
    asked = [
        one for one in approvals if one.rule_version is not None and one.rule_version.sop_id == rule.sop_id
    ]
    states = {one.state for one in asked}
    if not rule.approval_role:
        state = ""
    elif "approved" in states:
        state = "given"
    else:
        state = "declined" if states == {"declined"} else "waiting"
    return {
        "number": rule.sop.number,
        "version": rule.number,
        "sop_id": rule.sop_id,
        "title": rule.sop.title,
        "body": rule.body,
        "state": state,
    }


def people_panel(request: StaffRequest, ticket: Ticket, near: Around) -> dict[str, Any]:
    """Who reads and writes here: requester, participants, owner and watchers."""
    return {
        "participants": [
            {"person": row.person, "initials": initials(row.person.name)} for row in near.participants
        ],
        "requester_initials": initials(ticket.requester.name) if ticket.requester else "",
        "watchers": [{"person": row.person, "initials": initials(row.person.name)} for row in near.watchers],
        "is_watching": any(row.person_id == request.actor.person_id for row in near.watchers),
    }


def place_panel(request: StaffRequest, ticket: Ticket, plan: Plan, near: Around) -> dict[str, Any]:
    """What the ticket is about and where it came from."""
    labels = {one.key: one.label for one in plan.services}
    return {
        "service": labels.get(ticket.category, ticket.category),
        "covered_as": COVERAGE.get(ticket.coverage, ""),
        "flags": flag_words(ticket.flags),
        "channel": _CHANNELS.get(ticket.channel, ticket.channel),
        "links": links_of(request.actor, ticket, near.links),
    }

"""Working out the pack of a service review from the facts of its period (P3)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from contracts.domain.plan import Commitment, Plan
from contracts.models import Contract
from contracts.queries import calendars_of, effective_plan
from proactive.domain.pack import VERSION, Json, period_before
from proactive.queries.pack_care import care_sections
from proactive.queries.pack_service import hours_section, service_sections
from proactive.queries.pack_span import Span


def pack_of(contract: Contract, *, from_on: date, to_on: date, at: datetime) -> Json:
    """Everything that a review of the contract looks at; the caller has authorised the contract.

    Dates are those of the contract's zone, both included; the period before is as long. The numbers are
    those of the moment `at`: what is worked out later may differ, which is why a pack is stored.
    """
    zone = ZoneInfo(calendars_of(contract)["business"].zone)
    now = _span(from_on, to_on, zone)
    before = _span(*period_before(from_on, to_on), zone)
    plan = effective_plan(contract)
    parts = [
        *service_sections(contract, now, before, noun=_noun(plan)),
        *([hours_section(contract, now, before, at=at)] if plan.hours.has_hours else []),
        *care_sections(contract, now, before),
    ]
    return {
        "version": VERSION,
        "contract": contract.name,
        "plan": plan.title,
        "from": from_on.isoformat(),
        "to": to_on.isoformat(),
        "zone": zone.key,
        "made_at": at.isoformat(),
        "sections": parts,
    }


def _noun(plan: Plan) -> str:
    """The plan's own word for its service levels (S18)."""
    return "guarantees" if plan.commitment is Commitment.GUARANTEE else "objectives"


def _span(from_on: date, to_on: date, zone: ZoneInfo) -> Span:
    starts_at = datetime.combine(from_on, time.min, tzinfo=zone)
    ends_at = datetime.combine(to_on + timedelta(days=1), time.min, tzinfo=zone)
    return Span(from_on=from_on, to_on=to_on, starts_at=starts_at, ends_at=ends_at, zone=zone)

"""How a request stands to its plan: the urgency that counts, what covers it, why no clock might run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from contracts.domain.coverage import CoverageAnswer, answer
from contracts.domain.plan import Plan
from contracts.models import Environment
from contracts.queries import calendars_of
from tickets.services.requests import TicketRequest

NOT_NAMED = "Filed for somebody who is not a named contact of the contract."


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is settled at the opening and stays with the ticket.

    `coverage` is `included`, `add_on` or `excluded`; `flags` are words for staff: `needs_add_on`, `excluded`,
    `weekend_coverage`, `non_production`, `unsupported_instance`, `not_named`, `restricted_pool`.
    """

    urgency: str
    rank: int
    coverage: str
    flags: tuple[str, ...]
    exempt_reason: str
    team_id: int | None


def standing_of(request: TicketRequest, plan: Plan, *, at: datetime, is_named: bool) -> Standing:
    """Ask the plan about the request (domain.md §3.1, §3.2, S11; E6 for the team that is on)."""
    environment = request.environment
    found = answer(
        plan,
        add_ons=request.contract.add_ons,
        service_key=request.category,
        request_type=request.request_type,
        urgency=request.urgency,
        production=environment.is_production if environment else None,
        calendars=calendars_of(request.contract),
        at=at,
        channel=request.channel,
        product=environment.product if environment else "",
    )
    contract = request.contract
    is_dedicated_off = bool(found.weekend_note)
    return Standing(
        urgency=found.urgency,
        rank=plan.urgency(found.urgency).rank,
        coverage=_coverage(found),
        flags=tuple(_flags(request, plan, found, at=at, is_named=is_named)),
        exempt_reason=(found.exempt_reason or ("" if is_named else NOT_NAMED))[:200],
        team_id=contract.standard_team_id if is_dedicated_off else contract.dedicated_team_id,
    )


def _coverage(found: CoverageAnswer) -> str:
    if found.covered:
        return "included"
    return "add_on" if found.add_on_needed else "excluded"


def _flags(
    request: TicketRequest, plan: Plan, found: CoverageAnswer, *, at: datetime, is_named: bool
) -> list[str]:
    environment = request.environment
    marks = {
        "excluded": not found.covered and not found.add_on_needed,
        "needs_add_on": bool(found.add_on_needed),
        "weekend_coverage": bool(found.weekend_note),
        "non_production": environment is not None and not environment.is_production,
        "unsupported_instance": plan.requires_maintenance and _is_unsupported(environment, request, at),
        "not_named": not is_named,
        "restricted_pool": request.contract.restricts_engineers,
    }
    return [name for name, holds in marks.items() if holds]


def _is_unsupported(environment: Environment | None, request: TicketRequest, at: datetime) -> bool:
    if environment is None:
        return False
    today = at.astimezone(ZoneInfo(request.contract.client.zone)).date()
    ended = environment.maintenance_ends_on
    return not environment.is_supported or (ended is not None and ended < today)

"""What a contract says about paid time: its zone, and what decides whether work draws (H7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q

from contracts.domain.plan import Plan, Stance
from contracts.models import Contract
from contracts.queries import calendars_of, effective_plan
from hours.domain.activities import Scope
from hours.domain.periods import midnight
from tickets.models import Approval, Ticket

#: Decisions on a ticket that open work outside the plan's scope to the balance (domain.md §3.1).
AGREEMENTS = ("exception", "change_request")
ON_SITE = "on_site"


def zone_of(contract: Contract) -> str:
    """The zone in which the contract's days, months and periods are counted: that of its calendar."""
    return calendars_of(contract)["business"].zone


def has_hours(contract: Contract, plan: Plan) -> bool:
    """Whether any work under the contract can draw: by the plan, or by an add-on with minutes of its own."""
    return plan.hours.has_hours or any(bucket_add_ons(contract, plan))


def bucket_add_ons(contract: Contract, plan: Plan) -> list[str]:
    """The keys of the contract's add-ons that bring minutes of their own."""
    return [one.key for one in plan.add_ons if one.bucket_minutes and one.key in contract.add_ons]


def scope_of(
    ticket: Ticket, plan: Plan | None = None, *, approvals: Iterable[Approval] | None = None
) -> Scope:
    """What decides whether work on the ticket draws.

    Costs one statement for an agreed exception, only where the plan does not simply include the category;
    none where all that was asked on the ticket is given.
    """
    contract = ticket.contract
    plan = plan or effective_plan(contract)
    rule = plan.hours
    facts = {"has_hours": has_hours(contract, plan), "drawing": rule.drawing, "free": rule.free}
    service = next((one for one in plan.services if one.key == ticket.category), None)
    if service is None:
        return Scope(**facts)  # type: ignore[arg-type]
    has_add_on = service.add_on in contract.add_ons
    is_plain = service.stance is Stance.INCLUDED or (service.stance is Stance.ADD_ON and has_add_on)
    labels = {one.key: one.label for one in plan.add_ons}
    return Scope(
        **facts,  # type: ignore[arg-type]
        stance=service.stance.value,
        draws_hours=service.draws_hours,
        group=service.group,
        add_on_label=labels.get(service.add_on, service.group),
        has_add_on=has_add_on,
        is_agreed=not is_plain and _is_agreed(ticket, approvals),
    )


def _is_agreed(ticket: Ticket, approvals: Iterable[Approval] | None) -> bool:
    if approvals is None:
        return is_approved(ticket, *AGREEMENTS)
    return any(one.kind in AGREEMENTS and one.state == "approved" for one in approvals)


def is_approved(ticket: Ticket, *kinds: str) -> bool:
    """Whether a decision of one of those kinds was asked on the ticket and given."""
    return Approval.objects.filter(ticket=ticket, kind__in=kinds, state="approved").exists()


def is_cleared(contract: Contract, *, person_id: int, worked_on: date, zone: str = "") -> bool:
    """Whether the person may work for a contract that restricts its engineers: cleared now, or that day.

    A clearance that has ended still covers the days it covered, so that their work can be written down. The
    contract's zone may be given, where the caller knows it.
    """
    if not contract.restricts_engineers:
        return True
    zone = zone or zone_of(contract)
    covers = Q(
        since__lt=midnight(worked_on + timedelta(days=1), zone), ended_at__gt=midnight(worked_on, zone)
    )
    living = Q(ended_at__isnull=True)
    return contract.clearances.filter(living | covers, person_id=person_id).exists()

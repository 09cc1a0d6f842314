"""What a contact filed before they were named moves to the contract that names them (domain.md §3.2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import Person
from contracts.domain.plan import Plan
from contracts.models import Contract, Environment
from contracts.queries import effective_plan, environments_of
from events.domain.actor import Actor
from events.domain.errors import NotAllowed
from events.services import record
from tickets import events
from tickets.models import Ticket
from tickets.services.requests import TicketRequest
from tickets.services.rows import save_change
from tickets.services.standing import NOT_NAMED, standing_of

_AGREED = ("exception", "change")


@transaction.atomic
def move_earlier_tickets(*, actor: Actor, at: datetime, contract: Contract, person: Person) -> list[Ticket]:
    """Bring the open tickets of a contact who is named now to the contract, and to its service levels.

    Those under another contract of the same plan family that names nobody move over, where the new plan knows
    their urgency, kind and category. Those filed for them here while they were not named lose that exemption.
    The system alone does this; repeating it changes nothing.
    """
    if not actor.is_system:
        raise NotAllowed("Tickets move by themselves when their contact is named.")
    plan = effective_plan(contract)
    if plan.contacts is None:
        return []
    rows = (
        Ticket.objects.select_for_update(of=("self",))
        .select_related("contract__plan_version", "environment", "client")
        .filter(client_id=contract.client_id, requester=person, contract__plan_version__family=plan.family)
        .open()
        .order_by("id")
    )
    moved = []
    for ticket in rows:
        if ticket.contract_id == contract.pk:
            _lift(actor, at, ticket)
        elif _fits(ticket, plan):
            _move(actor, at, ticket, contract, plan)
            moved.append(ticket)
    return moved


def _fits(ticket: Ticket, plan: Plan) -> bool:
    return (
        effective_plan(ticket.contract).contacts is None
        and ticket.urgency in {one.code for one in plan.urgencies}
        and ticket.request_type in {one.code for one in plan.request_types}
        and (not ticket.category or ticket.category in {one.key for one in plan.services})
    )


def _move(actor: Actor, at: datetime, ticket: Ticket, contract: Contract, plan: Plan) -> None:
    before = ticket.contract_id
    ticket.contract = contract
    ticket.environment = _same_instance(ticket.environment, environments_of(contract))
    standing = standing_of(_asked_again(ticket), plan, at=at, is_named=True)
    ticket.flags = list(standing.flags)
    if ticket.coverage not in _AGREED:
        ticket.coverage, ticket.exempt_reason = standing.coverage, standing.exempt_reason
    ticket.team_id = standing.team_id or ticket.team_id
    save_change(ticket, "contract", "environment", "flags", "coverage", "exempt_reason", "team", at=at)
    record(
        events.TicketTransferred(
            client_id=ticket.client_id,
            subject_id=ticket.pk,
            key=ticket.key,
            before_contract_id=before,
            contract_id=contract.pk,
            exempt_reason=ticket.exempt_reason,
        ),
        at=at,
        actor=actor,
    )


def _same_instance(old: Environment | None, known: Iterable[Environment]) -> Environment | None:
    """The instance of that name under the new contract; instances do not change hands by themselves."""
    return next((one for one in known if old is not None and one.name == old.name), None)


def _asked_again(ticket: Ticket) -> TicketRequest:
    return TicketRequest(
        contract=ticket.contract,
        request_type=ticket.request_type,
        urgency=ticket.urgency,
        subject=ticket.subject,
        description="",
        category=ticket.category,
        environment=ticket.environment,
        requester=ticket.requester,
        channel=ticket.channel,
    )


def _lift(actor: Actor, at: datetime, ticket: Ticket) -> None:
    if "not_named" not in ticket.flags:
        return
    ticket.flags = [flag for flag in ticket.flags if flag != "not_named"]
    changes: dict[str, list[object]] = {"named_contact": [False, True]}
    if ticket.exempt_reason == NOT_NAMED:
        changes["exempt_reason"], ticket.exempt_reason = [NOT_NAMED, ""], ""
    save_change(ticket, "flags", "exempt_reason", at=at)
    record(
        events.TicketDetailsChanged(
            client_id=ticket.client_id, subject_id=ticket.pk, key=ticket.key, changes=changes
        ),
        at=at,
        actor=actor,
    )

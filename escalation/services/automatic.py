"""What the system escalates by itself: whatever one sweep found missed, in a few statements (E2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from contracts.models import Contract
from contracts.queries import calendars_of_many, effective_plan
from escalation.domain.ladder import Asked, Rung, acknowledge_by
from escalation.events import EscalationRaised
from escalation.models import Escalation, Step, Tier
from escalation.queries import facts_of_many, on_duty_of, open_tickets_with_level
from events.domain.actor import SYSTEM
from events.models import Record
from events.services import record_many
from tickets.models import Ticket

_GROUND_OF = {"first_response": "late_response", "resolution": "slow_resolution"}
_NO_RANK_NEEDED = "resolution"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """An escalation that is due: which ticket, at whose tier, and the miss that calls for it.

    `asked` and `told` are who of the tier is on duty (E1).
    """

    ticket: Ticket
    contract: Contract
    rung: Rung
    cause: Record
    asked: Asked
    told: list[int]

    @property
    def ground(self) -> str:
        return _GROUND_OF[self.cause.data["objective"]]


@transaction.atomic(savepoint=False)
def escalate_missed(*, missed: Sequence[Record]) -> list[Escalation]:
    """Raise what the misses of one batch call for: one escalation a ticket, by the first that calls for it.

    Runs in the transaction of the misses, which holds the tickets' locks: whoever raised one before is seen
    here, and a ticket that is escalated already stays as it is. As many statements for many as for one.
    """
    calls = _with_rungs(_called_for(missed))
    if not calls:
        return []
    rows = Escalation.objects.bulk_create(_rows(calls))
    Step.objects.bulk_create([_step(row) for row in rows])
    told = [_event(row, call) for row, call in zip(rows, calls, strict=True)]
    record_many(told, at=calls[0].cause.at, actor=SYSTEM, causes=[call.cause for call in calls])
    return rows


def _called_for(missed: Sequence[Record]) -> list[tuple[Ticket, Contract, Record]]:
    """In the order of cost: a batch of a thousand lesser ranks reads tickets and terms, and nothing more."""
    grounded = [record for record in missed if record.data["objective"] in _GROUND_OF]
    if not grounded:
        return []
    tickets = _locked({record.subject_id for record in grounded})
    contracts = Contract.objects.with_terms().in_bulk({ticket.contract_id for ticket in tickets.values()})
    calls: dict[int, tuple[Ticket, Contract, Record]] = {}
    for record in grounded:
        ticket = tickets[record.subject_id]
        contract = contracts[ticket.contract_id]
        if ticket.pk not in calls and _is_wanted(ticket, contract, record.data["objective"]):
            calls[ticket.pk] = (ticket, contract, record)
    escalated = open_tickets_with_level(list(calls)) if calls else {}
    return [call for ticket_id, call in calls.items() if ticket_id not in escalated]


def _locked(ticket_ids: set[int]) -> Mapping[int, Ticket]:
    rows = Ticket.objects.select_for_update(of=("self",)).filter(id__in=ticket_ids).order_by("id")
    return {ticket.pk: ticket for ticket in rows.only("id", "client_id", "contract_id", "key", "rank")}


def _is_wanted(ticket: Ticket, contract: Contract, objective: str) -> bool:
    if not contract.switches.get(f"escalate_{objective}", True):
        return False
    return objective == _NO_RANK_NEEDED or ticket.rank in effective_plan(contract).escalation.automatic_ranks


def _with_rungs(found: Sequence[tuple[Ticket, Contract, Record]]) -> list[_Call]:
    """Those whose contract has a path, at its first tier."""
    if not found:
        return []
    tiers = Tier.objects.filter(contract__in={contract.pk for _, contract, _ in found})
    firsts: dict[int, Tier] = {}
    for tier in tiers.select_related("person", "deputy").order_by("level"):
        firsts.setdefault(tier.contract_id, tier)
    duties = on_duty_of(list(firsts.values()), at=found[0][2].at)
    return [
        _Call(
            ticket=ticket,
            contract=contract,
            rung=Rung(level=first.level, acknowledge_seconds=first.acknowledge_seconds),
            cause=cause,
            asked=duties[first.pk][0],
            told=duties[first.pk][1],
        )
        for ticket, contract, cause in found
        if (first := firsts.get(contract.pk)) is not None
    ]


def _rows(calls: Sequence[_Call]) -> list[Escalation]:
    facts = facts_of_many([call.ticket.pk for call in calls])
    calendars = calendars_of_many({call.contract.pk: call.contract for call in calls}.values())
    return [
        Escalation(
            client_id=call.ticket.client_id,
            ticket=call.ticket,
            contract=call.contract,
            level=call.rung.level,
            ground=call.ground,
            facts=facts[call.ticket.pk],
            raised_by_name=SYSTEM.name,
            raised_at=call.cause.at,
            told_at=call.cause.at,
            asked_id=call.asked.person_id,
            asked_because=call.asked.because,
            acknowledge_due_at=acknowledge_by(
                call.rung, calendar=calendars[call.contract.pk]["business"], told_at=call.cause.at
            ),
        )
        for call in calls
    ]


def _step(row: Escalation) -> Step:
    return Step(
        client_id=row.client_id,
        escalation=row,
        kind="raised",
        level=row.level,
        by_name=row.raised_by_name,
        at=row.raised_at,
    )


def _event(row: Escalation, call: _Call) -> EscalationRaised:
    return EscalationRaised(
        client_id=row.client_id,
        subject_id=call.ticket.pk,
        key=call.ticket.key,
        escalation_id=row.pk,
        level=row.level,
        ground=row.ground,
        reason="",
        told_ids=call.told,
    )

"""What escalation does when a lower floor recorded an event."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from contracts.models import Contract
from escalation.services import (
    escalate_missed,
    follow,
    follow_development,
    follow_priorities,
    follow_terms,
    route,
    set_default_path,
)
from events.domain.actor import SYSTEM
from events.models import Record
from events.services import ForMany
from tickets.domain.lifecycle import Status
from tickets.models import Ticket
from tickets.queries import ticket_by_id


def give_default_path(record: Record) -> None:
    """A new contract starts with its plan's default path (E1)."""
    contract = Contract.objects.select_related("csm", "standard_team", "plan_version").get(
        id=record.subject_id
    )
    set_default_path(at=record.at, contract=contract)


@ForMany
def escalate_missed_clocks(records: Sequence[Record]) -> None:
    """A missed first response of the plan's worst ranks, or a passed resolution threshold, escalates (E2).

    The contract can switch it off; a ticket that is escalated already stays as it is. All that one sweep
    found is escalated together. Wakes on `clock.missed`.
    """
    escalate_missed(missed=records)


def route_opened(record: Record) -> None:
    """A new ticket goes to the team that is on, and takes up a baton where its plan hands over warm (E6, E7).

    Under a contract that names no team there is nothing to choose.
    """
    if not record.data.get("has_team"):
        return
    ticket = Ticket.objects.select_related(
        "contract__plan_version", "contract__client", "client", "environment"
    ).get(id=record.subject_id)
    follow(route(ticket, at=record.at), at=record.at)


def follow_ticket(record: Record) -> None:
    """A ticket that changed takes its baton up, along, or lays it down (E7)."""
    has_team = Q(contract__dedicated_team__isnull=False) | Q(contract__standard_team__isnull=False)
    if not Ticket.objects.filter(has_team, pk=record.subject_id).exists():
        return
    follow(ticket_by_id(SYSTEM, record.subject_id, lock=True), at=record.at)


def follow_vendor(record: Record) -> None:
    """A ticket that begins or ends to wait for a maker enters or leaves the queue of such waits (E5)."""
    if Status.WAITING_ON_VENDOR in (record.data["before"], record.data["after"]):
        follow_development(ticket_by_id(SYSTEM, record.subject_id, lock=True), at=record.at)


def follow_new_contract(record: Record) -> None:
    """A ticket that moved to another contract stands in the queue of waits where that one's plan puts it."""
    follow_development(ticket_by_id(SYSTEM, record.subject_id, lock=True), at=record.at)


def follow_contract(record: Record) -> None:
    """Other teams, regions or terms of a contract may hand over and queue otherwise (E5, E7)."""
    contract = Contract.objects.with_terms().get(id=record.subject_id)
    follow_priorities(contract)
    if contract.dedicated_team_id is not None or contract.standard_team_id is not None:
        follow_terms(contract, at=record.at)

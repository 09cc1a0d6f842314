"""The weekly timesheet: several entries at once, all or none, in quarter hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from events.domain.actor import Actor
from events.domain.errors import Invalid
from hours.domain.activities import REQUESTED_WORK
from hours.models import TimeEntry
from hours.services.book import lock_account
from hours.services.checks import Work
from hours.services.time import log_work
from tickets.models import Ticket
from tickets.queries import ticket_by_id

QUARTER_MINUTES = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCell:
    """One cell that was filled in: a ticket, a day, minutes in quarter hours, and what was done."""

    ticket: Ticket
    worked_on: date
    minutes: int
    note: str
    activity: str = REQUESTED_WORK
    request_key: str | None = None


@transaction.atomic
def fill_timesheet(*, actor: Actor, at: datetime, cells: Sequence[SheetCell]) -> list[TimeEntry]:
    """Log all cells of a timesheet, or none: the first fault refuses them all and names its cell.

    `Invalid.fields` keys are `<number of the cell>.<field>`. Tickets, then accounts, are locked in the order
    of their ids, so that two sheets never wait for each other.
    """
    tickets = {pk: ticket_by_id(actor, pk, lock=True) for pk in sorted({cell.ticket.pk for cell in cells})}
    contracts = {ticket.contract_id: ticket.contract for ticket in tickets.values()}
    for contract_id in sorted(contracts):
        lock_account(contracts[contract_id])
    return [_log_cell(actor, at, number, cell, tickets[cell.ticket.pk]) for number, cell in enumerate(cells)]


def _log_cell(actor: Actor, at: datetime, number: int, cell: SheetCell, ticket: Ticket) -> TimeEntry:
    if cell.minutes % QUARTER_MINUTES:
        fault = "The timesheet counts in quarter hours; log odd minutes on the ticket."
        raise Invalid(fault, fields={f"{number}.minutes": fault})
    work = Work(
        minutes=cell.minutes,
        worked_on=cell.worked_on,
        note=cell.note,
        activity=cell.activity,
        request_key=cell.request_key,
    )
    try:
        return log_work(actor=actor, at=at, ticket=ticket, work=work)
    except Invalid as refused:
        fields = {f"{number}.{name}": text for name, text in refused.fields.items()}
        raise Invalid(refused.detail, code=refused.code, fields=fields) from refused

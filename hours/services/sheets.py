"""The weekly timesheet: cells filled in and changed at once, all or none, in quarter hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from hours.domain.activities import REQUESTED_WORK
from hours.domain.amounts import clock_text
from hours.models import TimeEntry
from hours.services.book import lock_account
from hours.services.checks import Work
from hours.services.corrections import correct_entry, reverse_entry
from hours.services.time import log_work
from tickets.models import Ticket
from tickets.queries import ticket_by_id

QUARTER_MINUTES = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCell:
    """One cell that was filled in: a ticket, a day, minutes in quarter hours, and what was done.

    With `stands`, what the writer saw there, `minutes` are the cell's new sum: more is logged, less is taken
    back with the note as its reason (H2). Without it they are added, whatever stands there.
    """

    ticket: Ticket
    worked_on: date
    minutes: int
    note: str
    stands: int | None = None
    activity: str = REQUESTED_WORK
    request_key: str | None = None


@transaction.atomic
def fill_timesheet(*, actor: Actor, at: datetime, cells: Sequence[SheetCell]) -> list[TimeEntry]:
    """Log and change all cells of a timesheet, or none: the first fault refuses them all and names its cell.

    Gives the entries that came of it, reversals too. A cell that says already what it shall say changes
    nothing, so a sheet may be sent twice; one that changed under the writer's hands is refused.
    `Invalid.fields` keys are `<number of the cell>.<field>`. Tickets, then accounts, are locked in the order
    of their ids, so that two sheets never wait for each other.
    """
    tickets = {pk: ticket_by_id(actor, pk, lock=True) for pk in sorted({cell.ticket.pk for cell in cells})}
    contracts = {ticket.contract_id: ticket.contract for ticket in tickets.values()}
    for contract_id in sorted(contracts):
        lock_account(contracts[contract_id])
    made: list[TimeEntry] = []
    for number, cell in enumerate(cells):
        try:
            made += _fill_cell(actor, at, cell, tickets[cell.ticket.pk])
        except Invalid as refused:
            fields = {f"{number}.{name}": text for name, text in refused.fields.items()}
            raise Invalid(refused.detail, code=refused.code, fields=fields) from refused
    return made


def _fill_cell(actor: Actor, at: datetime, cell: SheetCell, ticket: Ticket) -> list[TimeEntry]:
    if cell.minutes % QUARTER_MINUTES:
        raise _fault("The timesheet counts in quarter hours; log odd minutes on the ticket.")
    if cell.stands is None:
        return [_log(actor, at, cell, ticket, minutes=cell.minutes)]
    entries = _standing(actor, cell, ticket)
    now = sum(entry.billed_minutes for entry in entries)
    if now == cell.minutes:
        return []
    if now != cell.stands:
        raise _fault(f"Meanwhile {clock_text(now)} stands here. Type the sum that you mean once more.")
    if now < cell.minutes:
        return [_log(actor, at, cell, ticket, minutes=cell.minutes - now)]
    try:
        return _take_back(actor, at, entries, minutes=now - cell.minutes, reason=cell.note)
    except (NotAllowed, Conflict) as refused:
        raise _fault(refused.detail) from refused


def _fault(words: str) -> Invalid:
    return Invalid(words, fields={"minutes": words})


def _standing(actor: Actor, cell: SheetCell, ticket: Ticket) -> list[TimeEntry]:
    """What the cell sums up, newest first."""
    own = TimeEntry.objects.standing().filter(person_id=actor.person_id or 0, ticket=ticket)
    return list(own.filter(worked_on=cell.worked_on).order_by("-id"))


def _take_back(
    actor: Actor, at: datetime, entries: Sequence[TimeEntry], *, minutes: int, reason: str
) -> list[TimeEntry]:
    """Take so many billed minutes back, from the newest entry on; the last one is written anew."""
    made: list[TimeEntry] = []
    for entry in entries:
        if minutes <= 0:
            break
        rest = entry.billed_minutes - minutes
        minutes -= entry.billed_minutes
        if rest > 0:
            made.append(correct_entry(actor=actor, at=at, entry=entry, reason=reason, minutes=rest))
        else:
            made.append(reverse_entry(actor=actor, at=at, entry=entry, reason=reason))
    return made


def _log(actor: Actor, at: datetime, cell: SheetCell, ticket: Ticket, *, minutes: int) -> TimeEntry:
    work = Work(
        minutes=minutes,
        worked_on=cell.worked_on,
        note=cell.note,
        activity=cell.activity,
        request_key=cell.request_key,
    )
    return log_work(actor=actor, at=at, ticket=ticket, work=work)

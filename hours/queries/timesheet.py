"""The week of one person: tickets down, days across, minutes billed and worked (H1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hours.models import TimeEntry
from tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One ticket's week: worked minutes by day, Monday first, and the entries behind them."""

    ticket: Ticket
    days: tuple[int, ...]
    entries: tuple[TimeEntry, ...]

    @property
    def total(self) -> int:
        """Worked minutes of the week."""
        return sum(self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timesheet:
    """A person's week from Monday; reversed entries and their reversals are left out of the sums."""

    monday: date
    rows: tuple[SheetRow, ...]

    @property
    def days(self) -> tuple[int, ...]:
        """Worked minutes by day over all tickets."""
        return tuple(sum(row.days[number] for row in self.rows) for number in range(7))

    @property
    def total(self) -> int:
        """Worked minutes of the week."""
        return sum(self.days)

    @property
    def billed(self) -> int:
        """Billed minutes of the week."""
        return sum(entry.billed_minutes for row in self.rows for entry in row.entries)


def timesheet(person_id: int, *, week_of: date) -> Timesheet:
    """The person's timesheet of the week in which that day lies, in one statement."""
    monday = week_of - timedelta(days=week_of.weekday())
    entries = (
        TimeEntry.objects.filter(
            person_id=person_id, worked_on__gte=monday, worked_on__lt=monday + timedelta(days=7)
        )
        .standing()
        .shown()
        .order_by("ticket_id", "worked_on", "id")
    )
    by_ticket: dict[int, list[TimeEntry]] = {}
    for entry in entries:
        by_ticket.setdefault(entry.ticket_id, []).append(entry)
    return Timesheet(monday=monday, rows=tuple(_row(found, monday) for found in by_ticket.values()))


def _row(entries: list[TimeEntry], monday: date) -> SheetRow:
    days = [0] * 7
    for entry in entries:
        days[(entry.worked_on - monday).days] += entry.worked_minutes
    return SheetRow(ticket=entries[0].ticket, days=tuple(days), entries=tuple(entries))

"""The lines of the queue and the groups they stand in, by when the next clock is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from slo.queries.terms import standings_of
from tickets.domain.lifecycle import Status
from tickets.models import Ticket, TicketQuerySet
from web.chips import NextDue, next_dues
from web.templatetags import badge
from web.wording.clocks import ClockChip

SOON = timedelta(hours=2)
SHORT_REASON = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One ticket of the queue with all that its line says."""

    ticket: Ticket
    urgency: str
    due: NextDue
    kind: str = ""
    tier: int = 0
    is_mine: bool = False

    @property
    def owner(self) -> str:
        """Who owns it, in the reader's words."""
        if self.is_mine:
            return "You"
        return short_name(self.ticket.assignee.name) if self.ticket.assignee else "no owner"

    @property
    def status(self) -> dict[str, str]:
        """Where the ticket stands, in as few words as a narrow column wants."""
        known = Status(self.ticket.status)
        if known in (Status.WAITING_ON_CLIENT, Status.WAITING_ON_VENDOR):
            return {"label": "Waiting", "icon": "circle-pause", "tone": "wait"}
        return badge.status_badge(known, "staff")

    @property
    def chip(self) -> ClockChip | None:
        """The clock's chip; a long reason for none is told below the subject instead."""
        chip = self.due.chip
        return replace(chip, rest="", objective="") if chip is not None and self.no_clock_reason else chip

    @property
    def no_clock_reason(self) -> str:
        """Why no clock runs, where that is too much for a chip."""
        chip = self.due.chip
        is_long = chip is not None and chip.state == "exempt" and len(chip.rest) > SHORT_REASON
        return chip.rest if chip is not None and is_long else ""

    @property
    def tier_words(self) -> str:
        """The tier as text, for the tag."""
        return str(self.tier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows under one heading; a page that goes on inside a group repeats no heading (`title` is empty)."""

    name: str
    title: str
    rows: Sequence[Row]


def short_name(name: str) -> str:
    """First name and initial, as colleagues are told apart in a narrow column."""
    first, _, rest = name.partition(" ")
    return f"{first} {rest.rpartition(' ')[2][:1]}." if rest else first


def rows_of(tickets: Sequence[Ticket], *, person_id: int | None, zone: ZoneInfo, now: datetime) -> list[Row]:
    """The lines of a page, in two statements for one ticket as for fifty.

    The tickets carry their client, owner, team and, as `tier`, where their escalation stands.
    """
    plans = standings_of({ticket.contract_id for ticket in tickets})
    dues = next_dues(tickets, zone=zone, now=now, standings=plans)
    labels = {
        (contract_id, one.code): one.label
        for contract_id, standing in plans.items()
        for one in standing.plan.urgencies
    }
    kinds = {
        (contract_id, one.code): one.label
        for contract_id, standing in plans.items()
        for one in standing.plan.request_types
    }
    return [
        Row(
            ticket=ticket,
            urgency=labels.get((ticket.contract_id, ticket.urgency), ticket.urgency),
            due=dues[ticket.pk],
            tier=getattr(ticket, "tier", None) or 0,
            kind=kinds.get((ticket.contract_id, ticket.request_type), ticket.request_type),
            is_mine=person_id is not None and ticket.assignee_id == person_id,
        )
        for ticket in tickets
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """The moments at which one group of the queue ends and the next begins, on the reader's day."""

    now: datetime
    soon: datetime
    midnight: datetime

    @classmethod
    def at(cls, now: datetime, zone: ZoneInfo) -> Edges:
        """The edges at a moment; late in the evening the two hours reach into the next day."""
        tomorrow = now.astimezone(zone).date() + timedelta(days=1)
        midnight = datetime.combine(tomorrow, time(), tzinfo=zone)
        return cls(now=now, soon=now + SOON, midnight=max(midnight, now + SOON))

    def group_of(self, due_at: datetime | None) -> str:
        """The name of the group for a due moment."""
        if due_at is None:
            return "none"
        if due_at <= self.now:
            return "missed"
        if due_at <= self.soon:
            return "soon"
        return "today" if due_at < self.midnight else "later"

    def titles(self, zone: ZoneInfo) -> dict[str, str]:
        """The heading of each group, in the order of the queue."""
        following = self.midnight.astimezone(zone)
        return {
            "missed": "Missed",
            "soon": "Next two hours",
            "today": "Later today",
            "later": f"{following:%A} and after",
            "none": "No clock running",
        }

    def cut(self, found: TicketQuerySet) -> dict[str, TicketQuerySet]:
        """The tickets of each group, for counting."""
        return {
            "missed": found.filter(next_due_at__lte=self.now),
            "soon": found.filter(next_due_at__gt=self.now, next_due_at__lte=self.soon),
            "today": found.filter(next_due_at__gt=self.soon, next_due_at__lt=self.midnight),
            "later": found.filter(next_due_at__gte=self.midnight),
            "none": found.filter(next_due_at__isnull=True),
        }


def groups_of(rows: Sequence[Row], *, edges: Edges, zone: ZoneInfo, begun: str = "") -> Iterator[Group]:
    """The rows under their headings; `begun` is the group whose heading stands on the page already."""
    titles = edges.titles(zone)
    for name, members in groupby(rows, key=lambda row: edges.group_of(row.ticket.next_due_at)):
        title = "" if name == begun else titles[name]
        yield Group(name=name, title=title, rows=list(members))

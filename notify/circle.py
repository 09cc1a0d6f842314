"""Who stands around a ticket or a client: one statement for any number of records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, IntegerField, Q, QuerySet, Value

from accounts.models import Assignment, Duty, Membership, Person, Role
from escalation.models import Tier
from events.models import Record
from tickets.models import Participant, Ticket, Watcher

Row = tuple[str, int, int]

#: Parts that contacts stand in; everybody else in a circle works for the provider.
CLIENT_PARTS = frozenset({"requester", "participant", "poc", "subscriber"})
#: Facts in which an event names one person to tell; `told_ids` names several.
_NAMES = ("asked_of_id", "waiting_on_id", "person_id", "told_id")
_COLUMNS = {"requester": "requester_id", "assignee": "assignee_id", "team": "team__people"}
_TABLES: dict[str, QuerySet[Any]] = {
    "participant": Participant.objects.all(),
    "watcher": Watcher.objects.all(),
}
_DUTIES = {"engineer": Duty.SERVES, "success": Duty.SUCCESS, "account": Duty.ACCOUNT}


@dataclass(frozen=True)
class Circle:
    """People by the part that they have around each record: `(part, ticket or client id)` to their ids."""

    people: Mapping[tuple[str, int], Sequence[int]] = field(default_factory=dict)

    def standing(self, part: str, record: Record) -> tuple[int, ...]:
        """The people who have that part around what the record is about."""
        if part in ("named", "subscriber"):
            return _named(record)
        return tuple(self.people.get((part, _scope_of(part, record)), ()))


def circle_of(records: Iterable[Record], *, parts: Iterable[str]) -> Circle:
    """Read who has one of those parts around the tickets and clients of the records, in one statement."""
    rows = list(records)
    tickets = {row.subject_id for row in rows if row.subject_type == "ticket"}
    clients = {row.client_id for row in rows if row.client_id is not None}
    questions = [question for part in sorted(set(parts)) for question in _question(part, tickets, clients)]
    found: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    if questions:
        first, *others = questions
        for part, scope, person in first.union(*others, all=True) if others else first:
            found[part, scope].append(person)
    return Circle(people=found)


def tier_part(level: int) -> str:
    """The part of the people of one tier on an escalation path."""
    return f"tier{level}"


def _scope_of(part: str, record: Record) -> int:
    if part in ("poc", *_DUTIES):
        return record.client_id or 0
    if part == "lead":
        return 0
    return record.subject_id if record.subject_type == "ticket" else 0


def _named(record: Record) -> tuple[int, ...]:
    """People whom the event itself names, as an approval asked of one person does."""
    single = (record.data.get(name) for name in _NAMES)
    return tuple(dict.fromkeys([*filter(None, single), *(record.data.get("told_ids") or ())]))


def _question(part: str, tickets: set[int], clients: set[int]) -> list[QuerySet[Any, Row]]:
    if part in ("poc", *_DUTIES):
        return [_around_clients(part, clients)] if clients else []
    if part == "lead":
        leads = Person.objects.filter(is_active=True, staff_role="lead")
        return [_rows(leads, "lead", Value(0, output_field=IntegerField()), "id")]
    return _around_tickets(part, tickets) if tickets else []


def _around_clients(part: str, clients: set[int]) -> QuerySet[Any, Row]:
    if part == "poc":
        living = Membership.objects.filter(client__in=clients, role=Role.POC, ended_at__isnull=True)
        return _rows(living, part, F("client_id"), "person_id")
    duties = Assignment.objects.filter(client__in=clients, duty=_DUTIES[part])
    return _rows(duties, part, F("client_id"), "person_id")


def _around_tickets(part: str, tickets: set[int]) -> list[QuerySet[Any, Row]]:
    if part.startswith("tier"):
        return _tier(part, tickets)
    if part in _COLUMNS:
        column = _COLUMNS[part]
        standing = Ticket.objects.filter(id__in=tickets).filter(**{f"{column}__isnull": False})
        return [_rows(standing, part, F("id"), column)]
    table = _TABLES.get(part)
    return (
        [_rows(table.filter(ticket__in=tickets), part, F("ticket_id"), "person_id")]
        if table is not None
        else []
    )


def _tier(part: str, tickets: set[int]) -> list[QuerySet[Any, Row]]:
    at_level = Tier.objects.filter(contract__tickets__in=tickets, level=int(part.removeprefix("tier")))
    ticket = F("contract__tickets__id")
    return [
        _rows(at_level.filter(Q(**{f"{way}__isnull": False})), part, ticket, way)
        for way in ("person", "deputy", "team__people")
    ]


def _rows(query: QuerySet[Any], part: str, scope: F | Value, person: str) -> QuerySet[Any, Row]:
    rows = query.order_by().annotate(part_=Value(part), scope_=scope, person_=F(person))
    found: QuerySet[Any, Row] = rows.values_list("part_", "scope_", "person_")
    return found

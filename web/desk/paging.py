"""Pages of the queue by keyset: the next fifty begin behind the last row, however long the list is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Q, Subquery

from escalation.models import Escalation, State
from tickets.models import Ticket, TicketQuerySet

PAGE = 50
SHOWN_AT_MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some rows, and where the next ones begin; `after` is empty at the end."""

    tickets: list[Ticket]
    after: str = ""


def page_of(found: TicketQuerySet, *, sort: str, after: str = "", size: int = PAGE) -> Page:
    """The rows behind that place; a place that cannot be read is the beginning."""
    tiers = Escalation.objects.filter(ticket=OuterRef("pk")).exclude(state=State.RESOLVED).order_by("-id")
    cut = found.select_related("client", "assignee", "team").annotate(
        tier=Subquery(tiers.values("level")[:1])
    )
    rows = _by_due(cut, after, size + 1) if sort == "due" else _by_other(cut, sort, after, size + 1)
    shown = rows[:size]
    return Page(tickets=shown, after=_place(shown[-1], sort) if len(rows) > size else "")


def _by_due(found: TicketQuerySet, after: str, size: int) -> list[Ticket]:
    """Tickets by their next due moment, then those without one by age.

    The first page is one question, for the index has those without a moment last. Later ones are two instead
    of one with "or", so that both walk the index from where the last page ended.
    """
    moment, ticket_id = _read_place(after)
    if not ticket_id:
        return list(found.by_next_due()[:size])
    rows: list[Ticket] = []
    if moment is not None:
        due = found.filter(next_due_at__gte=moment).exclude(next_due_at=moment, id__lte=ticket_id)
        rows = list(due.order_by("next_due_at", "id")[:size])
    if len(rows) < size:
        idle = found.filter(next_due_at__isnull=True)
        if moment is None:
            idle = idle.filter(id__gt=ticket_id)
        rows += idle.order_by("id")[: size - len(rows)]
    return rows


_FIELDS = {"urgency": "rank", "client": "client__name"}


def _by_other(found: TicketQuerySet, sort: str, after: str, size: int) -> list[Ticket]:
    value, _, last = after.rpartition("~")
    ticket_id = int(last) if last.isdecimal() else 0
    if sort == "new":
        newest = found.filter(id__lt=ticket_id) if ticket_id else found
        return list(newest.order_by("-id")[:size])
    field = _FIELDS[sort]
    if ticket_id and (field != "rank" or value.isdecimal()):
        found = found.filter(Q(**{f"{field}__gt": value}) | Q(**{field: value}, id__gt=ticket_id))
    return list(found.order_by(F(field).asc(), "id")[:size])


def _place(ticket: Ticket, sort: str) -> str:
    if sort == "due":
        return f"{ticket.next_due_at.isoformat() if ticket.next_due_at else ''}~{ticket.pk}"
    value = {"urgency": str(ticket.rank), "client": ticket.client.name, "new": ""}[sort]
    return f"{value}~{ticket.pk}"


def _read_place(after: str) -> tuple[datetime | None, int]:
    """The moment and id of a last row; no moment where no clock ran; neither for what cannot be read."""
    stamp, _, last = after.rpartition("~")
    ticket_id = int(last) if last.isdecimal() else 0
    if not stamp:
        return None, ticket_id
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return None, 0
    return (moment, ticket_id) if moment.tzinfo and ticket_id else (None, 0)

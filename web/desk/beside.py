"""What the frame of the desk counts for its reader, and the timer that runs: one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Subquery

from accounts.models import Person
from escalation.models import State
from escalation.queries import (
    bookings_to_decide,
    open_for,
    overdue_developments,
    waiting_handoffs,
    waiting_questions,
)
from hours.models import Timer
from hours.queries import waiting_parts
from intake.queries import visible_to as mails_visible_to
from notify.models import Notice
from web.desk.counting import COUNTED_AT_MOST, CappedCount
from web.requests import PageRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What the frame counts, and the timer that runs; `key` is empty where none does."""

    unread: int = 0
    waiting: int = 0
    to_take: int = 0
    to_settle: int = 0
    mails: int = 0
    questions: int = 0
    bookings: int = 0
    overdue: int = 0
    key: str = ""
    running_since: datetime | None = None
    counted_seconds: int = 0


def beside(request: PageRequest) -> Beside:
    """All of it in one statement, read beside the person's own row."""
    person_id = request.actor.person_id or 0
    running = Timer.objects.running().filter(person_id=person_id).order_by()
    lists = _lists(request, person_id)
    settling = waiting_parts(request.actor).values()
    row = (
        Person.objects.filter(pk=person_id)
        .values_list(
            Subquery(running.values("ticket__key")[:1]),
            Subquery(running.values("running_since")[:1]),
            Subquery(running.values("counted_seconds")[:1]),
            *(_counted(one) for one in lists.values()),
            *(_counted(one) for one in settling),
        )
        .first()
    )
    if row is None:
        return Beside()
    key, since, counted, *counts = row
    named = dict(zip(lists, counts, strict=False))
    to_settle = sum(count or 0 for count in counts[len(lists) :])
    return Beside(
        key=key or "",
        running_since=since,
        counted_seconds=counted or 0,
        to_settle=min(to_settle, COUNTED_AT_MOST),
        **{name: count or 0 for name, count in named.items()},
    )


def _lists(request: PageRequest, person_id: int) -> dict[str, QuerySet[Any]]:
    """What is counted, by the name of its number."""
    actor = request.actor
    return {
        "unread": Notice.objects.unread().filter(person_id=person_id),
        "waiting": open_for(actor).filter(state=State.WAITING),
        "to_take": waiting_handoffs(actor),
        "mails": mails_visible_to(actor).held(),
        "questions": waiting_questions(actor),
        "bookings": bookings_to_decide(actor),
        "overdue": overdue_developments(actor, at=request.at),
    }


def _counted(rows: QuerySet[Any]) -> CappedCount:
    return CappedCount(rows.order_by().values("pk")[:COUNTED_AT_MOST])

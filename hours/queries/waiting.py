"""What waits to be settled about hours: questions, orders, declined and held work (H5, H9, H11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, Prefetch, QuerySet, Value

from accounts.domain.rights import Reach, Right, role_reach
from events.domain.actor import Actor
from hours.models import EntryState, OverageRequest, Question, QuestionState, RequestState, TimeEntry, TopUp
from hours.models.time import TimeEntryQuerySet
from hours.queries.entries import entries_visible_to
from hours.queries.requests import overages_visible_to, questions_visible_to, top_ups_visible_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many things wait for the actor to settle: only what that role may settle is counted."""

    questions: int = 0
    orders: int = 0
    declined: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.questions + self.orders + self.declined


def waiting_of(actor: Actor, *, client_id: int | None = None) -> Waiting:
    """What waits for that member of staff, of one client or of all that they see, in one statement."""
    parts = [_numbered(rows, number, client_id) for number, rows in waiting_parts(actor).items()]
    if not parts:
        return Waiting()
    numbers = list(parts[0].union(*parts[1:], all=True)) if len(parts) > 1 else list(parts[0])
    return Waiting(questions=numbers.count(0), orders=numbers.count(1), declined=numbers.count(2))


def waiting_parts(actor: Actor) -> dict[int, QuerySet[Any]]:
    """What that role may settle: questions (0), orders (1), declined work (2); counted beside other rows."""
    role = actor.staff_role
    parts: dict[int, QuerySet[Any]] = {}
    if role_reach(role, Right.LOG_TIME) > Reach.NONE:
        parts[0] = open_questions(actor)
    if role_reach(role, Right.MANAGE_CONTRACTS) > Reach.NONE:
        parts[1] = open_orders(actor)
    if role_reach(role, Right.LOG_TIME) is Reach.ALL:
        parts[2] = declined_entries(actor)
    return parts


def open_questions(actor: Actor) -> QuerySet[Question]:
    """The questions about lines that nobody has answered yet, the oldest first."""
    return questions_visible_to(actor).filter(state=QuestionState.OPEN).order_by("id")


def open_orders(actor: Actor) -> QuerySet[TopUp]:
    """The packs that were ordered and neither confirmed nor declined, the oldest first."""
    return top_ups_visible_to(actor).filter(state=RequestState.ASKED).order_by("id")


def declined_entries(actor: Actor) -> TimeEntryQuerySet:
    """The work that clients declined and no lead has settled, the oldest first."""
    return entries_visible_to(actor).filter(state=EntryState.DECLINED).shown().order_by("id")


def open_overages(actor: Actor) -> QuerySet[OverageRequest]:
    """What clients are asked to approve, the oldest first, each with the entries that are held for it."""
    held = TimeEntry.objects.held().select_related("person", "ticket")
    found = overages_visible_to(actor).filter(state=RequestState.ASKED).select_related("client")
    return found.prefetch_related(Prefetch("entries", queryset=held, to_attr="held")).order_by("id")


def _numbered(rows: QuerySet[Any], number: int, client_id: int | None) -> QuerySet[Any]:
    found = rows if client_id is None else rows.filter(client_id=client_id)
    plain = found.select_related(None).order_by()
    numbers: QuerySet[Any] = plain.annotate(what=Value(number, output_field=IntegerField()))
    return numbers.values_list("what", flat=True)

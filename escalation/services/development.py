"""Waiting for a maker's fix: begun and ended by the ticket's state, followed up, told of when late (E5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from contracts.models import Contract
from contracts.queries import calendars_of, effective_plan
from escalation.domain.development import MOST_DAYS, end_of_day, first_follow_up, local_day
from escalation.events import DevelopmentFollowedUp, FollowUpOverdue
from escalation.models import Development
from events.domain.actor import SYSTEM, Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.fail_points import crash_here
from events.services import record
from tickets.domain.lifecycle import Status
from tickets.domain.texts import clean_body, clean_line
from tickets.models import Ticket
from tickets.permissions import may_work
from tickets.queries import ticket_by_id, ticket_for
from tickets.services import change_details


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What was asked of a maker or heard from them, under which reference, and by when to ask again."""

    note: str
    follow_up_on: date
    vendor: str = ""
    reference: str = ""


def follow_development(ticket: Ticket, *, at: datetime) -> Development | None:
    """Put a locked ticket that waits for a maker into the queue, or take it out; repeating it is harmless."""
    row = Development.objects.filter(ticket=ticket).first()
    if ticket.status != Status.WAITING_ON_VENDOR:
        if row is not None:
            row.delete()
        return None
    priority = effective_plan(ticket.contract).escalation.development_priority
    if row is None:
        calendar = calendars_of(ticket.contract)["business"]
        day = first_follow_up(calendar, rank=ticket.rank, since=at)
        return Development.objects.create(
            client_id=ticket.client_id,
            ticket=ticket,
            priority=priority,
            since=at,
            follow_up_on=day,
            overdue_at=end_of_day(calendar, day),
        )
    if row.priority != priority:
        row.priority = priority
        row.save(update_fields=["priority"])
    return row


def follow_priorities(contract: Contract) -> None:
    """What waits under a contract stands where its present plan puts it (E5)."""
    priority = effective_plan(contract).escalation.development_priority
    Development.objects.filter(ticket__contract=contract).update(priority=priority)


@transaction.atomic
def follow_up_development(*, actor: Actor, at: datetime, ticket: Ticket, step: FollowUp) -> Development:
    """Note that the maker was asked or answered, and by when to ask again (E5).

    The reference is kept on the ticket. The day is one of the client's calendar: today at the earliest.
    Noting the same again changes nothing.
    """
    locked = ticket_for(actor, key=ticket.key, lock=True)
    if not may_work(actor, locked):
        raise NotAllowed("Whoever works on the ticket follows up with the maker.")
    row = Development.objects.select_for_update().filter(ticket=locked).first()
    if row is None:
        raise Conflict(f"{locked.key} does not wait for a maker; set it to waiting on vendor first.")
    calendar = calendars_of(locked.contract)["business"]
    note = _checked(step, today=local_day(calendar, at))
    reference = clean_line(step.reference)[:120]
    told = (row.note, row.follow_up_on, row.asked_by_name, row.told_at)
    if told == (note, step.follow_up_on, actor.name, None) and reference in ("", locked.vendor_reference):
        return row
    if reference and reference != locked.vendor_reference:
        change_details(actor=actor, at=at, ticket=locked, vendor_reference=reference)
    row.vendor = clean_line(step.vendor)[:120] or row.vendor
    row.follow_up_on, row.overdue_at = step.follow_up_on, end_of_day(calendar, step.follow_up_on)
    row.told_at, row.asked_at, row.asked_by_name, row.note = None, at, actor.name, note
    row.save()
    event = DevelopmentFollowedUp(
        client_id=row.client_id,
        subject_id=locked.pk,
        key=locked.key,
        follow_up_on=row.follow_up_on.isoformat(),
        vendor=row.vendor,
        reference=reference or locked.vendor_reference,
        note=note,
    )
    record(event, at=at, actor=actor)
    return row


def sweep_follow_ups(*, at: datetime, limit: int = 200) -> int:
    """Tell the owners of what should have been asked again: a transaction a ticket, once a day set (E5).

    Safe to run twice, at once, late, or to be killed: the ticket is locked and the row looked at again.
    """
    late = Development.objects.filter(told_at__isnull=True, overdue_at__lte=at).order_by("overdue_at", "id")
    tickets = list(late.values_list("ticket_id", flat=True)[:limit])
    return sum(_tell_late(ticket_id, at=at) for ticket_id in tickets)


@transaction.atomic
def _tell_late(ticket_id: int, *, at: datetime) -> bool:
    ticket = ticket_by_id(SYSTEM, ticket_id, lock=True)
    row = Development.objects.select_for_update().filter(ticket=ticket).first()
    if row is None or row.told_at is not None or row.overdue_at > at:
        return False
    crash_here("follow_ups_claimed")
    row.told_at = at
    row.save(update_fields=["told_at"])
    event = FollowUpOverdue(
        client_id=row.client_id,
        subject_id=ticket.pk,
        key=ticket.key,
        follow_up_on=row.follow_up_on.isoformat(),
    )
    record(event, at=at, actor=SYSTEM)
    return True


def _checked(step: FollowUp, *, today: date) -> str:
    faults = {}
    note = clean_body(step.note).strip()
    if not note:
        faults["note"] = "Say what was asked or heard."
    if step.follow_up_on < today:
        faults["follow_up_on"] = f"That day has passed; today at the client is {today:%d %b %Y}."
    elif step.follow_up_on > today + timedelta(days=MOST_DAYS):
        faults["follow_up_on"] = "Choose a day within a year."
    if faults:
        raise Invalid("Some fields need another look.", fields=faults)
    return note[:5000]

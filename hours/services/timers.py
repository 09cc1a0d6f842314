"""Stop-watches on the server: start, pause, resume, stop, discard; one running a person (H8)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from events.domain.actor import SYSTEM, Actor
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.services import record
from hours import events, permissions
from hours.domain.activities import REQUESTED_WORK
from hours.domain.periods import local_date
from hours.domain.rounding import DAY_MINUTES
from hours.models import TimeEntry, Timer
from hours.queries.terms import zone_of
from hours.queries.timers import IDLE_AFTER, minutes_of, seconds_of
from hours.services.checks import Work, require_clearance
from hours.services.time import log_work
from tickets.models import Ticket
from tickets.queries import ticket_by_id


@transaction.atomic
def start_timer(*, actor: Actor, at: datetime, ticket: Ticket, activity: str = REQUESTED_WORK) -> Timer:
    """Start the actor's timer on the ticket; a timer running elsewhere is paused (H8, S7).

    Starting one that runs already changes nothing. Two starts at the same instant: one is a `Conflict`.
    Who is not cleared for a contract that restricts its engineers is refused before the work begins.
    """
    row = ticket_by_id(actor, ticket.pk, lock=True)
    if actor.person_id is None or not permissions.may_log_time(
        actor, row.client_id, person_id=actor.person_id
    ):
        raise NotAllowed("Engineers run timers on the clients they serve.")
    if row.contract.restricts_engineers:
        today = local_date(at, zone_of(row.contract))
        require_clearance(row, person_id=actor.person_id, worked_on=today)
    own = list(Timer.objects.open().filter(person_id=actor.person_id).select_for_update(of=("self",)))
    here = next((timer for timer in own if timer.ticket_id == row.pk), None)
    if here is not None and here.running_since is not None:
        return here
    for timer in own:
        _pause(timer, at)
    timer = here or Timer(client_id=row.client_id, ticket=row, person_id=actor.person_id, started_at=at)
    timer.activity = timer.activity or activity
    timer.running_since, timer.reminded_at = at, None
    try:
        with transaction.atomic():
            timer.save()
    except IntegrityError as error:
        raise Conflict("Another timer of yours was started at the same moment.") from error
    event = events.TimerStarted(
        client_id=row.client_id, subject_id=row.pk, key=row.key, person_id=actor.person_id
    )
    record(event, at=at, actor=actor)
    return timer


@transaction.atomic
def pause_timer(*, actor: Actor, at: datetime, timer: Timer) -> Timer:
    """Hold the timer; repeating it changes nothing."""
    row = _own(actor, timer)
    _pause(row, at)
    return row


@transaction.atomic
def resume_timer(*, actor: Actor, at: datetime, timer: Timer) -> Timer:
    """Let a paused timer run on; a timer running elsewhere is paused."""
    row = _own(actor, timer)
    return start_timer(actor=actor, at=at, ticket=row.ticket)


@transaction.atomic
def stop_timer(
    *,
    actor: Actor,
    at: datetime,
    timer: Timer,
    note: str,
    minutes: int | None = None,
    worked_on: date | None = None,
    activity: str = "",
    emergency_reason: str = "",
) -> TimeEntry:
    """Stop the timer and log what it shows, begun minutes counted, or the `minutes` given instead (H8).

    The day is the one on which it was started, unless `worked_on` says another. Stopping twice, even in
    parallel, makes one entry. More than 24 hours are refused: the timer was forgotten, so say how long the
    work took.
    """
    seen = _seen(actor, timer)
    ticket = ticket_by_id(actor, seen.ticket_id, lock=True)
    row = Timer.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    if row.time_entry is not None:
        return row.time_entry
    if row.ended_at is not None:
        raise Conflict("The timer was discarded.")
    shown = minutes_of(row, at=at) if minutes is None else minutes
    if minutes is None and shown > DAY_MINUTES:
        raise Invalid(
            "The timer ran for more than a day; say how long the work took.",
            fields={"minutes": "Give the time that the work took."},
        )
    work = Work(
        minutes=shown,
        worked_on=worked_on or local_date(row.started_at, zone_of(ticket.contract)),
        note=note or row.note,
        activity=activity or row.activity,
        request_key=f"timer-{row.pk}",
        emergency_reason=emergency_reason.strip(),
    )
    entry = log_work(actor=actor, at=at, ticket=ticket, work=work)
    _end(row, at)
    row.time_entry = entry
    row.save()
    return entry


@transaction.atomic
def discard_timer(*, actor: Actor, at: datetime, timer: Timer) -> Timer:
    """Throw the timer away; that it ran stays on the ticket's record."""
    row = _own(actor, timer)
    seconds = seconds_of(row, at=at)
    _end(row, at)
    row.save()
    event = events.TimerDiscarded(
        client_id=row.client_id,
        subject_id=row.ticket_id,
        key=row.ticket.key,
        person_id=row.person_id,
        seconds=seconds,
    )
    record(event, at=at, actor=actor)
    return row


@transaction.atomic
def remind_idle_timers(*, at: datetime, limit: int = 500) -> int:
    """Remind the owners of timers that have been running for four hours, once a run; gives how many."""
    due = Timer.objects.running().filter(running_since__lte=at - IDLE_AFTER, reminded_at__isnull=True)
    rows = due.select_for_update(skip_locked=True, of=("self",)).select_related("ticket")[:limit]
    reminded = 0
    for timer in rows:
        timer.reminded_at = at
        timer.save(update_fields=("reminded_at",))
        since = timer.running_since.isoformat() if timer.running_since else ""
        event = events.TimerIdle(
            client_id=timer.client_id,
            subject_id=timer.ticket_id,
            key=timer.ticket.key,
            person_id=timer.person_id,
            running_since=since,
        )
        record(event, at=at, actor=SYSTEM)
        reminded += 1
    return reminded


def _seen(actor: Actor, timer: Timer) -> Timer:
    found = Timer.objects.filter(pk=timer.pk).select_related("ticket").first()
    if found is None or not permissions.may_run_timer(actor, found):
        raise NotHere
    return found


def _own(actor: Actor, timer: Timer) -> Timer:
    """The actor's open timer behind the lock of its ticket; `NotHere`, or `Conflict` once it has ended."""
    seen = _seen(actor, timer)
    ticket_by_id(actor, seen.ticket_id, lock=True)
    row = Timer.objects.select_for_update(of=("self",)).select_related("ticket").get(pk=seen.pk)
    if row.ended_at is not None:
        raise Conflict("The timer has been stopped already.")
    return row


def _pause(timer: Timer, at: datetime) -> None:
    if timer.running_since is not None:
        timer.counted_seconds, timer.running_since = seconds_of(timer, at=at), None
        timer.save(update_fields=("counted_seconds", "running_since"))


def _end(timer: Timer, at: datetime) -> None:
    timer.counted_seconds, timer.running_since, timer.ended_at = seconds_of(timer, at=at), None, at

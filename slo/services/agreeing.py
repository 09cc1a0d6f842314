"""Agreeing another interval of status updates than the plan's, for one ticket (S8)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record
from slo.events import UpdateAgreed
from slo.queries.agreement import owes_updates
from slo.queries.terms import standing_of
from slo.services.projection import project
from tickets import permissions
from tickets.models import Ticket
from tickets.queries import ticket_by_id

#: Updates more often than that, or less, are nobody's intention.
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=14)


@transaction.atomic
def agree_updates(
    *,
    actor: Actor,
    at: datetime,
    ticket: Ticket,
    interval: timedelta,
    agreed_with: str,
    until: datetime | None = None,
    note: str = "",
) -> None:
    """Record that the client agreed to another interval, up to `until` or until further notice.

    The running interval follows as with any change of target (S10): longer counts from its start, shorter
    from now, and nobody is made late. After `until` the plan's interval holds again. Raises `Invalid` for an
    interval or an end that makes no sense, `NotAllowed` for people who do not work on the ticket, `Conflict`
    where the plan owes no updates at all.
    """
    row = _workable(actor, ticket)
    _check(interval=interval, agreed_with=agreed_with, until=until, at=at)
    terms = standing_of(row.contract_id).terms
    if not owes_updates(row):
        raise Conflict("This plan owes no status updates, so there is no interval to agree on.")
    _record(
        actor, at, row, seconds=int(interval.total_seconds()), agreed_with=agreed_with.strip(), until=until,
        note=note, calendar=terms.update_calendar(request_type=row.request_type),
    )  # fmt: skip


@transaction.atomic
def end_agreement(*, actor: Actor, at: datetime, ticket: Ticket, note: str = "") -> None:
    """Go back to the plan's own interval of status updates; without an agreement nothing changes."""
    row = _workable(actor, ticket)
    _record(actor, at, row, seconds=0, agreed_with=actor.name, until=None, note=note, calendar="")


def _workable(actor: Actor, ticket: Ticket) -> Ticket:
    row = ticket_by_id(actor, ticket.pk, lock=True)
    if not permissions.may_work(actor, row):
        raise NotAllowed("Staff who work on the ticket record what was agreed with the client.")
    return row


def _check(*, interval: timedelta, agreed_with: str, until: datetime | None, at: datetime) -> None:
    faults = {}
    if not SHORTEST <= interval <= LONGEST:
        faults["interval"] = "Choose from 5 minutes to 14 days."
    if not agreed_with.strip():
        faults["agreed_with"] = "Say who agreed for the client."
    if until is not None and until <= at:
        faults["until"] = "Choose a moment to come, or leave it empty."
    if faults:
        raise Invalid("That cannot be agreed.", fields=faults)


def _record(
    actor: Actor, at: datetime, ticket: Ticket, *, seconds: int, agreed_with: str, until: datetime | None,
    note: str, calendar: str,
) -> None:  # fmt: skip
    event = UpdateAgreed(
        client_id=ticket.client_id,
        subject_id=ticket.pk,
        key=ticket.key,
        interval_seconds=seconds,
        calendar=calendar,
        agreed_with=agreed_with,
        until=until.isoformat() if until else None,
        note=note,
    )
    record(event, at=at, actor=actor)
    words = (
        f"Updates every {timedelta(seconds=seconds)} agreed with {agreed_with}"
        if seconds
        else "Agreement ended"
    )
    project(ticket_id=ticket.pk, at=at, reason=words)

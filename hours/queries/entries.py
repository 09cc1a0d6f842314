"""Who may read which time entries (domain.md §2): contacts read those of tickets they may read."""

from __future__ import annotations

from events.domain.actor import Actor
from events.domain.errors import NotHere
from hours.models import TimeEntry
from hours.models.time import TimeEntryQuerySet
from tickets import queries as tickets
from tickets.models import Ticket


def entries_visible_to(actor: Actor) -> TimeEntryQuerySet:
    """The time entries on tickets that the actor may read."""
    if actor.sees_every_client:
        return TimeEntry.objects.all()
    return TimeEntry.objects.filter(ticket__in=tickets.visible_to(actor))


def entry_for(actor: Actor, entry_id: int) -> TimeEntry:
    """The entry of that id with ticket, person and contract, if the actor may read it; else `NotHere`."""
    found = entries_visible_to(actor).shown().select_related("client").filter(id=entry_id).first()
    if found is None:
        raise NotHere
    return found


def entries_of(ticket: Ticket) -> TimeEntryQuerySet:
    """The ticket's time entries with people and movements, oldest first; the caller authorised the ticket."""
    return TimeEntry.objects.filter(ticket=ticket).shown().prefetch_related("movements__bucket")

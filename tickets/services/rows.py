"""What every service on a ticket begins and ends with: the locked row, and the marks of a change."""

from __future__ import annotations

from datetime import datetime

from events.domain.actor import Actor
from events.domain.errors import Invalid
from tickets.domain.texts import is_submission_id
from tickets.models import Ticket, Visibility
from tickets.queries.visibility import ticket_by_id


def locked(actor: Actor, ticket: Ticket) -> Ticket:
    """The ticket as it stands now, locked until the transaction ends; `NotHere` if the actor may not read it.

    What the caller holds may be stale: only its id counts.
    """
    return ticket_by_id(actor, ticket.pk, lock=True)


def save_change(ticket: Ticket, *fields: str, at: datetime) -> None:
    """Store those columns of a locked ticket, with the moment and the next version."""
    ticket.updated_at = at
    ticket.version += 1
    ticket.save(update_fields=[*fields, "updated_at", "version"])


def require_submission_id(submission_id: str | None) -> str | None:
    """The form's id, or None where there is none; raises `Invalid` for one that no row could keep."""
    if not submission_id:
        return None
    if not is_submission_id(submission_id):
        words = "The id of the form is too long or has signs that are not letters, digits or marks."
        raise Invalid(words, fields={"submission_id": words})
    return submission_id


def require_visibility(visibility: str) -> str:
    """The visibility; raises `Invalid` for a word that is none."""
    if visibility not in Visibility.values:
        raise Invalid("A message is public or internal.", fields={"visibility": "Public or internal."})
    return visibility


def author_kind(actor: Actor) -> str:
    """On which side somebody acts: `contact`, `staff`, `integration` or `system`."""
    if actor.is_system or actor.kind == "integration":
        return actor.kind
    return "staff" if actor.is_staff else "contact"

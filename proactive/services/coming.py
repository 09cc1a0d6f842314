"""Who comes to an event: registered, not after all, was there (P6)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from events.domain.actor import Actor
from events.domain.errors import Conflict, NotAllowed, NotHere
from events.services import record
from proactive.events import WebinarLeft, WebinarRegistered
from proactive.models import Registration, Webinar, WebinarState
from proactive.queries.mailings import invitations_of, registrations_visible_to
from proactive.services.mailings import require_mailer


@transaction.atomic
def register(*, actor: Actor, at: datetime, webinar: Webinar, client_id: int) -> Registration:
    """Come to an event as a contact of that client; repeating it changes nothing, full is full."""
    person_id = actor.person_id
    if person_id is None or not actor.role_at(client_id):
        raise NotAllowed("Contacts register for themselves.")
    row = _open_invitation(webinar, client_id, at=at)
    known = Registration.objects.filter(webinar=row, person=person_id).first()
    if known is not None and known.withdrawn_at is None:
        return known
    taken = Registration.objects.filter(webinar=row, withdrawn_at__isnull=True).count()
    if row.seats is not None and taken >= row.seats:
        raise Conflict("Every seat is taken. Look again later: somebody may give theirs back.")
    facts = {"client_id": client_id, "registered_at": at, "withdrawn_at": None, "came": None}
    made, _ = Registration.objects.update_or_create(webinar=row, person_id=person_id, defaults=facts)
    event = WebinarRegistered(client_id=client_id, subject_id=row.pk, title=row.title, told_id=person_id)
    record(event, at=at, actor=actor)
    return made


@transaction.atomic
def leave(*, actor: Actor, at: datetime, webinar: Webinar, client_id: int) -> None:
    """Not come after all; the seat is free again. Repeating it changes nothing."""
    row = _open_invitation(webinar, client_id, at=at)
    mine = Registration.objects.filter(webinar=row, person=actor.person_id or 0, withdrawn_at__isnull=True)
    if mine.update(withdrawn_at=at):
        record(WebinarLeft(client_id=client_id, subject_id=row.pk, title=row.title), at=at, actor=actor)


@transaction.atomic
def note_attendance(*, actor: Actor, at: datetime, webinar: Webinar, came: Collection[int]) -> int:
    """Note who of those that the actor sees came, by the ids of their registrations; how many did."""
    require_mailer(actor)
    if webinar.starts_at > at:
        raise Conflict("It has not begun yet; note afterwards who came.")
    seen = registrations_visible_to(actor, webinar).order_by().values_list("pk", flat=True)
    ids = set(seen)
    here = ids & set(came)
    Registration.objects.filter(pk__in=here).update(came=True)
    Registration.objects.filter(pk__in=ids - here).update(came=False)
    return len(here)


def _open_invitation(webinar: Webinar, client_id: int, *, at: datetime) -> Webinar:
    rows = Webinar.objects.select_for_update(of=("self",)).filter(pk__in=invitations_of([client_id]))
    row = rows.filter(pk=webinar.pk).first()
    if row is None:
        raise NotHere
    if row.state == WebinarState.CALLED_OFF:
        raise Conflict("This event was called off.")
    if row.ends_at <= at:
        raise Conflict("This event is over.")
    return row

"""Who reads a delivery, with the rights as they are when it is sent, not as they were when it was made."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Invitation
from accounts.queries import actor_for
from events.domain.actor import Actor
from notify.models import Choice, Delivery, Preference
from notify.routing import ALWAYS_AT_ONCE, group_of, route_named
from tickets import queries as tickets


class NotToBeSentError(Exception):
    """The reader may not, or does not want to, hear of this any more; the text says why."""


@dataclass(frozen=True, kw_only=True)
class Reader:
    """The one person a mail is written for: address, name, zone, and the rights of this moment."""

    address: str
    name: str
    zone: str
    actor: Actor | None = None
    person_id: int | None = None

    @property
    def is_staff(self) -> bool:
        """Whether the reader works for the provider."""
        return self.actor is not None and self.actor.is_staff


def reader_of(delivery: Delivery) -> Reader:
    """The reader of a mail; raises `NotToBeSentError` when the account or the right to read is gone.

    Staff read their own zone, contacts their company's.
    """
    person = delivery.person
    if person is None:
        return _invited(delivery)
    if not person.is_active:
        raise NotToBeSentError("The account is closed.")
    actor = actor_for(person)
    _check_rights(delivery, actor)
    zone = person.zone
    if not person.works_here and delivery.client is not None:
        zone = delivery.client.zone
    return Reader(address=person.email, name=person.name, zone=zone, actor=actor, person_id=person.id)


def choice_of(delivery: Delivery) -> Choice:
    """How the person wants to hear of this: at once, once a day, or not at all."""
    group = group_of(delivery.record.kind, delivery.template)
    if delivery.person_id is None or group in ALWAYS_AT_ONCE:
        return Choice.ON
    chosen = Preference.objects.filter(person_id=delivery.person_id, group=group, channel=delivery.channel)
    choice = chosen.values_list("choice", flat=True).first()
    return Choice(choice) if choice else Choice.ON


def _check_rights(delivery: Delivery, actor: Actor) -> None:
    if delivery.client_id is not None and not actor.sees_client(delivery.client_id):
        raise NotToBeSentError("The reader no longer belongs to the client.")
    if delivery.reason == "poc" and actor.role_at(delivery.client_id or 0) != "poc":
        raise NotToBeSentError("The reader is no longer a point of contact.")
    route = route_named(delivery.record.kind, delivery.template)
    if route is not None and route.is_internal and not actor.sees_internal_notes:
        raise NotToBeSentError("The reader may not read internal notes.")
    if (
        delivery.ticket_id is not None
        and not tickets.visible_to(actor).filter(pk=delivery.ticket_id).exists()
    ):
        raise NotToBeSentError("The reader may no longer see the ticket.")


def _invited(delivery: Delivery) -> Reader:
    invitation = Invitation.objects.select_related("client").filter(id=delivery.record.subject_id).first()
    if invitation is None or invitation.accepted_at or invitation.withdrawn_at:
        raise NotToBeSentError("The invitation is used or withdrawn.")
    zone = invitation.client.zone if invitation.client else "UTC"
    return Reader(address=invitation.email, name=invitation.name, zone=zone)

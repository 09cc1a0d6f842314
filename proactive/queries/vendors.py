"""Reading licence reviews and requests to makers; members read neither, for money stands in them (P4, P7)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from events.domain.actor import Actor
from events.domain.errors import NotHere
from proactive.models import LicenceReview, VendorRequest
from proactive.queries.papers import one_of, readable

_READERS = ("poc", "observer")
_WITH = ("client", "contract", "author", "occurrence__programme")


def licence_reviews_visible_to(actor: Actor) -> QuerySet[LicenceReview]:
    """The licence reviews that the actor may read, the newest first."""
    rows = LicenceReview.objects.select_related(*_WITH)
    if not actor.is_staff and not actor.is_system:
        rows = rows.filter(client_id__in=_read_at(actor))
    return readable(rows, actor)


def licence_review_for(actor: Actor, *, review_id: int) -> LicenceReview:
    """One licence review, if the actor may read it; else `NotHere`."""
    return one_of(licence_reviews_visible_to(actor), actor, paper_id=review_id)


def vendor_requests_visible_to(actor: Actor) -> QuerySet[VendorRequest]:
    """The requests to makers that the actor may read, the newest first."""
    rows = VendorRequest.objects.select_related("client", "contract", "owner")
    if actor.contract_id is not None:
        rows = rows.filter(contract_id=actor.contract_id)
    if actor.sees_every_client:
        return rows
    return rows.filter(Q(client_id__in=actor.client_ids) | Q(client_id__in=_read_at(actor)))


def vendor_request_for(actor: Actor, *, request_id: int) -> VendorRequest:
    """One request, if the actor may read it; else `NotHere`."""
    found = vendor_requests_visible_to(actor).filter(pk=request_id).first()
    if found is None:
        raise NotHere
    return found


def overdue_follow_ups(actor: Actor, *, today: date) -> QuerySet[VendorRequest]:
    """The open requests on which somebody should have asked again by that day, the oldest first."""
    found = vendor_requests_visible_to(actor).filter(closed_at__isnull=True, follow_up_on__lt=today)
    return found.order_by("follow_up_on", "id")


def _read_at(actor: Actor) -> list[int]:
    return [client_id for client_id, role in actor.roles.items() if role in _READERS]

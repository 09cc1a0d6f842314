"""Where a reader is led: paths inside the product, and full addresses from the configured base alone."""

from __future__ import annotations

from django.conf import settings

from accounts.models import Client
from events.models import Record

#: Pages of the portal by what the event is about.
_PAGES = {
    "balance": "hours/",
    "overage": "hours/",
    "top_up": "hours/",
    "occurrence": "calendar/",
    "onboarding": "onboarding/",
    "endpoint": "webhooks/",
    "window": "systems/",
}
#: Pages of one thing by what the event is about: the side of staff, and what it is called on both sides.
_PAPERS = {
    "assessment": ("/success", "assessments"),
    "review": ("/success", "reviews"),
    "licencereview": ("/success", "licences"),
    "vendorrequest": ("/success", "vendors"),
    "interconnection": ("/setup", "interconnections"),
}


def ticket_path(key: str, *, is_staff: bool) -> str:
    """The page of a ticket, for staff at the desk, for contacts in their client's portal."""
    if is_staff:
        return f"/desk/tickets/{key}/"
    return f"/p/{key.rpartition('-')[0].lower()}/tickets/{key}/"


#: Where staff settle what waits about hours, and where the client reads an answer; by kind of event.
_OF_STAFF = {
    "line.questioned": "/desk/hours/questions/{question_id}/",
    "top_up.requested": "/desk/hours/orders/{top_up_id}/",
    "overage.decided": "/desk/hours/?client={slug}",
    **dict.fromkeys(("question.asked", "question.closed"), "/desk/questions/{question_id}/"),
    **dict.fromkeys(
        ("booking.asked", "booking.confirmed", "booking.withdrawn"), "/desk/bookings/{booking_id}/"
    ),
}
_OF_CONTACTS = {
    "line.answered": "/p/{slug}/hours/entries/{entry_id}/question/",
    **dict.fromkeys(("question.answered", "question.closed"), "/p/{slug}/questions/{question_id}/"),
    **dict.fromkeys(("booking.confirmed", "booking.declined"), "/p/{slug}/bookings/"),
}


#: Pages of what is mailed to many, on both sides.
_MAILED = {"mailing": "insights", "webinar": "events"}


def mailed_path(what: str, number: int, *, slug: str) -> str:
    """The page of an insight or an event: in a client's portal, or at the desk where no client is named."""
    side = f"/p/{slug}" if slug else "/success"
    return f"{side}/{_MAILED[what]}/{number}/"


def _mailed(record: Record, *, is_staff: bool, client: Client | None) -> str:
    """Its page; for a contact whose client nobody named the front door, which knows where they belong."""
    if is_staff:
        return mailed_path(record.subject_type, record.subject_id, slug="")
    return mailed_path(record.subject_type, record.subject_id, slug=client.slug) if client else "/"


def link_for(record: Record, *, is_staff: bool, client: Client | None) -> str:
    """The page on which what happened can be seen and answered."""
    own = (_OF_STAFF if is_staff else _OF_CONTACTS).get(record.kind)
    if own and client:
        return own.format(slug=client.slug, **record.data)
    if record.subject_type in _MAILED:
        return _mailed(record, is_staff=is_staff, client=client)
    key = str(record.data.get("key") or "")
    if key:
        return ticket_path(key, is_staff=is_staff)
    slug = client.slug if client else ""
    if record.subject_type in _PAPERS and slug:
        desk, page = _PAPERS[record.subject_type]
        return f"{desk if is_staff else f'/p/{slug}'}/{page}/{record.subject_id}/"
    area = record.kind.partition(".")[0]
    if is_staff:
        return f"/success/clients/{slug}/" if slug else "/"
    return f"/p/{slug}/{_PAGES.get(area, '')}" if slug else "/"


def absolute(path: str) -> str:
    """The full address of a page; never taken from a request."""
    return f"{settings.BASE_URL}{path}"

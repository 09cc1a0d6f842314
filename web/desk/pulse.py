"""Whether the queue changed since it was drawn: a question so cheap that every open page may ask it often."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse

from events.domain.actor import Actor
from events.models import Record
from events.queries import visible_to
from web.gates import staff_page
from web.requests import StaffRequest

#: What the page listens for.
CHANGED = "cd-queue-changed"


def changes_of(actor: Actor) -> QuerySet[Record]:
    """Everything that happened on tickets of the reader's clients."""
    return visible_to(actor).filter(subject_type="ticket")


@staff_page
def pulse(request: StaffRequest) -> HttpResponse:
    """Say whether anything happened after the record that the page knows; one statement along the log."""
    known = request.GET.get("last", "")
    last = int(known) if known.isdecimal() and len(known) < 19 else 0
    has_changed = changes_of(request.actor).filter(pk__gt=last).exists()
    return HttpResponse(status=204, headers={"HX-Trigger": CHANGED} if has_changed else {})

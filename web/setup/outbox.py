"""The outbox: mails and webhooks that did not arrive, or perhaps not, and sending one again (X5)."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from notify.queries import delivery_for, oldest_due_at, trouble_visible_to
from notify.services import send_again
from web.fragments import render_page
from web.gates import setup_page
from web.requests import StaffRequest
from web.setup.acting import done, posted

SHOWN = 50


@setup_page
def outbox(request: StaffRequest) -> HttpResponse:
    """Show what did not arrive, newest first, and since when the oldest unsent thing waits."""
    before = request.GET.get("before", "")
    trouble = trouble_visible_to(request.actor)
    if before.isdecimal():
        trouble = trouble.filter(id__lt=int(before[:18]))
    found = list(trouble[: SHOWN + 1])
    context = {
        "deliveries": found[:SHOWN],
        "more": f"?before={found[SHOWN - 1].pk}" if len(found) > SHOWN else "",
        "oldest_due_at": oldest_due_at(),
    }
    return render_page(request, "setup/outbox.html", context)


@setup_page
def again(request: StaffRequest, delivery_id: int) -> HttpResponse:
    """Send a mail or webhook once more, under the same id."""
    posted(request)
    delivery = delivery_for(request.actor, delivery_id)
    send_again(actor=request.actor, at=request.at, delivery=delivery)
    return done(request, "It goes out once more.", reverse("setup:outbox"))

"""Events and insights in the portal: read, registered for, put into one's calendar (P5, P6)."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from events.domain.errors import NotHere
from proactive.domain.mailings import own_first
from proactive.models import Mailing, Registration, Webinar, WebinarState
from proactive.printing.calendar_file import calendar_file
from proactive.printing.happenings import webinar_happening
from proactive.queries.mailings import insights_of, invitations_of, products_of, registrations_visible_to
from proactive.services import leave, register
from web.fragments import go_to, render_page
from web.gates import portal_page
from web.requests import PortalRequest

SHOWN = 50


@portal_page
def events(request: PortalRequest) -> HttpResponse:
    """List the events that the client is invited to, those ahead first, and the insights it was sent."""
    found = list(invitations_of([request.client.pk])[:SHOWN])
    mine = Registration.objects.filter(
        webinar__in=found, person=request.user, withdrawn_at__isnull=True
    ).values_list("webinar_id", flat=True)
    context = {
        "ahead": [one for one in reversed(found) if one.ends_at > request.at],
        "past": [one for one in found if one.ends_at <= request.at],
        "mine": set(mine),
        "insights": list(insights_of(request.actor, client_id=request.client.pk)[:SHOWN]),
    }
    return render_page(request, "portal/events.html", context)


@portal_page
def event(request: PortalRequest, webinar_id: int) -> HttpResponse:
    """Show one event; a contact registers here, or gives the seat back."""
    found = _invited_to(request, webinar_id)
    if request.method == "POST":
        return _answered(request, found)
    mine = _mine(request, found)
    taken = Registration.objects.filter(webinar=found, withdrawn_at__isnull=True).count()
    context = {
        "one": found,
        "mine": mine,
        "left": None if found.seats is None else max(found.seats - taken, 0),
        "is_open": found.state == WebinarState.ANNOUNCED and found.ends_at > request.at,
        "is_over": found.ends_at <= request.at,
    }
    return render_page(request, "portal/event.html", context)


@portal_page
def event_file(request: PortalRequest, webinar_id: int) -> HttpResponse:
    """Give the event's calendar file, with the address for who registered."""
    found = _invited_to(request, webinar_id)
    where = {"client": request.client.slug, "webinar_id": found.pk}
    page = f"{settings.BASE_URL}{reverse('portal:event', kwargs=where)}"
    happening = webinar_happening(found, page=page, shows_address=_mine(request, found) is not None)
    content = calendar_file([happening], name=found.title, domain=settings.MAIL_DOMAIN)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="event.ics"'
    return answer


@portal_page
def insight(request: PortalRequest, mailing_id: int) -> HttpResponse:
    """Show an insight that the client was sent, what concerns its products first."""
    found: Mailing | None = (
        insights_of(request.actor, client_id=request.client.pk).filter(pk=mailing_id).first()
    )
    if found is None:
        raise NotHere
    items = own_first(list(found.items.all()), products=products_of(request.client.pk))
    return render_page(request, "portal/insight.html", {"one": found, "items": items})


def _answered(request: PortalRequest, found: Webinar) -> HttpResponse:
    act = leave if request.POST.get("answer") == "leave" else register
    act(actor=request.actor, at=request.at, webinar=found, client_id=request.client.pk)
    said = "Your seat is free again." if act is leave else "You have a seat. A mail with the file follows."
    messages.success(request, said)
    where = {"client": request.client.slug, "webinar_id": found.pk}
    return go_to(request, reverse("portal:event", kwargs=where))


def _invited_to(request: PortalRequest, webinar_id: int) -> Webinar:
    found: Webinar | None = invitations_of([request.client.pk]).filter(pk=webinar_id).first()
    if found is None:
        raise NotHere
    return found


def _mine(request: PortalRequest, found: Webinar) -> Registration | None:
    mine: Registration | None = registrations_visible_to(request.actor, found).first()
    return mine

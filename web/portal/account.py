"""What a contact settles for themselves at this client: notices, profile, mails."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from events.domain.errors import NotHere
from notify.services import mark_all_read
from web.fragments import go_to, render_page
from web.gates import portal_page
from web.personal.feeds import changed_feed, feed_context
from web.personal.notices import notices_context
from web.personal.profile import profile_forms, save_profile
from web.requests import PortalRequest


@portal_page
def notices(request: PortalRequest) -> HttpResponse:
    """Show what happened that the reader should know of."""
    context = notices_context(request, client_id=request.client.id)
    return render_page(request, "portal/notices.html", context)


@portal_page
def read_notices(request: PortalRequest) -> HttpResponse:
    """Empty the bell."""
    if request.method != "POST":
        raise NotHere
    mark_all_read(actor=request.actor, at=request.at)
    return go_to(request, reverse("portal:notices", kwargs={"client": request.client.slug}))


@portal_page
def profile(request: PortalRequest) -> HttpResponse:
    """Show and save name, zone and mail choices."""
    about, mails = profile_forms(request)
    if request.method == "POST" and save_profile(request, about, mails):
        messages.success(request, "Saved.")
        return go_to(request, reverse("portal:profile", kwargs={"client": request.client.slug}))
    status = 422 if about.errors or mails.errors else 200
    context = {"about": about, "mails": mails, **feed_context(request, request.client)}
    return render_page(request, "portal/profile.html", context, status=status)


@portal_page
def calendar_feed(request: PortalRequest) -> HttpResponse:
    """Make or revoke the contact's calendar address for this client."""
    back = reverse("portal:profile", kwargs={"client": request.client.slug})
    return changed_feed(request, request.client, back=back)

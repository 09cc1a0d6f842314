"""Webhooks in the portal: a point of contact lets systems hear of things, and sees what reached them (X3)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse

from events.domain.errors import NotHere
from notify.domain.rights import manages_endpoints
from notify.models import Endpoint
from notify.queries import delivery_for, endpoint_for, endpoints_of
from notify.services import (
    add_endpoint,
    change_endpoint,
    remove_endpoint,
    resume_endpoint,
    rotate_secret,
    send_again,
    suspend_endpoint,
)
from web.fragments import go_to, render_page
from web.gates import portal_page
from web.refusals import refusals_in
from web.requests import PortalRequest
from web.webhooks import EndpointForm, NewEndpointForm, SuspendForm, sent_there


@portal_page
def webhooks(request: PortalRequest) -> HttpResponse:
    """Show the client's webhooks; a new one is added from here, and its secret shown this once."""
    if not manages_endpoints(request.actor, request.client.pk):
        raise NotHere
    form = NewEndpointForm(_typed(request), actor=request.actor, client=request.client)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            endpoint, secret = add_endpoint(
                actor=request.actor, at=request.at, client=request.client, **form.cleaned_data
            )
            return _once(request, endpoint, secret)
    context = {"endpoints": list(endpoints_of(request.actor, request.client)), "form": form}
    return render_page(request, "portal/webhooks.html", context, status=422 if form.errors else 200)


@portal_page
def webhook(request: PortalRequest, endpoint_id: int) -> HttpResponse:
    """Show one with every delivery and every try, the newest first."""
    endpoint = _own(request, endpoint_id)
    return _shown(request, endpoint, SuspendForm())


@portal_page
def change(request: PortalRequest, endpoint_id: int) -> HttpResponse:
    """Give it another address, name or choice of events; its secret stays."""
    endpoint = _own(request, endpoint_id)
    standing = {"url": endpoint.url, "label": endpoint.label, "kinds": endpoint.kinds}
    form = EndpointForm(_typed(request), initial=standing)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            change_endpoint(actor=request.actor, at=request.at, endpoint=endpoint, **form.cleaned_data)
            return _done(request, endpoint, "The webhook is changed.")
    context = {"endpoint": endpoint, "form": form}
    return render_page(request, "portal/webhook_change.html", context, status=422 if form.errors else 200)


@portal_page
def renew_secret(request: PortalRequest, endpoint_id: int) -> HttpResponse:
    """Give it a new secret; the former one signs too for a day."""
    endpoint = _posted(request, endpoint_id)
    return _once(request, endpoint, rotate_secret(actor=request.actor, at=request.at, endpoint=endpoint))


@portal_page
def suspend(request: PortalRequest, endpoint_id: int) -> HttpResponse:
    """Send nothing there for now; what is due waits."""
    endpoint = _posted(request, endpoint_id)
    form = SuspendForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            suspend_endpoint(actor=request.actor, at=request.at, endpoint=endpoint, **form.cleaned_data)
            return _done(request, endpoint, "Nothing is sent there until it is resumed.")
    return _shown(request, endpoint, form)


@portal_page
def resume(request: PortalRequest, endpoint_id: int) -> HttpResponse:
    """Send there again, what it missed first."""
    endpoint = _posted(request, endpoint_id)
    resume_endpoint(actor=request.actor, at=request.at, endpoint=endpoint)
    return _done(request, endpoint, "The webhook is resumed; what it missed goes out first.")


@portal_page
def remove(request: PortalRequest, endpoint_id: int) -> HttpResponse:
    """Forget an address."""
    endpoint = _posted(request, endpoint_id)
    remove_endpoint(actor=request.actor, at=request.at, endpoint=endpoint)
    messages.success(request, f"{endpoint} hears of nothing any more.")
    return go_to(request, reverse("portal:webhooks", kwargs={"client": request.client.slug}))


@portal_page
def again(request: PortalRequest, endpoint_id: int, delivery_id: int) -> HttpResponse:
    """Send one event there once more, under the same id."""
    endpoint = _posted(request, endpoint_id)
    delivery = delivery_for(request.actor, delivery_id)
    if delivery.endpoint_id != endpoint.pk:
        raise NotHere
    send_again(actor=request.actor, at=request.at, delivery=delivery)
    return _done(request, endpoint, "It goes out once more.")


def _shown(request: PortalRequest, endpoint: Endpoint, form: SuspendForm) -> HttpResponse:
    sent = sent_there(endpoint, before=request.GET.get("before", ""))
    context = {"endpoint": endpoint, "form": form, **sent}
    return render_page(request, "portal/webhook.html", context, status=422 if form.errors else 200)


def _typed(request: PortalRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _own(request: PortalRequest, endpoint_id: int) -> Endpoint:
    endpoint = endpoint_for(request.actor, endpoint_id)
    if endpoint.client_id != request.client.pk:
        raise NotHere
    return endpoint


def _posted(request: PortalRequest, endpoint_id: int) -> Endpoint:
    if request.method != "POST":
        raise NotHere
    return _own(request, endpoint_id)


def _done(request: PortalRequest, endpoint: Endpoint, said: str) -> HttpResponse:
    messages.success(request, said)
    return go_to(request, _address(request, endpoint))


def _once(request: PortalRequest, endpoint: Endpoint, secret: str) -> HttpResponse:
    """Show the secret: a page that no browser keeps, and that cannot be opened again."""
    context = {
        "what": f"The signing secret of {endpoint}",
        "secret": secret,
        "back": _address(request, endpoint),
        "back_words": str(endpoint),
    }
    answer = render_page(request, "portal/secret.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _address(request: PortalRequest, endpoint: Endpoint) -> str:
    return reverse("portal:webhook", kwargs={"client": request.client.slug, "endpoint_id": endpoint.pk})

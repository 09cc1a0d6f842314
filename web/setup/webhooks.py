"""A client's webhooks: where its systems hear of events, what was sent there, and sending it again."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from accounts.models import Client
from accounts.queries import client_for
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
from web.fragments import render_page
from web.gates import setup_page
from web.refusals import refusals_in
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, done, posted, typed
from web.webhooks import EndpointForm, NewEndpointForm, SuspendForm, sent_there


@setup_page
def webhooks(request: StaffRequest, client: str) -> HttpResponse:
    """Show the client's webhooks; a new one is added from here, and its secret shown this once."""
    found = client_for(request.actor, slug=client)
    if not manages_endpoints(request.actor, found.pk):
        raise NotHere
    form = NewEndpointForm(typed(request), actor=request.actor, client=found)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            endpoint, secret = add_endpoint(
                actor=request.actor, at=request.at, client=found, **form.cleaned_data
            )
            return _once(request, endpoint, secret)
    context = {"one": found, "endpoints": list(endpoints_of(request.actor, found)), "form": form}
    return render_page(request, "setup/webhooks.html", context, status=422 if form.errors else 200)


@setup_page
def webhook(request: StaffRequest, client: str, endpoint_id: int) -> HttpResponse:
    """Show one webhook with what was sent there, newest first."""
    endpoint = _endpoint(request, client, endpoint_id)
    sent = sent_there(endpoint, before=request.GET.get("before", ""))
    context = {"one": endpoint.client, "endpoint": endpoint, **sent}
    return render_page(request, "setup/webhook.html", context)


@setup_page
def change(request: StaffRequest, client: str, endpoint_id: int) -> HttpResponse:
    """Give a webhook another address, name or choice of events."""
    endpoint = _endpoint(request, client, endpoint_id)
    standing = {"url": endpoint.url, "label": endpoint.label, "kinds": endpoint.kinds}
    words = Words(
        title="Change the webhook",
        verb="Save",
        said="The webhook is changed.",
        back=_address(endpoint),
        where=str(endpoint),
        text="Its secret stays.",
    )
    return act_page(
        request,
        EndpointForm(typed(request), initial=standing),
        words=words,
        act=lambda one: change_endpoint(
            actor=request.actor, at=request.at, endpoint=endpoint, **one.cleaned_data
        ),
    )


@setup_page
def renew_secret(request: StaffRequest, client: str, endpoint_id: int) -> HttpResponse:
    """Give a webhook a new secret; the former one signs too for a day."""
    posted(request)
    endpoint = _endpoint(request, client, endpoint_id)
    return _once(request, endpoint, rotate_secret(actor=request.actor, at=request.at, endpoint=endpoint))


@setup_page
def suspend(request: StaffRequest, client: str, endpoint_id: int) -> HttpResponse:
    """Send nothing there for now."""
    endpoint = _endpoint(request, client, endpoint_id)
    words = Words(
        title="Suspend the webhook",
        verb="Suspend",
        said="Nothing is sent there until it is resumed.",
        back=_address(endpoint),
        where=str(endpoint),
        text="What is due waits and is sent when the webhook is resumed.",
    )
    return act_page(
        request,
        SuspendForm(typed(request)),
        words=words,
        act=lambda one: suspend_endpoint(
            actor=request.actor, at=request.at, endpoint=endpoint, reason=one.cleaned_data["reason"]
        ),
    )


@setup_page
def resume(request: StaffRequest, client: str, endpoint_id: int) -> HttpResponse:
    """Send there again, what it missed first."""
    posted(request)
    endpoint = _endpoint(request, client, endpoint_id)
    resume_endpoint(actor=request.actor, at=request.at, endpoint=endpoint)
    return done(request, "The webhook is resumed; what it missed goes out first.", _address(endpoint))


@setup_page
def remove(request: StaffRequest, client: str, endpoint_id: int) -> HttpResponse:
    """Forget an address."""
    posted(request)
    endpoint = _endpoint(request, client, endpoint_id)
    remove_endpoint(actor=request.actor, at=request.at, endpoint=endpoint)
    back = reverse("setup:webhooks", kwargs={"client": endpoint.client.slug})
    return done(request, f"{endpoint} hears of nothing any more.", back)


@setup_page
def again(request: StaffRequest, client: str, endpoint_id: int, delivery_id: int) -> HttpResponse:
    """Send one event to a webhook once more, under the same id."""
    posted(request)
    endpoint = _endpoint(request, client, endpoint_id)
    delivery = delivery_for(request.actor, delivery_id)
    if delivery.endpoint_id != endpoint.pk:
        raise NotHere
    send_again(actor=request.actor, at=request.at, delivery=delivery)
    return done(request, "It goes out once more.", _address(endpoint))


def _endpoint(request: StaffRequest, client: str, endpoint_id: int) -> Endpoint:
    found = client_for(request.actor, slug=client)
    endpoint = endpoint_for(request.actor, endpoint_id)
    if endpoint.client_id != found.pk:
        raise NotHere
    return endpoint


def _once(request: StaffRequest, endpoint: Endpoint, secret: str) -> HttpResponse:
    client: Client = endpoint.client
    context = {
        "one": client,
        "what": f"The signing secret of {endpoint}",
        "secret": secret,
        "back": _address(endpoint),
        "back_words": str(endpoint),
    }
    answer = render_page(request, "setup/secret.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _address(endpoint: Endpoint) -> str:
    where = {"client": endpoint.client.slug, "endpoint_id": endpoint.pk}
    return reverse("setup:webhook", kwargs=where)

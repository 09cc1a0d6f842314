"""The clients: all that the reader sets up, taking one on, one client's page, letting one go."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.models import Assignment, Client, Duty
from accounts.queries import client_for, clients_visible_to, contacts_of, open_invitations
from accounts.services import add_client, assign_duty, end_client
from contracts.models import Contract
from contracts.queries import business_calendars_of
from contracts.queries import visible_to as contracts_visible_to
from web.fragments import go_to, render_page
from web.gates import setup_page
from web.refusals import refusals_in
from web.requests import StaffRequest
from web.setup.acting import done, posted, typed


class ClientForm(forms.Form):
    """A new client."""

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    key = forms.CharField(
        max_length=10,
        help_text="Two to ten letters or digits. It starts every ticket number, as in ACME-42, and stays.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    zone = forms.CharField(label="Time zone", initial="Europe/London", help_text="Such as Europe/London.")


@setup_page
def front(request: StaffRequest) -> HttpResponse:
    """Lead whoever opens the bare address to the clients, where setting up begins."""
    return redirect("setup:clients")


@setup_page
def clients(request: StaffRequest) -> HttpResponse:
    """Show every client with its contracts and who watches over it; a new one is taken on from here."""
    form = ClientForm(typed(request))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            added = _take_on(request, form)
            return go_to(request, address_of(added))
    context = {"rows": _rows(request), "form": form}
    return render_page(request, "setup/clients.html", context, status=422 if form.errors else 200)


@setup_page
def client(request: StaffRequest, client: str) -> HttpResponse:
    """Show what is set up for one client: contracts, who works for it, its people, its calendars."""
    found = client_for(request.actor, slug=client)
    contracts = contracts_visible_to(request.actor).filter(client=found).with_terms()
    assignments = Assignment.objects.filter(client=found).select_related("person")
    context = {
        "one": found,
        "contracts": list(contracts.order_by("-starts_on")),
        "assignments": list(assignments.order_by("duty", "person__name")),
        "members": list(contacts_of(found)),
        "invitations": list(open_invitations(found, at=request.at)),
        "calendars": business_calendars_of(found),
        "today": request.at.astimezone(request.zone).date(),
        "is_administrator": request.actor.staff_role == "administrator",
    }
    return render_page(request, "setup/client.html", context)


@setup_page
def end(request: StaffRequest, client: str) -> HttpResponse:
    """Let a client go; a plain visit asks first."""
    found = client_for(request.actor, slug=client)
    if request.method != "POST":
        return render_page(request, "setup/end_client.html", {"one": found})
    posted(request)
    end_client(actor=request.actor, at=request.at, client=found)
    return done(request, f"{found.name} is let go; nothing of it opens any more.", reverse("setup:clients"))


def address_of(client: Client) -> str:
    """Where a client is set up."""
    return reverse("setup:client", kwargs={"client": client.slug})


def _take_on(request: StaffRequest, form: ClientForm) -> Client:
    """Take the client on; an account executive watches over it from now on, or would not see it."""
    added = add_client(actor=request.actor, at=request.at, **form.cleaned_data)
    if not request.actor.sees_every_client:
        assign_duty(actor=request.actor, at=request.at, client=added, person=request.user, duty=Duty.ACCOUNT)
    return added


def _rows(request: StaffRequest) -> list[dict[str, Any]]:
    """Each client with its contracts in force and the people who watch over it, in three statements."""
    today = request.at.astimezone(request.zone).date()
    contracts: dict[int, list[Contract]] = {}
    for contract in contracts_visible_to(request.actor).in_force(today).select_related("plan_version"):
        contracts.setdefault(contract.client_id, []).append(contract)
    watching: dict[int, list[str]] = {}
    for one in Assignment.objects.exclude(duty=Duty.SERVES).select_related("person").order_by("duty"):
        watching.setdefault(one.client_id, []).append(f"{one.person.name} ({one.get_duty_display().lower()})")
    return [
        {
            "client": one,
            "contracts": contracts.get(one.pk, []),
            "watching": watching.get(one.pk, []),
        }
        for one in clients_visible_to(request.actor)
    ]

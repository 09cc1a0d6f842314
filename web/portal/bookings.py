"""Weekend engineers in the portal: asked for in time, and what became of it (E8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from contracts.models import Contract, Environment
from contracts.queries import contracts_in_force, effective_plan, environments_visible_to
from escalation.models import Booking, BookingState
from escalation.permissions import may_book
from escalation.queries import booking_for, bookings_visible_to, first_bookable
from escalation.services import BookingWish, request_booking, withdraw_booking
from events.domain.errors import NotAllowed, NotHere
from web.fragments import go_to, render_page
from web.gates import portal_page
from web.portal.forms.bookings import BookingForm
from web.refusals import refusals_in
from web.requests import PortalRequest

SHOWN = 100
_ALIVE = (BookingState.ASKED, BookingState.CONFIRMED)


@portal_page
def bookings(request: PortalRequest) -> HttpResponse:
    """Show what is asked for and booked, and take a new wish."""
    if request.actor.role_at(request.client.pk) == "member":
        raise NotHere
    contracts = _bookable(request)
    systems = _systems(request, contracts)
    form = BookingForm(
        request.POST if request.method == "POST" else None,
        contracts=contracts,
        systems=systems,
        zone=request.zone,
        initial={"submission_id": uuid4().hex},
    )
    if request.method == "POST" and not may_book(request.actor, request.client.pk):
        raise NotAllowed("A point of contact of the client books engineers.")
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            _ask(request, form, contracts, systems)
            messages.success(request, "We have your wish, and confirm it with a name or tell you why not.")
            return go_to(request, reverse("portal:bookings", kwargs={"client": request.client.slug}))
    rows = bookings_visible_to(request.actor).filter(client=request.client).order_by("-starts_at", "-id")
    context = {
        "rows": [_row(request, one) for one in rows[:SHOWN]],
        "form": form,
        "asks": may_book(request.actor, request.client.pk) and bool(contracts),
        "has_plan": bool(contracts),
        "notices": [_notice(one, request.at) for one in contracts],
    }
    return render_page(request, "portal/bookings.html", context, status=422 if form.errors else 200)


@portal_page
def withdraw(request: PortalRequest, booking_id: int) -> HttpResponse:
    """Say that the engineer is no longer needed."""
    if request.method != "POST":
        raise NotHere
    found = booking_for(request.actor, booking_id=booking_id, client_id=request.client.pk)
    withdraw_booking(actor=request.actor, at=request.at, booking=found)
    messages.success(request, "It is withdrawn, and whoever was named is told.")
    return go_to(request, reverse("portal:bookings", kwargs={"client": request.client.slug}))


def _bookable(request: PortalRequest) -> list[Contract]:
    """The contracts whose plans have weekend engineers to book."""
    today = request.at.astimezone(request.zone).date()
    found = contracts_in_force(request.client, today)
    return [one for one in found if effective_plan(one).coverage.booking_notice_days is not None]


def _systems(request: PortalRequest, contracts: list[Contract]) -> list[Environment]:
    mine = environments_visible_to(request.actor).filter(contract__in=contracts, retired_at__isnull=True)
    return list(mine.order_by("name", "id"))


def _ask(
    request: PortalRequest, form: BookingForm, contracts: list[Contract], systems: list[Environment]
) -> Booking:
    typed = form.cleaned_data
    named = typed.get("environment")
    wish = BookingWish(
        starts_at=typed["starts_at"],
        ends_at=form.ends_at,
        summary=typed["summary"],
        detail=typed["detail"],
        environment=next((one for one in systems if str(one.pk) == named), None),
    )
    return request_booking(
        actor=request.actor,
        at=request.at,
        contract=next(one for one in contracts if str(one.pk) == typed["contract"]),
        wish=wish,
        submission_id=typed["submission_id"],
    )


def _row(request: PortalRequest, one: Booking) -> dict[str, Any]:
    withdraws = one.state in _ALIVE and one.starts_at > request.at
    return {"one": one, "withdraws": withdraws and may_book(request.actor, one.client_id)}


def _notice(contract: Contract, at: datetime) -> dict[str, Any]:
    """How early one has to ask under a contract, and the earliest start now."""
    return {
        "contract": contract,
        "days": effective_plan(contract).coverage.booking_notice_days,
        "first": first_bookable(contract, at=at),
    }

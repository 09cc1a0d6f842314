"""Bookings of weekend engineers at the desk: what waits, who is named, and deciding (E8)."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from escalation.models import Booking, BookingState
from escalation.permissions import may_decide_booking
from escalation.queries import bookable_people, booking_for, bookings_visible_to
from escalation.services import confirm_booking, decline_booking
from web.desk.forms.bookings import BookingDecisionForm
from web.fragments import go_to, render_page
from web.gates import staff_page
from web.refusals import refusals_in
from web.requests import StaffRequest

SHOWN = 100
#: How long a past booking still stands in the list.
PAST = timedelta(days=30)


@staff_page
def bookings(request: StaffRequest) -> HttpResponse:
    """Show what waits for an answer, what is ahead, and what was lately."""
    found = bookings_visible_to(request.actor)
    ahead = found.filter(ends_at__gt=request.at)
    context = {
        "waiting": list(ahead.filter(state=BookingState.ASKED)[:SHOWN]),
        "ahead": list(ahead.filter(state=BookingState.CONFIRMED)[:SHOWN]),
        "others": list(
            found.exclude(pk__in=ahead.filter(state__in=("asked", "confirmed")).values("pk"))
            .filter(starts_at__gt=request.at - PAST)
            .order_by("-starts_at", "-id")[:SHOWN]
        ),
    }
    return render_page(request, "desk/bookings.html", context)


@staff_page
def booking(request: StaffRequest, booking_id: int) -> HttpResponse:
    """Show one booking, and name who is there or decline it."""
    found = booking_for(request.actor, booking_id=booking_id)
    is_new = found.state == BookingState.ASKED
    people = bookable_people(found.contract)
    form = BookingDecisionForm(
        request.POST if request.method == "POST" else None, people=people, is_new=is_new
    )
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            _decide(request, found, form)
            messages.success(request, "It is decided, and the client is told.")
            return go_to(request, reverse("desk:booking", kwargs={"booking_id": found.pk}))
    is_ahead = found.starts_at > request.at and found.state in (BookingState.ASKED, BookingState.CONFIRMED)
    context = {
        "one": found,
        "form": form,
        "is_new": is_new,
        "decides": is_ahead and may_decide_booking(request.actor, found.client_id),
    }
    return render_page(request, "desk/booking.html", context, status=422 if form.errors else 200)


def _decide(request: StaffRequest, found: Booking, form: BookingDecisionForm) -> Booking:
    answer = form.cleaned_data["answer"]
    if not form.confirms:
        return decline_booking(actor=request.actor, at=request.at, booking=found, answer=answer)
    engineer = bookable_people(found.contract).get(pk=form.cleaned_data["engineer"])
    return confirm_booking(
        actor=request.actor, at=request.at, booking=found, engineer=engineer, answer=answer
    )

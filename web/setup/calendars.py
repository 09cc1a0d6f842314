"""A client's calendars: a year's view of open time, and the next state of one (S14)."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from accounts.models import Client
from accounts.queries import client_for
from contracts.domain.calendar import Calendar
from contracts.models import CalendarVersion, Contract
from contracts.queries import business_calendars_of
from contracts.services import save_calendar
from events.domain.errors import NotHere
from web.fragments import go_to, render_page
from web.gates import setup_page
from web.refusals import refusals_in
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, typed
from web.setup.clients import address_of
from web.setup.forms.calendar import CalendarForm, kept_of, standing
from web.setup.year import year_of

FIRST_YEAR, LAST_YEAR = 2000, 2100


@setup_page
def calendar(request: StaffRequest, client: str, calendar_id: int) -> HttpResponse:
    """Show a year of open time, month by month, and how the calendar came about."""
    found = client_for(request.actor, slug=client)
    version = _version(found, calendar_id)
    asked = request.GET.get("year", "")
    today = request.at.astimezone(request.zone).date()
    number = int(asked) if asked.isdecimal() and FIRST_YEAR <= int(asked[:5]) <= LAST_YEAR else today.year
    context = {
        "one": found,
        "version": version,
        "versions": list(version.calendar.versions.defer("content")),
        "contracts": list(Contract.objects.filter(calendar=version.calendar)),
        "year": year_of(Calendar.from_dict(version.content), number),
        "before": number - 1,
        "after": number + 1,
    }
    return render_page(request, "setup/calendar.html", context)


@setup_page
def new(request: StaffRequest, client: str) -> HttpResponse:
    """Make a calendar of the client's own."""
    found = client_for(request.actor, slug=client)
    form = CalendarForm(typed(request), initial={"content": found.zone, **_office_hours()})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            version = _save(request, found, form, name=form.cleaned_data["name"], former=None)
            return go_to(request, _address(found, version.calendar_id))
    words = Words(title="A new calendar", verb="Save", said="", back=address_of(found), where=found.name)
    context = {"form": form, "words": words}
    return render_page(request, "setup/act.html", context, status=422 if form.errors else 200)


@setup_page
def change(request: StaffRequest, client: str, calendar_id: int) -> HttpResponse:
    """Give a calendar its next state; running clocks are worked out anew."""
    found = client_for(request.actor, slug=client)
    version = _version(found, calendar_id)
    words = Words(
        title="Change the hours",
        verb="Save",
        said="The hours are changed; running clocks follow.",
        back=_address(found, calendar_id),
        where=version.calendar.name,
        text="Due times of open tickets move with it, and say so. What was met or missed stays.",
    )
    return act_page(
        request,
        CalendarForm(typed(request), initial=standing(version), is_known=True),
        words=words,
        act=lambda one: _save(request, found, one, name=version.calendar.name, former=version),
    )


def _save(
    request: StaffRequest, client: Client, form: CalendarForm, *, name: str, former: CalendarVersion | None
) -> CalendarVersion:
    return save_calendar(
        actor=request.actor,
        at=request.at,
        client=client,
        name=name,
        content=form.spec(kept_of(former) if former else None),
        country=form.cleaned_data["country"].upper(),
        region=form.cleaned_data["region"].upper(),
        closings=form.cleaned_data["closings"],
    )


def _version(client: Client, calendar_id: int) -> CalendarVersion:
    found = next((one for one in business_calendars_of(client) if one.calendar_id == calendar_id), None)
    if found is None:
        raise NotHere
    return found


def _address(client: Client, calendar_id: int) -> str:
    return reverse("setup:calendar", kwargs={"client": client.slug, "calendar_id": calendar_id})


def _office_hours() -> dict[str, list[list[str]]]:
    return {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}

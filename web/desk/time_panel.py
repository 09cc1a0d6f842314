"""The time of a ticket: the reader's timer, what is logged, what is left of the client's hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.http import QueryDict

from contracts.domain.plan import Plan
from hours.domain.activities import REQUESTED_WORK, Scope, decide, known
from hours.domain.periods import local_date
from hours.domain.rounding import DAY_MINUTES, billed, round_up
from hours.models import TimeEntry, Timer
from hours.permissions import may_correct, may_log_time, may_waive
from hours.queries import Balance, estimate_of, scope_of, zone_of
from hours.queries.terms import has_hours, is_cleared
from hours.queries.timers import is_idle, minutes_of, seconds_of
from tickets.models import Ticket
from web.desk.acting import address_of
from web.desk.around import Around
from web.desk.forms.time import EntryForm, EstimateForm
from web.drawing.meter import meter_of
from web.requests import StaffRequest

_TAKEN_BACK = ("reversed", "reversal")


def time_panel(
    request: StaffRequest, ticket: Ticket, plan: Plan, form: EntryForm | None, near: Around, *, zone: str
) -> dict[str, Any]:
    """Timer, form, lines and balance; what stands in the way is said before anybody starts (H6, H7)."""
    entries = list(near.entries)
    scope = scope_of(ticket, plan, approvals=near.approvals)
    panel = {
        "may_log": False,
        "not_cleared": "",
        "blocked": decide(REQUESTED_WORK, scope).reason if decide(REQUESTED_WORK, scope).blocked else "",
        **_sums(entries),
        "lines": _lines(request, entries),
        **_hours(request, ticket, plan, near),
    }
    if not may_log_time(request.actor, ticket.client_id, person_id=request.actor.person_id):
        return panel
    today = local_date(request.at, zone)
    person_id = request.actor.person_id or 0
    if not is_cleared(ticket.contract, person_id=person_id, worked_on=today, zone=zone):
        return {**panel, "not_cleared": ticket.contract.name}
    here = next((timer for timer in near.timers if timer.ticket_id == ticket.pk), None)
    elsewhere = next(
        (timer for timer in near.timers if timer.running_since and timer.ticket_id != ticket.pk), None
    )
    return {
        **panel,
        "may_log": True,
        "timer": timer_view(here, increment=plan.hours.increment_minutes, at=request.at) if here else None,
        "own_timer": here,
        "elsewhere": elsewhere,
        "elsewhere_address": address_of(elsewhere.ticket, "timer") if elsewhere else "",
        "entry_form": form or entry_form(request, ticket, plan, scope=scope, zone=zone),
    }


def entry_form(
    request: StaffRequest,
    ticket: Ticket,
    plan: Plan,
    data: QueryDict | None = None,
    *,
    scope: Scope | None = None,
    zone: str = "",
) -> EntryForm:
    """The form of a new entry on the ticket: today where the client is, and the plan's kinds of work."""
    today = local_date(request.at, zone or zone_of(ticket.contract))
    return EntryForm(
        data,
        activities=known(scope or scope_of(ticket, plan)),
        may_waive=may_waive(request.actor, ticket.client_id),
        initial={"worked_on": today, "request_key": uuid4().hex},
        auto_id="time-%s",
    )


def timer_view(timer: Timer, *, increment: int, at: datetime) -> dict[str, Any]:
    """A timer as its component draws it; the page counts on from where the server is."""
    seconds = seconds_of(timer, at=at)
    hours, minutes = divmod(seconds // 60, 60)
    counts_from = at - timedelta(seconds=seconds)
    will_log = billed(min(minutes_of(timer, at=at), 1440), increment)
    return {
        "key": timer.ticket.key,
        "counts_from": counts_from.isoformat() if timer.running_since else "",
        "face": f"{hours}:{minutes:02d}:{seconds % 60:02d}",
        "minutes": seconds // 60,
        "will_log": f"{will_log // 60}:{will_log % 60:02d}",
        "is_paused": timer.running_since is None,
        "since": timer.running_since if is_idle(timer, at=at) else None,
        "is_over": minutes_of(timer, at=at) > DAY_MINUTES,
        "note": timer.note,
    }


def _sums(entries: Sequence[TimeEntry]) -> dict[str, int]:
    standing = [one for one in entries if one.state not in _TAKEN_BACK]
    return {
        "worked": sum(one.worked_minutes for one in standing),
        "billed": sum(one.billed_minutes for one in standing if one.state != "not_billed"),
    }


def _lines(request: StaffRequest, entries: Sequence[TimeEntry]) -> list[dict[str, Any]]:
    may_settle = bool(entries) and may_waive(request.actor, entries[0].client_id)
    return [
        {
            "entry": entry,
            "may_correct": entry.state not in _TAKEN_BACK and may_correct(request.actor, entry),
            "may_waive": entry.state != "not_billed" and may_settle,
            "may_settle": may_settle,
        }
        for entry in entries
    ]


def _hours(request: StaffRequest, ticket: Ticket, plan: Plan, near: Around) -> dict[str, Any]:
    if not has_hours(ticket.contract, plan):
        return {"balance": None}
    balance = near.balance.balances()[ticket.contract_id]
    usable = balance.available + balance.reserved_for(ticket.category) - balance.held
    return {
        "balance": balance,
        "usable": usable,
        "is_used_up": usable <= 0,
        "is_short": usable > 0 and balance.used_percent >= 90,
        "meter": meter_of(used=balance.drawn, granted=balance.granted),
        "increment": plan.hours.increment_minutes,
        **_estimate(request, ticket, balance, increment=plan.hours.increment_minutes),
    }


def _estimate(request: StaffRequest, ticket: Ticket, balance: Balance, *, increment: int) -> dict[str, Any]:
    """The estimate that the reader typed, rounded as it would be billed, held against the balance."""
    form = EstimateForm(request.GET if "estimate" in request.GET else None)
    minutes = form.cleaned_data["estimate"] if form.is_bound and form.is_valid() else None
    if not minutes:
        return {"estimate_form": form, "estimate": None}
    billed_minutes = round_up(minutes, increment)
    found = estimate_of(balance, minutes=billed_minutes, category=ticket.category)
    return {"estimate_form": form, "estimate": found}

"""What if: a client's last days under another plan or other support hours; nothing is written (S17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.http import HttpResponse

from accounts.models import Client
from accounts.queries import client_for
from contracts.domain.calendar import Calendar
from contracts.models import Contract
from contracts.queries import calendars_of, offered_plans, visible_to
from slo.domain.replaying import Difference, Outcome
from slo.queries.replaying import Replay, calendars_on_offer, replay
from web.fragments import render_page
from web.gates import success_page
from web.refusals import refusals_in
from web.requests import StaffRequest
from web.success.forms.replay import OTHER_HOURS, ReplayForm
from web.wording.clocks import OBJECTIVES

#: More tickets than that would keep the reader waiting: the command replays them with a bar.
MOST_TICKETS = 5000
SHOWN = 200
_WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
_STATES = ("met", "missed", "running", "paused", "exempt", "cancelled")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedClock:
    """One line of what would be otherwise; `minutes` is how much later it would have been, or earlier.

    `is_judged` says that it would be missed where it was not, or the other way round, or by other minutes.
    """

    ticket: str
    label: str
    before: Outcome | None
    after: Outcome | None
    minutes: int

    @property
    def is_judged(self) -> bool:
        """Whether the verdict or its minutes differ, and not the due time alone."""
        states = [side.state if side else "" for side in (self.before, self.after)]
        return self.minutes != 0 or states.count("missed") == 1


@success_page
def what_if(request: StaffRequest, client: str) -> HttpResponse:
    """Ask what to replay, and show what would have been otherwise."""
    found = client_for(request.actor, slug=client)
    contracts = list(visible_to(request.actor).filter(client=found).with_terms())
    form = _form(request, found, contracts)
    told: Replay | None = None
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            told = _replayed(form, contracts, now=request.at)
    context = {"watched": found, "form": form, **(_shown(told) if told else {})}
    return render_page(request, "success/replay.html", context, status=422 if form.errors else 200)


def _form(request: StaffRequest, client: Client, contracts: Sequence[Contract]) -> ReplayForm:
    form = ReplayForm(request.GET if "days" in request.GET else None)
    calendars = calendars_on_offer(contracts[0]) if contracts else {}
    form.offer(
        contracts=[(str(one.pk), one.name) for one in contracts],
        plans=[(plan.key, plan.title) for plan in offered_plans()],
        calendars=list(calendars),
    )
    return form


def _replayed(form: ReplayForm, contracts: Sequence[Contract], *, now: datetime) -> Replay:
    asked = form.cleaned_data
    contract = next(one for one in contracts if str(one.pk) == asked["contract"])
    if asked["hours"] == OTHER_HOURS:
        calendar: Calendar | None = _other_hours(
            contract, asked["opens"], asked["closes"], has_weekends=asked["weekends"]
        )
    else:
        calendar = calendars_on_offer(contract).get(asked["hours"])
    return replay(
        contract,
        until=now,
        from_=now - timedelta(days=asked["days"]),
        plan=asked["plan"],
        calendar=calendar,
        most=MOST_TICKETS,
    )


def _other_hours(contract: Contract, opens: time, closes: time, *, has_weekends: bool) -> Calendar:
    """Those hours in the contract's zone, with its holidays."""
    present = calendars_of(contract)["business"]
    days = (*_WORKDAYS, "sat", "sun") if has_weekends else _WORKDAYS
    hours = [[f"{opens:%H:%M}", f"{closes:%H:%M}"]]
    holidays = present.to_dict().get("holidays", {})
    return Calendar.from_dict(
        {"tz": present.zone, "weekly": dict.fromkeys(days, hours), "holidays": holidays}
    )


def _shown(told: Replay) -> dict[str, object]:
    lines = [_line(one) for one in told.differences]
    judged, others = ([one for one in lines if one.is_judged is it] for it in (True, False))
    return {
        "told": told,
        "plan_title": next((plan.title for plan in offered_plans() if plan.key == told.plan), told.plan),
        "states": [
            (state, told.before[state], told.after[state], told.after[state] - told.before[state])
            for state in _STATES
            if told.before[state] or told.after[state]
        ],
        "changes": judged[:SHOWN],
        "others": others[:SHOWN],
        "left_out": max(0, len(judged) - SHOWN) + max(0, len(others) - SHOWN),
    }


def _line(one: Difference) -> ChangedClock:
    label = OBJECTIVES.get(one.objective, one.objective)
    before, after = (side.late_minutes if side else 0 for side in (one.before, one.after))
    return ChangedClock(
        ticket=one.ticket,
        label=f"{label} {one.ordinal}" if one.ordinal > 1 else label,
        before=one.before,
        after=one.after,
        minutes=after - before,
    )

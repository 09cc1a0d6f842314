"""The schedule: programmes from the plan, and the windows in which each delivery is owed (P1)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from contracts.domain.calendar import Calendar
from contracts.domain.plan import ProactiveService
from contracts.models import Contract
from contracts.queries import calendars_of, effective_plan
from proactive.domain.recurrence import Window, due_on, onboarding_window, windows
from proactive.domain.terms import ahead_of_renewal
from proactive.models import Occurrence, Programme
from proactive.queries import cadence_of
from proactive.queries.days import today_on
from proactive.services.changing import drop_what_has_not_begun, fit_to_terms

#: How far ahead windows are made, and how little is left when the sweep makes more.
HORIZON = timedelta(days=400)
REFILL_BELOW = timedelta(days=370)
_TERMS = ("cadence_kind", "every_months", "count_a_year")


@transaction.atomic
def make_programmes(*, at: datetime, contract: Contract) -> list[Programme]:
    """Bring a contract's programmes in line with its plan and add-ons, and make their windows.

    New terms hold from today: what has not begun follows them, what is under way keeps its window. A service
    that the plan no longer carries ends; its deliveries under way stay to be decided on. Repeating it changes
    nothing.
    """
    calendar = calendars_of(contract)["business"]
    today = today_on(calendar, at)
    carried = [service for service in effective_plan(contract).proactive if _is_carried(service, contract)]
    gone = Programme.objects.filter(contract=contract, ended_at__isnull=True).exclude(
        service__in=[service.key for service in carried]
    )
    for programme in gone:
        Programme.objects.filter(id=programme.pk).update(ended_at=at)
        drop_what_has_not_begun(programme, today=today, at=at)
    known = {one.service: one for one in Programme.objects.filter(contract=contract)}
    begins_on = today if known else contract.starts_on
    programmes = [
        _programme(service, contract, known.get(service.key), today=today, begins_on=begins_on)
        for service in carried
    ]
    for programme in programmes:
        _make_windows(programme, contract, calendar, at=at)
    return programmes


def plan_occurrences(*, at: datetime, limit: int = 200) -> int:
    """Make the missing windows of every programme whose planning runs short; how many programmes it touched.

    It counts from the contract's start each time, so windows missed in a downtime are made too, none twice;
    those of a contract that ended meanwhile are made up to its last day.
    """
    until = (at + REFILL_BELOW).date()
    short = Programme.objects.filter(Q(planned_until__lt=until) | Q(planned_until__isnull=True))
    to_plan = (
        Q(planned_until__isnull=True)
        | Q(contract__ends_on__isnull=True)
        | Q(contract__ends_on__gte=F("planned_until"))
    )
    running = short.filter(to_plan, ended_at__isnull=True)
    found = list(running.select_related("contract__plan_version", "contract__calendar")[:limit])
    for programme in found:
        with transaction.atomic():
            calendar = calendars_of(programme.contract)["business"]
            _make_windows(programme, programme.contract, calendar, at=at)
    return len(found)


def _is_carried(service: ProactiveService, contract: Contract) -> bool:
    return not service.add_on or service.add_on in contract.add_ons


def _programme(
    service: ProactiveService,
    contract: Contract,
    before: Programme | None,
    *,
    today: date,
    begins_on: date,
) -> Programme:
    facts = {
        "client_id": contract.client_id,
        "label": service.label,
        "kind": service.kind,
        "cadence_kind": service.cadence.kind,
        "every_months": service.cadence.every_months,
        "limit": service.cadence.limit,
        "count_a_year": int(contract.programme_counts.get(service.key, 0)),
        "at_onboarding": service.at_onboarding,
        "ended_at": None,
    }
    if before is None:
        return Programme.objects.create(
            contract=contract, service=service.key, owner=contract.csm, counts_from=begins_on, **facts
        )
    if before.ended_at is not None or any(getattr(before, name) != facts[name] for name in _TERMS):
        facts["counts_from"] = today
    for name, value in facts.items():
        setattr(before, name, value)
    before.owner = before.owner or contract.csm
    before.save()
    return before


def _make_windows(programme: Programme, contract: Contract, calendar: Calendar, *, at: datetime) -> None:
    today = today_on(calendar, at)
    until = today + HORIZON
    series = {window.first_on: window for window in _series(programme, contract, until=until)}
    fit_to_terms(programme, series, calendar=calendar, ends_on=contract.ends_on, at=at)
    rows = [_occurrence(programme, window, calendar) for window in series.values()]
    first = onboarding_window(contract.starts_on)
    if programme.at_onboarding and first.last_on >= programme.counts_from:
        row = _occurrence(programme, first, calendar)
        row.is_initial = True
        rows.append(row)
    Occurrence.objects.bulk_create(rows, ignore_conflicts=True)
    Programme.objects.filter(id=programme.pk).update(planned_until=until)


def _series(programme: Programme, contract: Contract, *, until: date) -> list[Window]:
    """Every window of the present terms that did not end before they held."""
    found = windows(
        cadence_of(programme),
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        count_a_year=programme.count_a_year,
        until=until,
    )
    fitted = (ahead_of_renewal(window, kind=programme.kind) for window in found)
    return [window for window in fitted if window.last_on >= programme.counts_from]


def _occurrence(programme: Programme, window: Window, calendar: Calendar) -> Occurrence:
    return Occurrence(
        client_id=programme.client_id,
        programme=programme,
        window_first_on=window.first_on,
        window_last_on=window.last_on,
        due_on=due_on(window, calendar=calendar),
        deadline_on=window.last_on,
        owner_id=programme.owner_id,
    )

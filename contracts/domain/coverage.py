"""Is it covered? One answer for the portal while a ticket is written, and for the API's dry run (§3.1)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from contracts.domain.calendar import Calendar
from contracts.domain.plan import Commitment, Objective, Plan, Service, Stance
from contracts.domain.promises import Promise, Windows, promises

FILE_ANYWAY = "You can file it anyway: we may agree on an exception, or make a change request for it."


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageAnswer:
    """What the plan says of one request, and what would be owed if it were filed now.

    `stance` is None while no category is chosen. `urgency` is the one that counts, after the rule on
    non-production instances. `exempt_reason` says why no clock would run (S11); then nothing is previewed.
    """

    stance: Stance | None
    covered: bool
    why: str
    group: str = ""
    add_on_needed: str = ""
    urgency: str
    first_response_due_at: datetime | None = None
    previews: tuple[Promise, ...] = ()
    exempt_reason: str = ""
    draws_hours: bool = False
    way_out: str = ""
    weekend_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scope:
    stance: Stance | None
    covered: bool
    why: str
    add_on_needed: str = ""
    way_out: str = ""


def answer(  # noqa: PLR0913 - a request has this many facts
    plan: Plan,
    *,
    add_ons: Collection[str],
    service_key: str,
    request_type: str,
    urgency: str,
    production: bool | None,
    calendars: Mapping[str, Calendar],
    at: datetime,
    channel: str = "portal",
    product: str = "",
    windows: Windows = (),
) -> CoverageAnswer:
    """Whether the plan covers this, why, and by when what would be answered.

    An empty `service_key` asks about the times alone; `windows` are the instance's announced maintenance
    windows, which do not count (S11). Raises `KeyError` for a service, request type or
    urgency that the plan does not have.
    """
    plan.request_type(request_type)
    counted = urgency_that_counts(plan, urgency=urgency, production=production)
    service = plan.service(service_key) if service_key else None
    scope = _scope(plan, service, add_ons=add_ons, request_type=request_type)
    exempt = exempt_reason(plan, covered=scope.covered, channel=channel)
    owed: tuple[Promise, ...] = ()
    if not exempt:
        owed = promises(
            plan, request_type=request_type, urgency=counted, calendars=calendars, at=at, windows=windows
        )
    first = next((one for one in owed if one.objective == Objective.FIRST_RESPONSE), None)
    draws = service.draws_hours if service else True
    return CoverageAnswer(
        stance=scope.stance,
        covered=scope.covered,
        why=scope.why,
        group=service.group if service else "",
        add_on_needed=scope.add_on_needed,
        urgency=counted,
        first_response_due_at=first.due_at if first else None,
        previews=owed,
        exempt_reason=exempt,
        draws_hours=scope.covered and plan.hours.has_hours and draws,
        way_out=scope.way_out,
        weekend_note=weekend_note(plan, calendars=calendars, at=at, product=product, urgency=counted),
    )


def urgency_that_counts(plan: Plan, *, urgency: str, production: bool | None) -> str:
    """The urgency after the plan's rule on non-production instances; None means that no instance is named."""
    known = plan.urgency(urgency).code
    return plan.non_production_urgency if production is False and plan.non_production_urgency else known


def exempt_reason(plan: Plan, *, covered: bool, channel: str) -> str:
    """Why no clock would run for such a request (S11); empty where the plan promises something."""
    if plan.commitment == Commitment.BEST_EFFORTS:
        return plan.promise_wording
    if not covered:
        return "Work outside the scope carries no service level unless an exception is agreed."
    if channel in plan.exempt_channels:
        return plan.channel_notes.get(channel, "This channel carries no service level.")
    return ""


def weekend_note(
    plan: Plan, *, calendars: Mapping[str, Calendar], at: datetime, product: str, urgency: str
) -> str:
    """What to tell whoever files while the plan's dedicated team is off (E6); empty while it is on.

    It is off outside its week and on the client's own holidays; the calendar decides whether the clock waits.
    """
    note = _standard_team_note(plan, calendars=calendars, at=at)
    if not note:
        return ""
    rank = plan.urgency(urgency).rank
    for limit in plan.coverage.weekend_limits:
        if limit.product.lower() != product.strip().lower():
            continue
        if limit.cover == "excluded":
            return f"{note} Weekend cover leaves out {limit.product}."
        if rank not in limit.worst_ranks:
            labels = ", ".join(step.label for step in plan.urgencies if step.rank in limit.worst_ranks)
            return f"{note} At weekends {limit.product} is covered for {labels} only."
    return note


def holiday_at(calendar: Calendar, at: datetime) -> str | None:
    """The holiday on which a calendar is closed all day at that moment, by its own zone; None on other days.

    A holiday with opening hours of its own is none.
    """
    day = at.astimezone(ZoneInfo(calendar.zone)).date()
    name = calendar.holiday_name(day)
    if name is None or calendar.opens_on(day):
        return None
    return name or "a local holiday"


def _standard_team_note(plan: Plan, *, calendars: Mapping[str, Calendar], at: datetime) -> str:
    name = plan.coverage.dedicated_calendar
    if not name:
        return ""
    business = calendars.get("business")
    holiday = holiday_at(business, at) if business is not None else None
    today = f"Today is a holiday in your calendar, {holiday}" if holiday else ""
    if not calendars[name].is_open(at):
        return f"{today}. {plan.coverage.weekend_note}" if today else plan.coverage.weekend_note
    return f"{today}: the standard team works on this." if today else ""


def _scope(plan: Plan, service: Service | None, *, add_ons: Collection[str], request_type: str) -> _Scope:
    if service is None:
        return _Scope(stance=None, covered=True, why="Choose a category to see whether the plan covers it.")
    if service.stance == Stance.EXCLUDED:
        return _Scope(
            stance=service.stance,
            covered=False,
            why=f"{plan.title} does not cover this: {service.group.lower()}.",
            way_out=FILE_ANYWAY,
        )
    if service.stance == Stance.ADD_ON and service.add_on not in add_ons:
        label = plan.add_on(service.add_on).label
        return _Scope(
            stance=service.stance,
            covered=False,
            why=f"This needs the add-on {label}, which your contract does not have.",
            add_on_needed=service.add_on,
            way_out=f"Ask your account executive for {label}. {FILE_ANYWAY}",
        )
    if service.request_types and request_type not in service.request_types:
        labels = [plan.request_type(code).label.lower() for code in service.request_types]
        return _Scope(
            stance=service.stance,
            covered=False,
            why=f"{service.label} is there for: {', '.join(labels)}.",
            way_out="Choose another kind of request or another category.",
        )
    return _Scope(stance=service.stance, covered=True, why=f"Covered: {service.label.lower()}.")

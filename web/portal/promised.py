"""What the client of a ticket reads about its clocks: which are shown, the next moment, and why then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slo.queries import ExplainedClock, explain
from slo.queries.terms import Standing
from tickets.models import Ticket
from web.chips import chip_of, next_owed
from web.drawing.strip import Strip, strip_of
from web.drawing.works import works_of
from web.portal.around import Around
from web.requests import PortalRequest
from web.wording.agreements import present_agreement
from web.wording.calendars import opening_hours
from web.wording.clocks import ClockChip


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockView:
    """One clock with its chip."""

    clock: ExplainedClock
    chip: ClockChip | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMoment:
    """The clock that is to be reached next, and how its due time came about; `is_late` once it has passed."""

    view: ClockView
    is_late: bool
    why: str
    strip: Strip
    works: Any
    opening: str


def promised(request: PortalRequest, ticket: Ticket, standing: Standing, near: Around) -> dict[str, Any]:
    """The clocks of a ticket for its page: of those that recur only the latest is shown."""
    calendars = standing.calendars
    clocks = explain(ticket, at=request.at, standing=standing, facts=near.clocks)

    def view(clock: ExplainedClock) -> ClockView:
        calendar = calendars.get(clock.calendar)
        chip = chip_of(clock, calendar=calendar, zone=request.zone, now=request.at, whom="you")
        return ClockView(clock=clock, chip=chip)

    owed, moment = next_owed(clocks) if ticket.is_open else None, None
    if owed is not None and owed.due_at is not None:
        moment = _moment(request, view(owed), opening=opening_hours(calendars[owed.calendar]))
    return {
        "clocks": [view(clock) for clock in _shown(clocks)],
        "next": moment,
        "agreed": present_agreement(
            ticket, zone=request.zone, now=request.at, standing=standing, records=near.clocks.records
        ),
    }


def _shown(clocks: Sequence[ExplainedClock]) -> list[ExplainedClock]:
    latest = {clock.objective: clock for clock in sorted(clocks, key=lambda one: one.ordinal)}
    return [latest[objective] for objective in dict.fromkeys(clock.objective for clock in clocks)]


def _moment(request: PortalRequest, view: ClockView, *, opening: str) -> NextMoment:
    clock = view.clock
    assert clock.due_at is not None  # noqa: S101  the caller has looked
    local = clock.due_at.astimezone(request.zone)
    is_today = local.date() == request.at.astimezone(request.zone).date()
    return NextMoment(
        view=view,
        is_late=clock.due_at <= request.at and clock.state != "paused",
        why=f"Why {local:%H:%M}?" if is_today else f"Why {local:%A} {local:%H:%M}?",
        strip=strip_of(
            clock.segments,
            element_id="why",
            title=f"How the due time of the {clock.label.lower()} came about",
            now=request.at,
            due_at=clock.due_at,
            zone=request.zone,
        ),
        works=works_of(clock.segments, now=request.at, zone=request.zone),
        opening=opening,
    )

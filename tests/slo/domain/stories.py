"""Makes terms and stories for tests of the fold: weeks of nine to five, and what happens on a ticket."""

from collections.abc import Iterable
from datetime import datetime

from contracts.domain.calendar import Calendar
from contracts.domain.plan import Objective, ObjectiveRule, PauseRule
from slo.domain.clock import FoldedClock
from slo.domain.engine import fold
from slo.domain.terms import Promise, Terms
from slo.domain.timeline import Fact, Settled, Window
from tests.factories.moments import moment

HOUR = 3600
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
OFFICE = Calendar.from_dict(
    {
        "tz": "Europe/London",
        "weekly": {day: [["09:00", "17:00"]] for day in WEEKDAYS},
        "holidays": {"2026-03-04": "Founders' day"},
    }
)
ALWAYS = Calendar.from_dict({"always": True})
CALENDARS = {"business": OFFICE, "24x7": ALWAYS}
RESPONSE = ObjectiveRule(
    objective=Objective.FIRST_RESPONSE,
    label="First response",
    met_by=("public_staff_message", "resolution_summary"),
)
INTERVENTION = ObjectiveRule(
    objective=Objective.INTERVENTION, label="Work started", met_by=("work_started", "time_logged")
)
UPDATE = ObjectiveRule(
    objective=Objective.STATUS_UPDATE, label="Update", met_by=("public_staff_message",), ends_on=("resolved",)
)
UPDATE_DURING_WORK = ObjectiveRule(
    objective=Objective.STATUS_UPDATE,
    label="Update",
    starts_on="work_started",
    met_by=("public_staff_message",),
    ends_on=("resolved",),
)
PAUSE = PauseRule(status="waiting_on_client", objectives=tuple(Objective), reason="We asked the client")


def terms(
    rule: ObjectiveRule = RESPONSE,
    *,
    high: int = 4 * HOUR,
    low: int | None = 8 * HOUR,
    calendar: str = "business",
    pauses: tuple[PauseRule, ...] = (),
    percent: int = 75,
) -> Terms:
    """Terms of one objective for incidents of two urgencies; None promises nothing for the low one."""
    promises = {(rule.objective.value, "incident", "high"): Promise(calendar=calendar, seconds=high)}
    if low is not None:
        promises[rule.objective.value, "incident", "low"] = Promise(calendar=calendar, seconds=low)
    return Terms(
        commitment="objective",
        rules=(rule,),
        promises=promises,
        repeating=frozenset({"status_update"}),
        pauses=pauses,
        at_risk_percent=percent,
    )


def opened(at: str = "2026-03-02 09:00", urgency: str = "high", exempt_reason: str = "") -> Fact:
    """The opening of an incident; on a Monday morning unless stated."""
    return Fact(
        kind="opened",
        at=moment(at),
        urgency=urgency,
        request_type="incident",
        exempt_reason=exempt_reason,
    )


def fact(kind: str, at: str, **told: object) -> Fact:
    """Something that happens at that moment."""
    return Fact(kind=kind, at=moment(at), **told)  # type: ignore[arg-type]


def reclassified(at: str, urgency: str) -> Fact:
    """The urgency becomes that one."""
    return fact("reclassified", at, urgency=urgency, request_type="incident")


def waits(at: str) -> Fact:
    """Staff ask the client something."""
    return fact("status", at, status="waiting_on_client")


def goes_on(at: str) -> Fact:
    """The client has answered."""
    return fact("status", at, status="in_progress")


def window(starts: str, ends: str) -> Window:
    """A maintenance window that was announced in time."""
    return Window(starts_at=moment(starts), ends_at=moment(ends))


def clocks(
    of: Terms,
    *facts: Fact,
    until: str = "2026-03-20 12:00",
    windows: Iterable[Window] = (),
    settled: Iterable[Settled] = (),
) -> tuple[FoldedClock, ...]:
    """All clocks that the story makes."""
    return fold(of, CALENDARS, facts, until=moment(until), windows=windows, settled=settled)


def clock(of: Terms, *facts: Fact, until: str = "2026-03-20 12:00", **more: Iterable[object]) -> FoldedClock:
    """The only clock that the story makes."""
    (only,) = clocks(of, *facts, until=until, **more)  # type: ignore[arg-type]
    return only


def counted(one: FoldedClock, until: str = "2026-03-20 12:00") -> int:
    """The sum of the seconds that its segments count."""
    return sum(segment.seconds for segment in one.segments(until=moment(until)))


def at(text: str) -> datetime:
    """A moment, by its short name."""
    return moment(text)

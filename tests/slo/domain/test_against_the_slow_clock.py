"""The fold against a clock that counts minute by minute, over stories that nobody would think of."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.domain.calendar import Calendar
from slo.domain.clock import FoldedClock
from slo.domain.engine import fold
from slo.domain.timeline import Fact, Window
from tests.slo.domain.slow import Slow, SlowClock
from tests.slo.domain.stories import CALENDARS, PAUSE, RESPONSE, UPDATE, at, terms

START = at("2026-03-27 15:00")
"""A Friday before the clocks go forward."""

BROKEN_DAYS = Calendar.from_dict(
    {
        "tz": "Europe/London",
        "weekly": {
            "mon": [["09:00", "12:00"], ["13:00", "17:00"]],
            "tue": [["22:00", "02:00"]],
            "fri": [["09:00", "17:00"]],
            "sat": [["23:00", "24:00"]],
            "sun": [["00:00", "03:00"]],
        },
    }
)
OFFICE = CALENDARS["business"]
MINUTES = st.integers(0, 4 * 24 * 60)
KINDS = st.sampled_from(["public_staff_message", "waits", "goes_on", "high", "low", "cancelled"])


def fact_of(kind: str, minute: int) -> Fact:
    """What the drawn word says happens at that minute."""
    moment = START + timedelta(minutes=minute)
    if kind in ("high", "low"):
        return Fact(kind="reclassified", at=moment, urgency=kind, request_type="incident")
    if kind in ("waits", "goes_on"):
        status = "waiting_on_client" if kind == "waits" else "in_progress"
        return Fact(kind="status", at=moment, status=status)
    return Fact(kind=kind, at=moment)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One drawn story: targets in minutes, facts and windows, a calendar, and the moment at which to look."""

    targets: dict[str, int | None]
    facts: list[Fact]
    windows: list[Window]
    calendar: Calendar
    pauses: bool
    repeats: bool
    until: datetime

    def slowly(self) -> list[SlowClock]:
        """What the slow clock says."""
        slow = Slow(
            calendar=self.calendar, targets=self.targets, repeats=self.repeats, pauses=self.pauses,
            windows=self.windows,
        )  # fmt: skip
        return slow.walk(self.facts, self.until)

    def folded(self) -> tuple[FoldedClock, ...]:
        """What the fold says."""
        high, low = (60 * (self.targets[urgency] or 0) for urgency in ("high", "low"))
        rule = UPDATE if self.repeats else RESPONSE
        of = terms(rule, high=high, low=low, pauses=(PAUSE,) if self.pauses else ())
        return fold(of, {"business": self.calendar}, self.facts, until=self.until, windows=self.windows)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Stories of up to seven facts and two windows over four days."""
    until = draw(MINUTES)
    story = draw(st.lists(st.tuples(MINUTES, KINDS), max_size=7, unique_by=lambda pair: pair[0]))
    repeats = draw(st.booleans())
    shortest = 60 if repeats else 1
    opened = Fact(kind="opened", at=START, urgency="high", request_type="incident")
    return Case(
        targets={"high": draw(st.integers(shortest, 460)), "low": draw(st.integers(shortest, 960))},
        facts=[opened, *(fact_of(kind, minute) for minute, kind in sorted(story) if minute <= until)],
        windows=[
            Window(starts_at=START + minutes(begins), ends_at=START + minutes(begins + length))
            for begins, length in draw(st.lists(st.tuples(MINUTES, st.integers(1, 600)), max_size=2))
        ],
        calendar=draw(st.sampled_from([OFFICE, BROKEN_DAYS, CALENDARS["24x7"]])),
        pauses=draw(st.booleans()),
        repeats=repeats,
        until=START + minutes(until),
    )


def minutes(number: int) -> timedelta:
    """That many minutes."""
    return timedelta(minutes=number)


@settings(max_examples=400, deadline=None)
@given(cases())
def test_both_say_the_same_of_every_clock(case: Case) -> None:
    told = [
        ("running" if one.is_open else one.state.value, one.started_at, one.ended_at) for one in case.folded()
    ]
    assert told == [(one.state, one.started_at, one.ended_at) for one in case.slowly()]


@settings(max_examples=200, deadline=None)
@given(cases())
def test_both_have_as_much_left(case: Case) -> None:
    for one, other in zip(case.folded(), case.slowly(), strict=True):
        if one.is_open:
            assert one.target_seconds - one.elapsed_seconds(until=case.until) == other.left * 60


@settings(max_examples=200, deadline=None)
@given(cases())
def test_the_stretches_of_every_clock_sum_to_its_target_or_to_what_is_used(case: Case) -> None:
    for one in case.folded():
        end = case.until if one.is_open else one.ended_at or case.until
        is_whole = one.state in ("running", "missed")
        counted = sum(part.seconds for part in one.segments(until=case.until))
        assert counted == (one.target_seconds if is_whole else one.elapsed_seconds(until=end))


@settings(max_examples=200, deadline=None)
@given(cases())
def test_looking_later_never_changes_what_is_settled(case: Case) -> None:
    later = replace(case, until=case.until + minutes(10_000)).folded()
    for before, after in zip(case.folded(), later, strict=False):
        if not before.is_open and not before.is_late_unmet:
            assert (before.state, before.ended_at) == (after.state, after.ended_at)

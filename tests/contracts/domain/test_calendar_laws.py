"""What holds for every calendar at every moment, by search and against the slow calendar (S3, S4)."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from contracts.domain.calendar import Calendar
from tests.contracts.domain.calendar_oracle import WEEKDAYS, SlowCalendar
from tests.contracts.domain.zone_changes import offset_changes

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Asia/Tehran",
    "America/Santiago",
    "Antarctica/Troll",
    "Pacific/Chatham",
    "Asia/Kathmandu",
    "Africa/Cairo",
    "UTC",
]
HORIZON = timedelta(days=9)
MANY = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])

clock_times = st.integers(0, 287).map(lambda part: f"{part // 12:02d}:{part % 12 * 5:02d}")
ends = clock_times | st.just("24:00")
windows = st.lists(st.tuples(clock_times, ends).filter(lambda pair: pair[0] != pair[1]).map(list), max_size=3)


@st.composite
def situations(draw: st.DrawFn) -> tuple[dict[str, Any], datetime]:
    """Draw a calendar and a start near a clock change of its zone, or on any day from 1990 to 2060."""
    zone = draw(st.sampled_from(ZONES))
    changes = [second for second, _, _ in offset_changes(zone) if second > 631_152_000]
    anywhere = st.integers(631_152_000, 2_840_140_800)
    near = st.sampled_from(changes).flatmap(lambda at: st.integers(at - 300_000, at + 100_000))
    start = datetime.fromtimestamp(draw(near | anywhere if changes else anywhere), UTC)
    dates = st.integers(-2, 9).map(lambda days: (start + timedelta(days=days)).date().isoformat())
    weekly = draw(st.dictionaries(st.sampled_from(WEEKDAYS), windows, min_size=1))
    assume(any(weekly.values()))
    spec = {
        "tz": zone,
        "weekly": weekly,
        "holidays": draw(st.lists(dates, max_size=3)),
        "overrides": draw(st.dictionaries(dates, windows, max_size=3)),
    }
    return spec, start


@MANY
@given(situations(), st.integers(0, 6 * 86_400))
def test_open_time_counts_as_on_the_slow_calendar(case: tuple[dict[str, Any], datetime], length: int) -> None:
    spec, start = case
    end = start + timedelta(seconds=length)
    assert Calendar.from_dict(spec).elapsed(start, end) == SlowCalendar(spec).elapsed(start, end)


@MANY
@given(situations(), st.integers(0, 6 * 86_400), st.sampled_from([-1, 1]))
def test_amounts_end_as_on_the_slow_calendar(
    case: tuple[dict[str, Any], datetime], length: int, sign: int
) -> None:
    (spec, start), oracle = case, SlowCalendar(case[0])
    end = start + timedelta(seconds=length * sign)
    seconds = sign * oracle.elapsed(min(start, end), max(start, end))
    assert Calendar.from_dict(spec).add(start, seconds) == oracle.add(start, seconds, horizon=HORIZON)


@MANY
@given(situations())
def test_the_next_opening_is_that_of_the_slow_calendar(case: tuple[dict[str, Any], datetime]) -> None:
    (spec, start), oracle = case, SlowCalendar(case[0])
    horizon = int((start + HORIZON).timestamp())
    found = next((at for at, _, is_open in oracle.steps(int(start.timestamp()), horizon) if is_open), None)
    assume(found is not None)
    assert Calendar.from_dict(spec).next_open(start).timestamp() == found


@MANY
@given(situations(), st.integers(0, 3 * 86_400))
def test_each_open_stretch_is_open_and_the_rest_is_not(
    case: tuple[dict[str, Any], datetime], length: int
) -> None:
    (spec, start), oracle = case, SlowCalendar(case[0])
    end = start + timedelta(seconds=length)
    inside = Calendar.from_dict(spec).intervals(start, end)
    for second, _, is_open in oracle.steps(int(start.timestamp()), int(end.timestamp())):
        at = datetime.fromtimestamp(second, UTC)
        assert is_open is any(opens <= at < closes for opens, closes in inside)


amounts = st.integers(-40_000_000, 40_000_000)


@MANY
@given(situations(), amounts)
def test_what_was_added_has_elapsed(case: tuple[dict[str, Any], datetime], seconds: int) -> None:
    calendar, start = Calendar.from_dict(case[0]), case[1]
    due = calendar.add(start, seconds)
    assert calendar.elapsed(start, due) == seconds
    assert calendar.elapsed(due, start) == -seconds


@MANY
@given(situations(), amounts, st.integers(0, 999_999))
def test_a_due_time_is_the_first_that_will_do(
    case: tuple[dict[str, Any], datetime], seconds: int, microseconds: int
) -> None:
    calendar, start = Calendar.from_dict(case[0]), case[1] + timedelta(microseconds=microseconds)
    moment = timedelta(microseconds=1 if seconds > 0 else -1)
    due = calendar.add(start, seconds)
    assert calendar.elapsed(start, due) == seconds
    assert seconds == 0 or abs(calendar.elapsed(start, due - moment)) == abs(seconds) - 1


@MANY
@given(situations(), st.integers(0, 40_000_000), st.integers(0, 40_000_000))
def test_two_amounts_after_each_other_are_their_sum(
    case: tuple[dict[str, Any], datetime], first: int, second: int
) -> None:
    calendar, start = Calendar.from_dict(case[0]), case[1]
    assert calendar.add(calendar.add(start, first), second) == calendar.add(start, first + second)
    assert calendar.add(calendar.add(start, -first), -second) == calendar.add(start, -first - second)


@MANY
@given(situations(), amounts, st.integers(1, 1_000_000))
def test_a_later_start_or_a_larger_amount_is_never_due_earlier(
    case: tuple[dict[str, Any], datetime], seconds: int, more: int
) -> None:
    calendar, start = Calendar.from_dict(case[0]), case[1]
    due = calendar.add(start, seconds)
    assert calendar.add(start, seconds + more) > due
    assert calendar.add(start + timedelta(seconds=more), seconds) >= due


@MANY
@given(situations(), st.integers(0, 40_000_000), st.integers(0, 40_000_000))
def test_elapsed_time_adds_up_over_any_moment_between(
    case: tuple[dict[str, Any], datetime], first: int, second: int
) -> None:
    calendar, start = Calendar.from_dict(case[0]), case[1]
    middle, end = start + timedelta(seconds=first), start + timedelta(seconds=first + second)
    assert calendar.elapsed(start, middle) + calendar.elapsed(middle, end) == calendar.elapsed(start, end)
    assert calendar.elapsed(end, start) == -calendar.elapsed(start, end)


@MANY
@given(situations(), st.integers(0, 40_000_000))
def test_stretches_cover_all_and_their_open_ones_sum_to_what_elapsed(
    case: tuple[dict[str, Any], datetime], length: int
) -> None:
    calendar, start, end = Calendar.from_dict(case[0]), case[1], case[1] + timedelta(seconds=length)
    told = calendar.stretches(start, end)
    assert sum(stretch.seconds for stretch in told) == length
    assert sum(part.seconds for part in told if part.kind == "open") == calendar.elapsed(start, end)
    assert all(calendar.closed_reason(part.start) == part.kind for part in told if part.kind != "open")


@MANY
@given(situations())
def test_a_calendar_reads_back_what_it_writes(case: tuple[dict[str, Any], datetime]) -> None:
    calendar = Calendar.from_dict(case[0])
    assert Calendar.from_dict(calendar.to_dict()) is calendar

"""Open time far away, over the seams of what is worked out at once, and asked for by many at once (S3)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from contracts.domain.calendar import Calendar, NeverOpens, OutOfReach
from contracts.domain.calendar.timeline import BLOCK_SECONDS, Timeline
from tests.contracts.domain.calendar_oracle import SlowCalendar
from tests.contracts.domain.calendar_specs import EVERY_DAY, PREMIER, daily, each, office, utc

HOUR = 3600
SEAM = datetime.fromtimestamp(9 * BLOCK_SECONDS, UTC)
TURN = timedelta(days=146_097)


def test_a_window_over_a_seam_is_one_window() -> None:
    night = daily("UTC", ["22:00", "06:00"])
    assert utc("2027-02-22 00:00") == SEAM
    found = night.intervals(utc("2027-02-21 12:00"), utc("2027-02-22 12:00"))
    assert found == [(utc("2027-02-21 22:00"), utc("2027-02-22 06:00"))]


@pytest.mark.parametrize("seconds", [1, HOUR, 2 * HOUR, 2 * HOUR + 1, 8 * HOUR, 9 * HOUR])
def test_amounts_pass_over_a_seam_and_back(seconds: int) -> None:
    spec = {"tz": "UTC", "weekly": each(EVERY_DAY, ["22:00", "06:00"])}
    night, oracle, start = Calendar.from_dict(spec), SlowCalendar(spec), utc("2027-02-21 22:00")
    due = night.add(start, seconds)
    assert due == oracle.add(start, seconds, horizon=timedelta(days=2))
    assert night.add(due, -seconds) == oracle.add(due, -seconds, horizon=timedelta(days=2))


def test_a_seam_at_closing_time_is_due_at_the_seam() -> None:
    assert daily("UTC", ["20:00", "24:00"]).add(SEAM - timedelta(hours=1), HOUR) == SEAM


def test_a_part_of_a_second_at_a_seam_waits_for_the_next_opening() -> None:
    start = SEAM - timedelta(seconds=0.5)
    assert daily("UTC", ["20:00", "24:00"]).add(start, 1) == SEAM + timedelta(hours=20, seconds=0.5)


def test_a_seam_within_closed_time_is_passed_over() -> None:
    calendar = Calendar.from_dict({"tz": "UTC", "weekly": {"thu": [["09:00", "10:00"]]}})
    assert calendar.next_open(utc("2027-02-18 10:00")) == utc("2027-02-25 09:00")
    assert calendar.add(utc("2027-02-25 09:00"), -1) == utc("2027-02-18 09:59:59")


def test_twenty_years_pass_as_one_sum() -> None:
    calendar = office("Europe/Berlin", holidays=["2030-05-01"])
    start = utc("2026-03-02 08:00")
    years = calendar.elapsed(start, utc("2046-03-02 08:00"))
    assert years == sum(
        calendar.elapsed(utc(f"{year}-03-02 08:00"), utc(f"{year + 1}-03-02 08:00"))
        for year in range(2026, 2046)
    )
    assert calendar.add(start, years + HOUR) == utc("2046-03-02 08:00") + timedelta(hours=1)


@pytest.mark.parametrize(
    "at", ["2039-03-27 00:00", "2080-10-27 00:00", "1916-04-30 20:00", "1893-03-31 22:00"]
)
def test_far_off_years_keep_the_wall_clock(at: str) -> None:
    spec = {"tz": "Europe/Berlin", "weekly": each(EVERY_DAY, ["01:30", "03:10"], ["20:00", "00:20"])}
    calendar, oracle, start = Calendar.from_dict(spec), SlowCalendar(spec, step=1), utc(at)
    assert calendar.elapsed(start, start + timedelta(hours=5)) == oracle.elapsed(
        start, start + timedelta(hours=5)
    )


def test_four_hundred_years_on_everything_is_as_today() -> None:
    calendar = office("America/New_York", holidays=["2026-12-25"])
    start, seconds = utc("2110-02-03 04:05:06"), 1_000_000_000
    assert calendar.add(start + TURN, seconds) == calendar.add(start, seconds) + TURN
    assert calendar.elapsed(start, start + TURN) == calendar.elapsed(start + 3 * TURN, start + 4 * TURN)


def test_an_exception_in_a_far_year_is_kept() -> None:
    plain, closed = office(), office(holidays=["3001-01-01"])
    start, end = utc("2026-01-01 00:00"), utc("3500-01-01 00:00")
    assert plain.elapsed(start, end) - closed.elapsed(start, end) == 8 * HOUR


@pytest.mark.parametrize(
    "calendar", [office(), Calendar.from_dict(PREMIER), Calendar.from_dict({"always": True})]
)
def test_an_amount_beyond_all_years_is_refused(calendar: Calendar) -> None:
    for seconds in (10**12, -(10**12), 10**30):
        with pytest.raises(OutOfReach, match="smaller amount"):
            calendar.add(utc("2026-03-02 10:00"), seconds)


@pytest.mark.parametrize("at", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_a_moment_beyond_all_years_is_refused(at: datetime) -> None:
    for ask in (office().is_open, office().next_open):
        with pytest.raises(OutOfReach, match="10 to 9990"):
            ask(at)


def test_a_calendar_of_single_dates_opens_on_them_only() -> None:
    dated = Calendar.from_dict({"tz": "Asia/Tokyo", "overrides": {"2026-05-04": [["22:00", "02:00"]]}})
    assert dated.next_open(utc("1990-01-01 00:00")) == utc("2026-05-04 13:00")
    assert dated.elapsed(utc("1990-01-01 00:00"), utc("2090-01-01 00:00")) == 4 * HOUR
    assert dated.add(utc("2090-01-01 00:00"), -4 * HOUR) == utc("2026-05-04 13:00")


@pytest.mark.parametrize("seconds", [4 * HOUR + 1, -1])
def test_a_calendar_of_single_dates_that_does_not_open_long_enough_says_so(seconds: int) -> None:
    dated = Calendar.from_dict({"tz": "Asia/Tokyo", "overrides": {"2026-05-04": [["22:00", "02:00"]]}})
    with pytest.raises(NeverOpens, match="more dates"):
        dated.add(utc("2026-01-01 00:00"), seconds)


def test_a_calendar_whose_dates_are_over_does_not_open_again() -> None:
    dated = Calendar.from_dict({"tz": "Asia/Tokyo", "overrides": {"2026-05-04": [["22:00", "02:00"]]}})
    with pytest.raises(NeverOpens, match="more dates"):
        dated.next_open(utc("2026-05-04 17:00"))


def test_a_calendar_whose_only_date_is_skipped_never_opens() -> None:
    apia = Calendar.from_dict({"tz": "Pacific/Apia", "overrides": {"2011-12-30": [["09:00", "17:00"]]}})
    with pytest.raises(NeverOpens, match="more dates"):
        apia.next_open(utc("2011-01-01 00:00"))


def test_what_is_kept_stays_bounded() -> None:
    calendar = office("Asia/Tokyo", holidays=["2025-02-11"])
    timeline = Timeline(calendar._rule)
    for year in range(100, 1400, 6):
        timeline.is_open(int(datetime(year, 1, 1, tzinfo=UTC).timestamp()))
    assert len(timeline.blocks) <= 64


def test_threads_share_one_calendar() -> None:
    calendar = office("America/Sao_Paulo", holidays=["2026-11-02"])
    starts = [utc("1995-01-01 12:00") + timedelta(days=77 * step) for step in range(400)]
    with ThreadPoolExecutor(8) as pool:
        rounds = list(pool.map(lambda _: calendar.add_many(starts, 90 * HOUR), range(8)))
    fresh = Timeline(calendar._rule)
    alone = [fresh.forward(int(start.timestamp()), 0, 90 * HOUR)[0] for start in starts]
    assert all([int(due.timestamp()) for due in found] == alone for found in rounds)

"""Every zone of the tz database, around the days on which its clocks change (S4)."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from contracts.domain.calendar import Calendar
from contracts.domain.calendar.rules import SETTLED_SECOND, UNSETTLED_SECOND
from contracts.domain.calendar.zones import find_zone, first_showing, offset_at, offset_stretches
from tests.contracts.domain.calendar_oracle import WEEKDAYS, SlowCalendar
from tests.contracts.domain.zone_changes import all_zones, offset_changes

DAY = 86_400
REGIONS = sorted({name.split("/")[0] for name in all_zones()})
ROUND_MIDNIGHT = [["22:10", "01:20"], ["01:40", "02:25"], ["02:35", "03:05"]]


def around_midnight(zone: str) -> dict[str, Any]:
    return {"tz": zone, "weekly": dict.fromkeys(WEEKDAYS, ROUND_MIDNIGHT)}


def some_changes(zone: str) -> list[int]:
    """Pick a zone's first change, one of its middle and its last, by epoch second."""
    seconds = [second for second, _, _ in offset_changes(zone)]
    return sorted({seconds[0], seconds[len(seconds) // 2], seconds[-1]}) if seconds else []


def test_there_are_zones_to_look_at() -> None:
    assert len(all_zones()) > 400


@pytest.mark.parametrize("region", REGIONS)
def test_every_zone_opens_by_its_wall_clock_through_its_changes(region: str) -> None:
    for zone in (name for name in all_zones() if name.split("/")[0] == region):
        calendar, oracle = Calendar.from_dict(around_midnight(zone)), SlowCalendar(around_midnight(zone))
        for change in some_changes(zone):
            for second in range(change - 3 * 3600, change + 3 * 3600, 97):
                at = datetime.fromtimestamp(second, UTC)
                assert calendar.is_open(at) is oracle.is_open(at), (zone, at)


@pytest.mark.parametrize("zone", ["Africa/Freetown", "America/Boa_Vista", "Asia/Gaza", "Africa/Casablanca"])
def test_changes_close_to_each_other_are_all_found(zone: str) -> None:
    known = [change for change in offset_changes(zone) if change[0] < 2_145_916_800]
    start, end = known[0][0] - 10 * DAY, known[-1][0] + 10 * DAY
    cut = offset_stretches(find_zone(zone), start, end)
    found = [(later[0], earlier[2], later[2]) for earlier, later in pairwise(cut)]
    assert found == known


def test_no_zone_changes_twice_within_two_looks() -> None:
    for zone in all_zones():
        seconds = [second for second, _, _ in offset_changes(zone)]
        assert all(later - earlier > 2 * DAY for earlier, later in pairwise(seconds)), zone


def test_every_zone_has_settled_when_its_years_are_taken_to_repeat() -> None:
    for zone in all_zones():
        assert all(UNSETTLED_SECOND < second < SETTLED_SECOND for second, _, _ in offset_changes(zone)), zone


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Gaza", "Australia/Lord_Howe", "Africa/Casablanca"])
def test_a_settled_zone_repeats_after_400_years(zone: str) -> None:
    turn = 146_097 * DAY
    place = find_zone(zone)
    for second in range(SETTLED_SECOND, SETTLED_SECOND + 800 * DAY, DAY // 4):
        assert offset_at(zone=place, second=second) == offset_at(zone=place, second=second + turn)


def test_a_skipped_time_shows_first_when_it_is_skipped() -> None:
    day = (datetime(2024, 3, 31, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).days
    found = first_showing(zone=find_zone("Europe/Berlin"), day=day, second=2 * 3600 + 1800)
    assert datetime.fromtimestamp(found, UTC) == datetime(2024, 3, 31, 1, tzinfo=UTC)


def test_a_repeated_time_shows_first_before_the_clock_goes_back() -> None:
    day = (datetime(2024, 10, 27, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).days
    found = first_showing(zone=find_zone("Europe/Berlin"), day=day, second=2 * 3600 + 1800)
    assert datetime.fromtimestamp(found, UTC) == datetime(2024, 10, 27, 0, 30, tzinfo=UTC)


def test_seconds_in_an_old_offset_are_kept() -> None:
    calendar = Calendar.from_dict({"tz": "Europe/Amsterdam", "weekly": {"mon": [["09:00", "17:00"]]}})
    opens = calendar.next_open(datetime(1830, 1, 4, tzinfo=UTC))
    offset = opens.astimezone(find_zone("Europe/Amsterdam")).utcoffset()
    assert offset is not None
    assert offset % timedelta(minutes=1)
    assert opens == datetime(1830, 1, 4, 9, tzinfo=UTC) - offset

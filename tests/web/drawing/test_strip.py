"""The strip: widths, marks and words."""

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from web.drawing.strip import Strip, strip_of
from web.drawing.works import works_of
from web.styleguide_samples import SampleStretch

ZONE = ZoneInfo("Europe/Amsterdam")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of October 2026 in Amsterdam."""
    return datetime(2026, 10, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def stretch(kind: str, start: datetime, end: datetime, reason: str = "") -> SampleStretch:
    """A stretch whose open time counts in full."""
    counted = int((end - start).total_seconds()) if kind == "open" else 0
    return SampleStretch(start=start, end=end, kind=kind, seconds=counted, reason=reason)


NIGHT = [
    stretch("open", at(12, 15), at(12, 17)),
    stretch("closed", at(12, 17), at(13, 9)),
    stretch("paused", at(13, 9), at(13, 10), "waiting for approval"),
    stretch("open", at(13, 10), at(13, 12)),
]


def drawn(stretches: list[SampleStretch], now: datetime) -> Strip:
    """The strip of a ticket that is due at noon on the 13th."""
    return strip_of(stretches, element_id="s", title="Why", now=now, due_at=at(13, 12), zone=ZONE)


def test_the_bars_fill_the_strip_without_gaps() -> None:
    bars = drawn(NIGHT, at(13, 11)).bars
    assert bars[-1].x + bars[-1].width == pytest.approx(100, abs=0.05)
    assert all(one.x + one.width == pytest.approx(other.x, abs=0.05) for one, other in pairwise(bars))


def test_a_night_takes_seven_percent_however_long_it_is() -> None:
    assert [bar.width for bar in drawn(NIGHT, at(13, 11)).bars if bar.css == "closed"] == [7.0]


def test_many_closed_periods_leave_half_of_the_strip_to_the_open_ones() -> None:
    days = [
        piece
        for day in range(1, 21)
        for piece in (
            stretch("open", at(day, 9), at(day, 17)),
            stretch("closed", at(day, 17), at(day + 1, 9)),
        )
    ]
    closed = [bar.width for bar in drawn(days, at(20, 12)).bars if bar.css == "closed"]
    assert sum(closed) == pytest.approx(50)


def test_what_lies_ahead_of_now_is_drawn_as_outline() -> None:
    strip = drawn(NIGHT, at(13, 11))
    assert [bar.css for bar in strip.bars] == ["open", "closed", "paused", "open", "ahead"]
    assert strip.now is not None
    assert strip.now.words == "now 11:00"


def test_now_after_the_end_is_not_marked() -> None:
    assert drawn(NIGHT, at(14, 9)).now is None


def test_pauses_are_hatched_and_named() -> None:
    strip = drawn(NIGHT, at(14, 9))
    assert strip.has_pauses
    assert "paused 1 h" in [label.words for label in strip.labels]


def test_days_are_named_under_their_first_bar() -> None:
    assert [label.words for label in drawn(NIGHT, at(13, 11)).labels if label.y == 58] == ["Mon", "Tue"]


def test_the_due_time_is_told_in_the_readers_zone() -> None:
    tokyo = strip_of(
        NIGHT, element_id="s", title="", now=at(13, 11), due_at=at(13, 12), zone=ZoneInfo("Asia/Tokyo")
    )
    assert tokyo.due is not None
    assert tokyo.due.words == "due 19:00"


def test_a_strip_without_due_time_marks_none() -> None:
    assert strip_of(NIGHT, element_id="s", title="", now=at(13, 11), due_at=None, zone=ZONE).due is None


def test_the_sentence_says_what_counted_what_did_not_and_what_is_left() -> None:
    words = drawn(NIGHT, at(13, 11)).words
    assert words.startswith("3 h of support time counted so far, 1 h not counted, 1 h left.")


def test_only_closed_time_is_drawn_without_dividing_by_nothing() -> None:
    assert [bar.css for bar in drawn([NIGHT[1]], at(14, 9)).bars] == ["closed"]


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawn([], at(13, 11)).bars == ()


def test_the_works_end_at_now_and_sum_to_what_is_used() -> None:
    rows = works_of(NIGHT, now=at(13, 11), zone=ZONE)
    assert [row.counted for row in rows] == ["2:00", "–", "–", "1:00"]
    assert rows[-1].used == "3:00"


def test_the_works_name_days_where_they_change() -> None:
    periods = [row.period for row in works_of(NIGHT, now=at(13, 11), zone=ZONE)]
    assert periods[:2] == ["Mon 15:00 – 17:00", "Mon 17:00 – Tue 09:00"]
    assert periods[-1] == "Tue 10:00 – now"


def test_the_works_tell_why_time_does_not_count() -> None:
    assert works_of(NIGHT, now=at(13, 11), zone=ZONE)[2].clock == "Paused, waiting for approval"


def test_works_of_more_than_a_week_carry_dates() -> None:
    long = [stretch("closed", at(1, 9), at(13, 9)), stretch("open", at(13, 9), at(13, 10))]
    assert works_of(long, now=at(14, 9), zone=ZONE)[0].period == "Thu 1 Oct 09:00 – Tue 13 Oct 09:00"


def test_half_minutes_of_the_works_are_carried_on() -> None:
    halves = [
        stretch("open", at(13, 9), at(13, 9).replace(second=30)),
        stretch("open", at(13, 9).replace(second=30), at(13, 9, 1)),
    ]
    assert [row.counted for row in works_of(halves, now=at(13, 12), zone=ZONE)] == ["0:00", "0:01"]

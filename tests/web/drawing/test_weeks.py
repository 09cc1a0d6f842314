"""A week of shifts, drawn and told (E6)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from web.drawing.weeks import Row, Week, week_of

BRUSSELS = ZoneInfo("Europe/Brussels")


def at(day: int, hour: int, *, month: int = 3) -> datetime:
    """A moment of 2026 in Brussels."""
    return datetime(2026, month, day, hour, tzinfo=BRUSSELS)


def drawn(*rows: Row, start: datetime, now: datetime) -> Week:
    """The week from that midnight."""
    return week_of(rows, element_id="w", start=start, end=start + timedelta(days=7), now=now)


def test_a_shift_takes_its_share_of_the_week_and_shows_whether_it_is_on() -> None:
    row = Row(name="Brussels", spans=[(at(2, 0), at(3, 0))])
    week = drawn(row, start=at(2, 0), now=at(2, 12))
    (piece,) = week.pieces
    assert (piece.x, piece.width, piece.css) == (0.0, 14.286, "s1")
    assert week.now == 7.143
    assert week.title == "Mon 2 Mar to Sun 8 Mar"


def test_a_gap_is_drawn_apart_from_work() -> None:
    week = drawn(Row(name="Nobody", spans=[(at(2, 0), at(2, 8))], is_gap=True), start=at(2, 0), now=at(20, 0))
    assert [piece.css for piece in week.pieces] == ["gap"]
    assert week.now is None


def test_the_table_tells_each_day_what_is_worked_in_it() -> None:
    row = Row(name="Sydney", spans=[(at(2, 23), at(3, 9))])
    week = drawn(row, start=at(2, 0), now=at(2, 12))
    assert week.rows == (("Sydney", "23:00–24:00", "00:00–09:00", "–", "–", "–", "–", "–"),)
    assert week.heads[:2] == ("Team", "Mon 2 Mar")


def test_a_week_with_a_day_of_23_hours_is_filled_to_its_end() -> None:
    row = Row(name="Brussels", spans=[(at(23, 0), at(30, 0))])
    week = drawn(row, start=at(23, 0), now=at(23, 1))
    (piece,) = week.pieces
    assert (piece.x, piece.width) == (0.0, 100.0)
    assert len(week.days) == 7

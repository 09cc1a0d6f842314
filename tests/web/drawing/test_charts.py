"""Charts and meters: where points lie, and that edges do not break them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from web.drawing.bars import bars_of
from web.drawing.burn_down import BurnDown, burn_down
from web.drawing.line_chart import line_chart
from web.drawing.meter import meter_of
from web.drawing.shifts import Shift, Shifts, shifts_of
from web.drawing.spark import spark_of

MIDNIGHT = datetime(2026, 10, 13, tzinfo=UTC)
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("used", "passed", "tone"),
    [(10, None, ""), (56, 42, ""), (57, 42, "warn"), (89, 80, ""), (90, 100, "over"), (130, None, "over")],
)
def test_a_meter_warns_by_the_calendar_and_by_its_end(used: int, passed: float | None, tone: str) -> None:
    assert meter_of(used=used, granted=100, passed_percent=passed).tone == tone


def test_a_meter_never_leaves_its_track() -> None:
    assert meter_of(used=300, granted=100, passed_percent=120).percent == 100
    assert meter_of(used=300, granted=100, passed_percent=120).mark == 100


def test_hours_used_of_none_granted_are_all_of_them() -> None:
    assert meter_of(used=15, granted=0).percent == 100
    assert meter_of(used=0, granted=0).percent == 0


def test_a_meter_says_what_it_shows() -> None:
    assert meter_of(used=60, granted=100, passed_percent=42).words == (
        "60 percent used, 42 percent of the period over"
    )


def test_a_spark_line_spans_its_box_from_84_to_100() -> None:
    spark = spark_of([84, 100], name="Halden")
    assert spark.path == "M0 25 L96 3"
    assert spark.words == "Halden, 84 to 100 percent"


def test_a_week_without_a_figure_leaves_a_gap() -> None:
    assert spark_of([90, None, 95, 96], name="Halden").path.count("M") == 2


def test_a_spark_line_of_nothing_has_no_dot() -> None:
    empty = spark_of([None], name="Halden")
    assert (empty.path, empty.last, empty.words) == ("", None, "Halden, no figures")


def test_months_below_the_goal_are_marked() -> None:
    chart = line_chart([("Apr", 85.0), ("May", 95.0), ("Jun", None)], element_id="c", name="Updates")
    assert [point.is_below for point in chart.points] == [True, False, False]
    assert chart.words == "Updates: Apr 85.0 %, May 95.0 %, Jun no figure. Goal 95 %."


def test_a_month_without_a_figure_has_no_dot_and_no_line() -> None:
    chart = line_chart([("Apr", 90.0), ("May", None)], element_id="c", name="Updates")
    assert chart.points[1].y is None
    assert "L" not in chart.path


def test_figures_below_the_axis_lie_on_it() -> None:
    assert line_chart([("Apr", 10.0)], element_id="c", name="Updates").points[0].y == 100


def test_the_number_of_a_valley_stands_below_its_point() -> None:
    points = line_chart([("A", 100.0), ("B", 90.0), ("C", 100.0)], element_id="c", name="U").points
    assert points[1].y is not None
    assert points[1].text_y > points[1].y


def test_the_largest_bar_fills_the_width() -> None:
    chart = bars_of([("A", 10, "10"), ("B", 5, "5")], element_id="b", title="Hours")
    assert [bar.width for bar in chart.bars] == [100, 50]
    assert chart.words == "Hours: A 10, B 5."


def test_bars_of_nothing_have_no_width() -> None:
    assert [bar.width for bar in bars_of([("A", 0, "0:00")], element_id="b", title="Hours").bars] == [0]


def burnt(left: list[int], *, granted: int = 2400, empty_on: date | None = None) -> BurnDown:
    """The first days of October."""
    days = [(OCTOBER[0] + timedelta(days=offset), minutes) for offset, minutes in enumerate(left)]
    return burn_down(
        element_id="b",
        title="Hours",
        first=OCTOBER[0],
        last=OCTOBER[1],
        granted=granted,
        left_by_day=days,
        empty_on=empty_on,
    )


def test_a_burn_down_begins_with_all_hours() -> None:
    assert burnt([2400, 1200]).line == "M0 22 L3.23 22 L6.45 140"


def test_the_forecast_ends_on_the_day_it_names() -> None:
    chart = burnt([1200], empty_on=date(2026, 10, 21))
    assert chart.empty is not None
    assert (chart.empty.words, chart.empty.x) == ("empty Wed 21", 67.74)
    assert chart.ahead.endswith("L67.74 258")


def test_a_forecast_after_the_month_is_not_drawn() -> None:
    chart = burnt([2300], empty_on=date(2026, 11, 20))
    assert (chart.empty, chart.ahead) == (None, "")


def test_nothing_left_needs_no_forecast() -> None:
    assert burnt([0], empty_on=date(2026, 10, 1)).empty is None


def test_a_month_without_entries_is_drawn_too() -> None:
    assert burnt([]).left.words == "40:00 left"


def test_a_month_without_hours_is_drawn_flat() -> None:
    assert burnt([0], granted=0).line == "M0 22 L3.23 258"


def on_duty(*shifts: Shift, now: datetime = MIDNIGHT + timedelta(hours=9)) -> Shifts:
    """A day in UTC."""
    return shifts_of(shifts, element_id="s", title="Who is on", words="", midnight=MIDNIGHT, now=now)


def shift(region: str, start: int, end: int) -> Shift:
    """Hours counted from midnight; they may leave the day."""
    return Shift(region=region, spans=((MIDNIGHT + timedelta(hours=start), MIDNIGHT + timedelta(hours=end)),))


def test_overlaps_of_two_regions_are_marked() -> None:
    laps = on_duty(shift("Lyon", 6, 12), shift("Denver", 9, 18)).laps
    assert [(lap.x, lap.width) for lap in laps] == [(37.5, 12.5)]


def test_a_region_on_duty_is_drawn_as_on() -> None:
    bars = on_duty(shift("Lyon", 6, 12), shift("Denver", 12, 18)).bars
    assert [bar.css for bar in bars] == ["s1", "s2"]


def test_what_leaves_the_day_is_cut_off() -> None:
    bars = on_duty(shift("Sydney", -3, 6), shift("Denver", 30, 36)).bars
    assert [(bar.x, bar.width, bar.label) for bar in bars] == [(0, 25, "Sydney")]


def test_a_region_is_named_on_its_widest_bar() -> None:
    spans = (*shift("", -9, 1).spans, *shift("", 16, 24).spans)
    bars = on_duty(Shift(region="Denver", spans=spans)).bars
    assert [bar.label for bar in bars] == ["", "Denver"]


def test_a_bar_too_narrow_for_its_name_has_it_beside() -> None:
    early, late = on_duty(shift("Apia", 1, 3)), on_duty(shift("Apia", 22, 24))
    assert [(bar.beside, bar.text_x) for bar in (*early.bars, *late.bars)] == [
        ("right", 12.5),
        ("left", 91.67),
    ]

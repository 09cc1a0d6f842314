"""S15: a clock explains itself, and its counted seconds sum exactly to the target."""

from tests.slo.domain.stories import HOUR, at, clock, counted, fact, opened, terms


def test_nights_and_holidays_are_shown_and_not_counted() -> None:
    one = clock(terms(), opened("2026-03-03 16:00"), until="2026-03-03 16:00")
    parts = [(part.kind, part.seconds) for part in one.segments(until=at("2026-03-03 16:00"))]
    assert parts == [
        ("open", HOUR),
        ("closed", 0),
        ("holiday", 0),
        ("closed", 0),
        ("open", 3 * HOUR),
    ]


def test_a_holiday_is_called_by_its_name() -> None:
    one = clock(terms(), opened("2026-03-03 16:00"), until="2026-03-03 16:00")
    names = [part.reason for part in one.segments(until=at("2026-03-03 16:00")) if part.kind == "holiday"]
    assert names == ["Founders' day"]


def test_segments_follow_one_another_without_a_gap() -> None:
    one = clock(terms(), opened("2026-03-03 16:00"), until="2026-03-03 16:00")
    parts = one.segments(until=at("2026-03-03 16:00"))
    assert [part.end for part in parts[:-1]] == [part.start for part in parts[1:]]
    assert (parts[0].start, parts[-1].end) == (one.started_at, one.due_at)


def test_a_met_clock_sums_to_what_had_elapsed() -> None:
    one = clock(terms(), opened("2026-03-02 16:00"), fact("public_staff_message", "2026-03-03 09:30"))
    assert counted(one) == HOUR + HOUR // 2
    assert one.elapsed_seconds(until=at("2026-03-20 12:00")) == HOUR + HOUR // 2


def test_a_missed_clock_sums_to_its_target() -> None:
    assert counted(clock(terms(), opened("2026-03-02 16:00"))) == 4 * HOUR


def test_a_running_clock_knows_what_is_used() -> None:
    one = clock(terms(), opened(), until="2026-03-02 10:15")
    assert one.elapsed_seconds(until=at("2026-03-02 10:15")) == HOUR + HOUR // 4


def test_a_ticket_opened_when_closed_has_used_nothing_yet() -> None:
    one = clock(terms(), opened("2026-03-01 12:00"), until="2026-03-01 18:00")
    assert one.elapsed_seconds(until=at("2026-03-01 18:00")) == 0


def test_an_exempt_clock_is_one_exempt_stretch() -> None:
    one = clock(terms(), opened(exempt_reason="Alternate channel"))
    (part,) = one.segments(until=at("2026-03-03 09:00"))
    assert (part.kind, part.seconds, part.reason) == ("exempt", 0, "Alternate channel")
    assert part.length_seconds == 24 * HOUR

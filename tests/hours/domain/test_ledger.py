"""The order of drawing, held against a slow ledger that takes one minute at a time (H3, H5)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hours.domain.ledger import BucketKind, BucketState, available, draw, fitting, usable_for
from tests.factories import MONDAY


def bucket(number: int, kind: str, remaining: int, *, days: int = 0, **facts: object) -> BucketState:
    """A bucket that opened so many days after Monday."""
    opened_at = MONDAY + timedelta(days=days)
    return BucketState(
        id=number,
        kind=BucketKind(kind),
        remaining=remaining,
        opened_at=opened_at,
        **facts,  # type: ignore[arg-type]
    )


def taken(buckets: list[BucketState], minutes: int, category: str = "") -> list[tuple[int, int]]:
    """Bucket and minutes of each draw."""
    return [(one.bucket_id, one.minutes) for one in draw(buckets, minutes, category)]


ALL = [
    bucket(1, "overage", 60),
    bucket(2, "pack", 60, days=2),
    bucket(3, "pack", 60, days=1),
    bucket(4, "reserved", 60),
    bucket(5, "category", 60, category="upgrade"),
]


def test_the_category_comes_first_then_reserved_packs_oldest_first_and_overage() -> None:
    assert [number for number, _ in taken(ALL, 300, "upgrade")] == [5, 4, 3, 2, 1]


def test_a_bucket_of_another_category_is_left_alone() -> None:
    assert [number for number, _ in taken(ALL, 240)] == [4, 3, 2, 1]
    assert taken(ALL, 241) == []


def test_one_entry_may_split_over_several_buckets() -> None:
    assert taken(ALL, 90) == [(4, 60), (3, 30)]


def test_what_does_not_fit_whole_is_not_drawn_at_all() -> None:
    assert taken([bucket(1, "reserved", 59)], 60) == []


def test_less_than_a_minute_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="one minute"):
        draw(ALL, 0)


def test_expired_minutes_are_given_back_only_for_work_of_their_period() -> None:
    march = bucket(
        1,
        "reserved",
        0,
        returnable=60,
        expires_at=MONDAY + timedelta(days=30),
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 4, 1),
    )
    later = MONDAY + timedelta(days=31)
    assert usable_for([march], worked_on=date(2026, 4, 1), at=later) == []
    (late,) = usable_for([march], worked_on=date(2026, 3, 31), at=later)
    assert draw([late], 45)[0].returned == 45
    assert available([march], at=later) == 0


def test_held_entries_draw_oldest_first_and_a_large_one_does_not_block() -> None:
    waiting = [(1, 45, ""), (2, 60, ""), (3, 15, "")]
    drawn = fitting([bucket(1, "overage", 60)], waiting)
    assert [entry for entry, _ in drawn] == [1, 3]


kinds = st.sampled_from(["category", "reserved", "pack", "overage"])
purses = st.lists(st.tuples(kinds, st.integers(0, 90), st.integers(0, 5), st.sampled_from(["", "a", "b"])))


@given(purses, st.integers(1, 400), st.sampled_from(["", "a", "b"]))
def test_drawing_is_what_a_slow_ledger_does(
    purse: list[tuple[str, int, int, str]], minutes: int, category: str
) -> None:
    buckets = [
        bucket(number, kind, left, days=days, category=of if kind == "category" else "")
        for number, (kind, left, days, of) in enumerate(purse)
    ]
    assert dict(taken(buckets, minutes, category)) == slowly(buckets, minutes, category)


def slowly(buckets: list[BucketState], minutes: int, category: str) -> dict[int, int]:
    """Take one minute after the other from the first bucket that has one; all or nothing."""
    left = {one.id: one.remaining for one in buckets}
    took: dict[int, int] = {}
    for _ in range(minutes):
        best: BucketState | None = None
        for one in buckets:
            usable = left[one.id] > 0 and (one.kind != "category" or one.category == category)
            if usable and (best is None or _precedes(one, best)):
                best = one
        if best is None:
            return {}
        left[best.id] -= 1
        took[best.id] = took.get(best.id, 0) + 1
    return took


def _precedes(one: BucketState, other: BucketState) -> bool:
    order = ["category", "reserved", "pack", "overage"]
    if one.kind != other.kind:
        return order.index(one.kind) < order.index(other.kind)
    return (one.opened_at, one.id) < (other.opened_at, other.id)

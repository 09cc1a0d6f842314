"""From which buckets an amount of work is drawn (H3), and what is left in them.

An amount is drawn whole or not at all: what does not fit is held (H5). Nothing here goes below zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class BucketKind(StrEnum):
    """What a bucket is made of; the order of the members is the order of drawing (H3)."""

    CATEGORY = "category"
    RESERVED = "reserved"
    PACK = "pack"
    OVERAGE = "overage"


DRAW_ORDER = tuple(BucketKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketState:
    """A bucket as it stands: what is in it, since when it lives, and for which days and category it is.

    `returnable` minutes expired when the bucket's period ended: only work done within that period may still
    use them (H4). `starts_on` and `ends_on` are the days of that period, the end not included.
    """

    id: int
    kind: BucketKind
    remaining: int
    opened_at: datetime
    category: str = ""
    expires_at: datetime | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    returnable: int = 0

    def is_open(self, at: datetime) -> bool:
        """Whether the bucket lives at that moment."""
        return self.opened_at <= at and (self.expires_at is None or at < self.expires_at)

    def covers(self, on: date) -> bool:
        """Whether that day lies in the period for which the bucket was granted."""
        return self.starts_on is not None and self.starts_on <= on and (not self.ends_on or on < self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """Minutes taken from one bucket; `returned` of them had expired and are given back first."""

    bucket_id: int
    minutes: int
    returned: int = 0


def draw(buckets: Iterable[BucketState], minutes: int, category: str = "") -> list[Draw]:
    """Split the minutes over the buckets in the order of H3; an empty list means: held, nothing is drawn.

    The bucket reserved for the category comes first, then reserved hours, packs, overage; within a kind the
    oldest first. The caller has left out buckets that do not live. Raises `ValueError` below one minute.
    """
    if minutes < 1:
        raise ValueError("an entry draws one minute at least")
    draws: list[Draw] = []
    missing = minutes
    for bucket in in_order(buckets, category):
        taken = min(missing, bucket.remaining + bucket.returnable)
        if taken > 0:
            draws.append(Draw(bucket_id=bucket.id, minutes=taken, returned=max(0, taken - bucket.remaining)))
            missing -= taken
        if missing == 0:
            return draws
    return []


def in_order(buckets: Iterable[BucketState], category: str = "") -> list[BucketState]:
    """The buckets that work of the category may use, in the order of drawing (H3)."""
    usable = [one for one in buckets if one.kind is not BucketKind.CATEGORY or one.category == category]
    return sorted(usable, key=lambda one: (DRAW_ORDER.index(one.kind), one.opened_at, one.id))


def usable_for(buckets: Iterable[BucketState], *, worked_on: date, at: datetime) -> list[BucketState]:
    """The buckets open at the moment, and the ended ones whose period holds the day of the work (H4).

    Work done before a period's end used that period's hours, even when it is written down a day later; so
    what expired of them may be given back for it, and for nothing else.
    """
    usable = []
    for bucket in buckets:
        if bucket.is_open(at):
            usable.append(_without_returnable(bucket))
        elif bucket.covers(worked_on) and bucket.opened_at <= at:
            usable.append(bucket)
    return usable


def available(buckets: Iterable[BucketState], *, at: datetime, category: str = "") -> int:
    """Minutes that work of the category can draw at that moment."""
    return sum(one.remaining for one in in_order(buckets, category) if one.is_open(at))


def fitting(
    buckets: Sequence[BucketState], waiting: Iterable[tuple[int, int, str]]
) -> list[tuple[int, list[Draw]]]:
    """Which held entries can be drawn now, oldest first, each whole (H5).

    `waiting` holds (entry id, minutes, category) by age; one that does not fit stays held and the next is
    tried, so that approved minutes are not left idle.
    """
    left = {bucket.id: bucket for bucket in buckets}
    drawn = []
    for entry_id, minutes, category in waiting:
        draws = draw(left.values(), minutes, category)
        if draws:
            drawn.append((entry_id, draws))
            for one in draws:
                left[one.bucket_id] = _less(left[one.bucket_id], one)
    return drawn


def _less(bucket: BucketState, taken: Draw) -> BucketState:
    from_remaining = taken.minutes - taken.returned
    return _copy(bucket, bucket.remaining - from_remaining, bucket.returnable - taken.returned)


def _without_returnable(bucket: BucketState) -> BucketState:
    return bucket if not bucket.returnable else _copy(bucket, bucket.remaining, 0)


def _copy(bucket: BucketState, remaining: int, returnable: int) -> BucketState:
    return BucketState(
        id=bucket.id,
        kind=bucket.kind,
        remaining=remaining,
        opened_at=bucket.opened_at,
        category=bucket.category,
        expires_at=bucket.expires_at,
        starts_on=bucket.starts_on,
        ends_on=bucket.ends_on,
        returnable=returnable,
    )

"""The stretches of a clock as the drawings take them, cut where "now" falls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Stretch(Protocol):
    """Time of one kind (open, closed, holiday, paused, exempt) with its counted seconds and its cause."""

    @property
    def start(self) -> datetime:
        """Where it begins."""

    @property
    def end(self) -> datetime:
        """Where it ends."""

    @property
    def kind(self) -> str:
        """What kind of time it is."""

    @property
    def seconds(self) -> int:
        """How much of it counts."""

    @property
    def reason(self) -> str:
        """Why it is of that kind, or an empty text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch, or the part of one on one side of now."""

    start: datetime
    end: datetime
    kind: str
    seconds: int
    reason: str
    is_ahead: bool

    @property
    def length_seconds(self) -> float:
        """How long it is by the wall clock."""
        return (self.end - self.start).total_seconds()


def pieces_of(stretches: Iterable[Stretch], *, now: datetime) -> Iterator[Piece]:
    """The stretches in their order; the one in which now falls comes as two that share its seconds."""
    for stretch in stretches:
        if not stretch.start < now < stretch.end:
            yield _piece(stretch, stretch.start, stretch.end, stretch.seconds, is_ahead=stretch.start >= now)
            continue
        passed = min(stretch.seconds, int((now - stretch.start).total_seconds()))
        yield _piece(stretch, stretch.start, now, passed, is_ahead=False)
        yield _piece(stretch, now, stretch.end, stretch.seconds - passed, is_ahead=True)


def _piece(stretch: Stretch, start: datetime, end: datetime, seconds: int, *, is_ahead: bool) -> Piece:
    return Piece(
        start=start, end=end, kind=stretch.kind, seconds=seconds, reason=stretch.reason, is_ahead=is_ahead
    )

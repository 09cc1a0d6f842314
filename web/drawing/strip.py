"""One clock from its start to its due time as a strip of bars: "why is it due then?".

Widths are percents of the open and paused time. Closed periods have a fixed small width, or nights would
swallow the strip. Bars differ by height and pattern, so that the strip reads without colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from web.drawing.stretches import Piece, Stretch, pieces_of
from web.wording.times import duration, duration_short, short_moment

_CLOSED_WIDTH = 7.0
_CLOSED_AT_MOST = 50.0
_THIN = {"closed", "holiday"}
_LABEL_FROM, _DAY_FROM, _NOW_NEEDS = 10.0, 6.0, 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A stretch drawn: x and width in percent, y and height in pixels."""

    css: str
    x: float
    width: float
    y: int
    height: int
    is_hatched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words at a place of the strip; `shift` moves them off a line, in pixels."""

    x: float
    words: str
    y: int = 0
    anchor: str = "middle"
    css: str = ""
    shift: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """Everything the template draws; `words` say the same in a sentence."""

    id: str
    title: str
    words: str
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    now: Label | None
    due: Label | None

    @property
    def has_pauses(self) -> bool:
        """Whether a hatched bar is to be explained."""
        return any(bar.is_hatched for bar in self.bars)


def strip_of(
    stretches: Iterable[Stretch],
    *,
    element_id: str,
    title: str,
    now: datetime,
    due_at: datetime | None,
    zone: ZoneInfo,
) -> Strip:
    """Lay the stretches of a clock on a strip; moments are told in the reader's zone.

    Without a due time (paused, exempt) none is drawn. `now` is marked where it lies inside the strip.
    """
    pieces = list(pieces_of(stretches, now=now))
    bars = _bars(pieces)
    now_label = _now_label(pieces, bars, now=now, zone=zone)
    labels = (*_day_labels(pieces, bars, zone=zone), *_length_labels(pieces, bars, now_label))
    due = None
    if due_at is not None:
        due = Label(x=100.0, words=f"due {short_moment(due_at, zone=zone, now=now)}", anchor="end")
    return Strip(
        id=element_id, title=title, words=_sentence(pieces), bars=bars, labels=labels, now=now_label, due=due
    )


def _bars(pieces: Sequence[Piece]) -> tuple[Bar, ...]:
    thin = sum(piece.kind in _THIN for piece in pieces)
    thin_width = min(_CLOSED_WIDTH, _CLOSED_AT_MOST / thin) if thin else 0.0
    whole = sum(piece.length_seconds for piece in pieces if piece.kind not in _THIN)
    room = 100.0 - thin * thin_width
    bars, x = [], 0.0
    for piece in pieces:
        is_thin = piece.kind in _THIN
        width = thin_width if is_thin else room * piece.length_seconds / whole if whole else 0.0
        bars.append(
            Bar(
                css=_css(piece),
                x=round(x, 2),
                width=round(width, 2),
                y=30 if is_thin else 22,
                height=4 if is_thin else 20,
                is_hatched=piece.kind in ("paused", "exempt"),
            )
        )
        x += width
    return tuple(bars)


def _css(piece: Piece) -> str:
    if piece.kind in _THIN:
        return "closed"
    if piece.kind in ("paused", "exempt"):
        return "paused"
    return "ahead" if piece.is_ahead else "open"


def _now_label(
    pieces: Sequence[Piece], bars: Sequence[Bar], *, now: datetime, zone: ZoneInfo
) -> Label | None:
    for piece, bar in zip(pieces, bars, strict=True):
        if piece.is_ahead:
            near_start = bar.x < _NOW_NEEDS
            words = f"now {now.astimezone(zone):%H:%M}"
            return Label(
                x=bar.x, words=words, anchor="start" if near_start else "end", shift=6 if near_start else -6
            )
    return None


def _day_labels(pieces: Sequence[Piece], bars: Sequence[Bar], *, zone: ZoneInfo) -> list[Label]:
    """The name of each day under its first bar, where there is room for it."""
    labels: list[Label] = []
    told = None
    for piece, bar in zip(pieces, bars, strict=True):
        day = piece.start.astimezone(zone).date()
        has_room = not labels or bar.x - labels[-1].x >= _DAY_FROM
        if piece.kind in _THIN or day == told or not has_room:
            continue
        told = day
        labels.append(Label(x=bar.x, y=58, words=f"{day:%a}", anchor="start"))
    return labels


def _length_labels(pieces: Sequence[Piece], bars: Sequence[Bar], now: Label | None) -> list[Label]:
    """How long the wide bars are, above them, unless "now" needs the place."""
    labels = []
    for piece, bar in zip(pieces, bars, strict=True):
        middle = round(bar.x + bar.width / 2, 2)
        hides_now = now is not None and abs(middle - now.x) < _NOW_NEEDS
        if piece.kind in _THIN or piece.is_ahead or bar.width < _LABEL_FROM or hides_now:
            continue
        length = duration_short(int(piece.length_seconds))
        if bar.is_hatched:
            verb = "paused" if piece.kind == "paused" else "not counted"
            labels.append(Label(x=middle, y=14, words=f"{verb} {length}"))
        else:
            labels.append(Label(x=middle, y=14, words=length, css="cd-wide"))
    return labels


def _sentence(pieces: Sequence[Piece]) -> str:
    counted = sum(piece.seconds for piece in pieces if not piece.is_ahead)
    ahead = sum(piece.seconds for piece in pieces if piece.is_ahead)
    stopped = int(sum(p.length_seconds for p in pieces if p.kind in ("paused", "exempt") and not p.is_ahead))
    words = f"{duration(counted)} of support time counted so far"
    if stopped:
        words += f", {duration(stopped)} not counted"
    if ahead:
        words += f", {duration(ahead)} left"
    return f"{words}. Closed hours are drawn short."

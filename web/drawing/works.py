"""How the time of a clock was counted, row by row, for the table below the strip."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from web.drawing.stretches import Piece, Stretch, pieces_of
from web.wording.amounts import hmm

_KINDS = {
    "open": "Open",
    "closed": "Closed",
    "holiday": "Holiday",
    "paused": "Paused",
    "exempt": "Not counted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One row: from when to when, what the clock did, minutes counted in it and up to its end."""

    period: str
    clock: str
    counted: str
    used: str
    is_counted: bool


def works_of(stretches: Iterable[Stretch], *, now: datetime, zone: ZoneInfo) -> tuple[WorkRow, ...]:
    """The stretches up to now; the whole minutes of the rows sum to those of the last row."""
    pieces = [piece for piece in pieces_of(stretches, now=now) if not piece.is_ahead]
    dated = bool(pieces) and (pieces[-1].end - pieces[0].start).days >= 6
    rows = []
    used = 0
    for piece in pieces:
        before = used // 60
        used += piece.seconds
        counted = used // 60 - before
        rows.append(
            WorkRow(
                period=_period(piece, now=now, zone=zone, dated=dated),
                clock=f"{_KINDS[piece.kind]}, {piece.reason}" if piece.reason else _KINDS[piece.kind],
                counted=hmm(counted) if piece.kind == "open" else "–",
                used=hmm(used // 60),
                is_counted=piece.kind == "open",
            )
        )
    return tuple(rows)


def _period(piece: Piece, *, now: datetime, zone: ZoneInfo, dated: bool) -> str:
    start, end = piece.start.astimezone(zone), piece.end.astimezone(zone)
    begins = f"{_day(start, dated=dated)} {start:%H:%M}"
    if piece.end == now:
        return f"{begins} – now"
    if start.date() == end.date():
        return f"{begins} – {end:%H:%M}"
    return f"{begins} – {_day(end, dated=dated)} {end:%H:%M}"


def _day(local: datetime, *, dated: bool) -> str:
    return f"{local:%a} {local.day} {local:%b}" if dated else f"{local:%a}"

"""Why a clock was due when it was, drawn for paper: a strip of its stretches, and a line for each (S15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from fpdf import FPDF

from slo.domain.segments import Segment

#: Shades of grey that differ in print too, darkest for what counts.
_SHADES = {"open": 70, "closed": 235, "holiday": 215, "paused": 175, "exempt": 195}
_WORDS = {
    "open": "open",
    "closed": "closed",
    "holiday": "holiday",
    "paused": "paused",
    "exempt": "not counted",
}
_HEIGHT = _LINE = 4
_MOST_LINES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedClock:
    """A clock as the printed report explains it, in the zone in which its contract's dates are told."""

    title: str
    state: str
    due_at: datetime | None
    zone: ZoneInfo
    segments: Sequence[Segment]

    @property
    def head(self) -> str:
        """The first line: which clock it is, when it was due, and how it ended."""
        due = f", due {self._at(self.due_at)} {self._zone_name(self.due_at)}" if self.due_at else ""
        return f"{self.title}{due}: {self.state}"

    @property
    def lines(self) -> list[str]:
        """The stretches in words with what each counted, and what they sum to."""
        shown = [self._line(part) for part in self.segments[:_MOST_LINES]]
        left = len(self.segments) - len(shown)
        more = [f"and {left} more stretches"] if left else []
        counted = sum(part.seconds for part in self.segments)
        return [*shown, *more, f"Counted together: {clock_text(counted)}"]

    def _line(self, part: Segment) -> str:
        cause = f" ({part.reason})" if part.reason else ""
        counted = f", counted {clock_text(part.seconds)}" if part.seconds else ""
        return f"{self._at(part.start)} to {self._at(part.end)}: {_WORDS[part.kind]}{cause}{counted}"

    def _at(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.zone):%a %d %b %Y, %H:%M}"

    def _zone_name(self, moment: datetime) -> str:
        return moment.astimezone(self.zone).tzname() or ""


def clock_text(seconds: int) -> str:
    """Seconds of open time as hours, minutes and seconds, so that rows visibly sum to the target."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def draw_clock(page: FPDF, clock: PrintedClock) -> None:
    """Draw one clock, on a new page where this one has no room for all of it."""
    if page.will_page_break(_LINE * (len(clock.lines) + 3)):
        page.add_page()
    page.multi_cell(0, text=clock.head, new_x="LMARGIN", new_y="NEXT")
    _draw_strip(page, clock.segments)
    for line in clock.lines:
        page.multi_cell(0, h=_LINE, text=line, new_x="LMARGIN", new_y="NEXT")
    page.ln(3)


def _draw_strip(page: FPDF, segments: Sequence[Segment]) -> None:
    total = sum(part.length_seconds for part in segments)
    if not total:
        return
    left, top = page.l_margin, page.get_y() + 1
    for part in segments:
        width = page.epw * part.length_seconds / total
        page.set_fill_color(_SHADES[part.kind])
        page.rect(left, top, width, _HEIGHT, style="DF")
        left += width
    page.set_y(top + _HEIGHT + 1)

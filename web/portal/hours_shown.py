"""What the portal shows of a month of a contract's hours: its lines, and what was asked about each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from hours.domain.statement import Line, StatementBody
from hours.models import Movement, Question
from web.hours_outlook import day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One movement or entry of a statement as a page shows it; `may_ask` offers to question it."""

    on: str
    what: str
    line: Line
    question: Question | None = None
    may_ask: bool = False

    @property
    def ticket(self) -> str:
        """The ticket's number, or an empty text."""
        return self.line.ticket


def lines_of(
    body: StatementBody, *, zone: ZoneInfo, questions: Mapping[int, Question], may_ask: bool
) -> list[LineView]:
    """The movements of a statement, the latest first, with what was asked about each."""
    return [_line(one, zone, questions, may_ask) for one in reversed(body.lines)]


def aside_of(
    body: StatementBody, *, zone: ZoneInfo, questions: Mapping[int, Question], may_ask: bool
) -> list[LineView]:
    """What was logged without drawing."""
    return [_line(one, zone, questions, may_ask) for one in body.aside]


def latest_questions(questions: Sequence[Question]) -> dict[int, Question]:
    """The latest question about each entry; they come newest first."""
    return {one.time_entry_id: one for one in reversed(questions)}


def _line(line: Line, zone: ZoneInfo, questions: Mapping[int, Question], may_ask: bool) -> LineView:
    booked = datetime.fromisoformat(line.at).astimezone(zone).date()
    on = date.fromisoformat(line.worked_on) if line.worked_on else booked
    asked = questions.get(line.entry_id or 0)
    can_ask = may_ask and line.entry_id is not None and (asked is None or asked.state != "open")
    return LineView(on=day_words(on), what=_what(line), line=line, question=asked, may_ask=can_ask)


def _what(line: Line) -> str:
    if line.kind == Movement.DRAW or line.kind not in Movement.values:
        return line.note
    label, about = str(Movement(line.kind).label), line.note or line.bucket
    return about if about.startswith(label) else f"{label}: {about}"

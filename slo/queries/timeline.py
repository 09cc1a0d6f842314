"""A ticket's events read as the facts that its clocks are folded from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from contracts.models import MaintenanceWindow
from events.models import Record
from slo.domain.timeline import Fact, FactKind, Settled, Window

_MESSAGES = (FactKind.PUBLIC_STAFF_MESSAGE, FactKind.RESOLUTION_SUMMARY)
_TRANSFER = "ticket.transferred"
#: Messages that are no answer: the ticket's own description, and what the desk sends by itself (S6).
_NO_ANSWER = ("description", "automatic")


class Line(NamedTuple):
    """What the fold needs of one record."""

    kind: str
    at: datetime
    data: Mapping[str, Any]


@dataclass(slots=True)
class Story:
    """One ticket's facts in order, and what was recorded of its clocks once and for all."""

    facts: list[Fact]
    settled: dict[tuple[str, int], Settled]
    digests: dict[tuple[str, int], str]


def stories_of(ticket_ids: Collection[int], *, records: Iterable[Record] | None = None) -> dict[int, Story]:
    """The stories of several tickets, in one statement; none where the caller has read their history."""
    kinds = (*_READ, *_VERDICTS)
    lines = _lines_of(ticket_ids, kinds=kinds) if records is None else _told(ticket_ids, records)
    return {ticket_id: story_of(told) for ticket_id, told in lines.items()}


def unsettled_stories_of(ticket_ids: Collection[int]) -> dict[int, Story]:
    """What happened to several tickets, as if nothing had been recorded of their clocks (S17).

    Tickets that changed contracts are told with their verdicts, for these say what the move left standing.
    """
    lines = _lines_of(ticket_ids, kinds=tuple(_READ))
    moved = [key for key, told in lines.items() if any(line.kind == _TRANSFER for line in told)]
    if moved:
        lines |= _lines_of(moved, kinds=(*_READ, *_VERDICTS))
    return {ticket_id: story_of(told) for ticket_id, told in lines.items()}


_Lines = dict[int, list[Line]]


def _lines_of(ticket_ids: Collection[int], *, kinds: Sequence[str]) -> _Lines:
    lines: _Lines = {ticket_id: [] for ticket_id in ticket_ids}
    rows = Record.objects.filter(subject_type="ticket", subject_id__in=list(lines), kind__in=kinds)
    for subject_id, kind, at, data in rows.order_by("id").values_list("subject_id", "kind", "at", "data"):
        lines[subject_id].append(Line(kind, at, data))
    return lines


def _told(ticket_ids: Collection[int], records: Iterable[Record]) -> _Lines:
    lines: _Lines = {ticket_id: [] for ticket_id in ticket_ids}
    for one in records:
        if one.kind in _READ or one.kind in _VERDICTS:
            lines[one.subject_id].append(Line(one.kind, one.at, one.data))
    return lines


def story_of(lines: Iterable[Line]) -> Story:
    """The facts in the order in which they happened.

    People act on several machines, so records may stand a little out of order: they are sorted by moment,
    then sequence; at one moment words go before a change of state, and nothing goes before the opening.
    """
    facts: list[Fact] = []
    story = Story(facts=facts, settled={}, digests={})
    for line in lines:
        if line.kind in _VERDICTS:
            _note_verdict(story, line)
        else:
            facts += _READ[line.kind](line)
    if not facts:
        return story
    opened = next((fact for fact in facts if fact.kind == FactKind.OPENED), None)
    if opened is None:
        return story
    if any(fact.kind == FactKind.COVERED and fact.reason == TRANSFERRED for fact in facts):
        facts[:] = _promised_anew(facts, is_settled=_is_settled(story))
        opened = next(fact for fact in facts if fact.kind == FactKind.OPENED)
    rest = [fact if fact.at >= opened.at else _moved(fact, opened.at) for fact in facts if fact is not opened]
    rest.sort(key=lambda fact: (fact.at, fact.kind not in _MESSAGES))
    story.facts = [opened, *rest]
    return story


#: Why time under an earlier contract is not counted under the one to which the ticket moved.
TRANSFERRED = "Filed before the ticket moved to this contract"


def _is_settled(story: Story) -> bool:
    return any(one.met_at or one.missed_at for one in story.settled.values())


def _promised_anew(facts: list[Fact], *, is_settled: bool) -> list[Fact]:
    """The facts of a ticket that changed contracts: what was promised before is settled, or starts anew.

    Nobody is made late by the move itself: without a verdict, nothing before the last move counts.
    """
    last = [fact for fact in facts if fact.reason == TRANSFERRED][-1:]
    rest = [fact for fact in facts if fact.reason != TRANSFERRED]
    if is_settled:
        return rest
    waits = [
        replace(fact, exempt_reason=fact.exempt_reason or TRANSFERRED)
        if fact.kind == FactKind.OPENED
        else fact
        for fact in rest
        if fact.kind not in (FactKind.EXEMPTED, FactKind.COVERED) or fact.at >= last[0].at
    ]
    return waits + [fact for fact in last if not fact.exempt_reason]


def window_rows(environment_ids: Collection[int]) -> QuerySet[MaintenanceWindow]:
    """The maintenance windows of those environments that exclude time (S11)."""
    return MaintenanceWindow.objects.filter(environment_id__in=set(environment_ids), excludes=True)


def windows_of(
    environment_ids: Collection[int], *, rows: Iterable[MaintenanceWindow] | None = None
) -> dict[int, list[Window]]:
    """The stretches that maintenance excludes, by environment; no statement where the rows are given."""
    told: dict[int, list[Window]] = {}
    for row in window_rows(environment_ids) if rows is None else rows:
        ends_at = min(row.ends_at, row.cancelled_at) if row.cancelled_at else row.ends_at
        if row.starts_at < ends_at:
            window = Window(starts_at=row.starts_at, ends_at=ends_at, reason=f"Maintenance: {row.summary}")
            told.setdefault(row.environment_id, []).append(window)
    return told


def _moved(fact: Fact, at: datetime) -> Fact:
    told = {name: getattr(fact, name) for name in fact.__slots__}
    return Fact(**{**told, "at": at})


def _opened(line: Line) -> list[Fact]:
    data = line.data
    return [
        Fact(
            kind=FactKind.OPENED,
            at=line.at,
            urgency=data["urgency"],
            request_type=data["request_type"],
            exempt_reason=data.get("exempt_reason", ""),
        )
    ]


def _message(line: Line) -> list[Fact]:
    data = line.data
    is_answer = data["author_kind"] == "staff" and data["visibility"] == "public"
    if not is_answer or data["message_kind"] in _NO_ANSWER:
        return []
    facts = [Fact(kind=FactKind.PUBLIC_STAFF_MESSAGE, at=line.at)]
    if data["message_kind"] == "resolution":
        facts.append(Fact(kind=FactKind.RESOLUTION_SUMMARY, at=line.at))
    return facts


def _status(line: Line) -> list[Fact]:
    after, is_staff = line.data["after"], line.data.get("by") == "staff"
    facts = [Fact(kind=FactKind.STATUS, at=line.at, status=after)]
    if line.data["before"] == "resolved" and after not in ("closed", "cancelled"):
        facts.append(Fact(kind=FactKind.REOPENED, at=line.at))
    if is_staff and after in ("in_progress", "resolved"):
        facts.append(Fact(kind=FactKind.WORK_STARTED, at=line.at))
    ends = {"resolved": FactKind.RESOLVED, "closed": FactKind.CLOSED, "cancelled": FactKind.CANCELLED}
    if after in ends:
        facts.append(Fact(kind=ends[after], at=line.at, reason=_REASONS.get(after, "")))
    return facts


_REASONS = {"closed": "The ticket is closed", "cancelled": "The ticket was cancelled"}


def _reclassified(line: Line) -> list[Fact]:
    data = line.data
    return [
        Fact(
            kind=FactKind.RECLASSIFIED, at=line.at, urgency=data["urgency"], request_type=data["request_type"]
        )
    ]


def _merged(line: Line) -> list[Fact]:
    return [Fact(kind=FactKind.MERGED, at=line.at, reason=f"Went on in {line.data['into_key']}")]


def _worked(line: Line) -> list[Fact]:
    return [Fact(kind=FactKind.TIME_LOGGED, at=line.at)]


def _agreed(line: Line) -> list[Fact]:
    until = line.data.get("until")
    return [
        Fact(
            kind=FactKind.UPDATES_AGREED,
            at=line.at,
            interval_seconds=line.data["interval_seconds"],
            until=datetime.fromisoformat(until) if until else None,
            calendar=line.data.get("calendar", ""),
        )
    ]


def _details(line: Line) -> list[Fact]:
    change = line.data.get("changes", {}).get("exempt_reason")
    if not change:
        return []
    reason = str(change[1] or "")
    return [Fact(kind=FactKind.EXEMPTED if reason else FactKind.COVERED, at=line.at, exempt_reason=reason)]


def _transferred(line: Line) -> list[Fact]:
    said = str(line.data.get("exempt_reason") or "")
    return [Fact(kind=FactKind.COVERED, at=line.at, exempt_reason=said, reason=TRANSFERRED)]


def _note_verdict(story: Story, line: Line) -> None:
    data = line.data
    place = (data["objective"], data["ordinal"])
    known = story.settled.get(place) or Settled(objective=place[0], ordinal=place[1])
    told = {name: getattr(known, name) for name in known.__slots__}
    told[_VERDICTS[line.kind]] = datetime.fromisoformat(data[_VERDICTS[line.kind]])
    if line.kind != "clock.at_risk":
        story.digests.setdefault(place, data.get("calendar_digest", ""))
        if data["due_at"]:
            told["due_at"] = datetime.fromisoformat(data["due_at"])
    story.settled[place] = Settled(**told)


_VERDICTS = {"clock.at_risk": "at_risk_at", "clock.met": "met_at", "clock.missed": "missed_at"}

_READ: dict[str, Callable[[Line], list[Fact]]] = {
    "ticket.opened": _opened,
    "message.posted": _message,
    "ticket.status_changed": _status,
    "ticket.reclassified": _reclassified,
    "ticket.merged": _merged,
    _TRANSFER: _transferred,
    "ticket.details_changed": _details,
    "time.logged": _worked,
    "timer.started": _worked,
    "update.agreed": _agreed,
}

#: The kinds of event that can change a clock.
KINDS = tuple(_READ)

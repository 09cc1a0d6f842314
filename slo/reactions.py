"""What the clocks do when something happened below: the tickets concerned are projected anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from contracts.domain.calendar import Calendar
from contracts.models import BusinessCalendar
from contracts.queries import shared_calendars
from events.models import Record
from slo.models import Clock, ClockQuerySet
from slo.services import project, project_many, project_opened, project_waiting

_BATCH = 500


def start_clocks(record: Record) -> None:
    """A ticket was received: its clocks start (S1). Wakes on `ticket.opened`."""
    project_opened(record)


def follow_message(record: Record) -> None:
    """Staff wrote to the client: that may be what a clock waits for (S6, S8). Wakes on `message.posted`."""
    data = record.data
    if (
        data["author_kind"] == "staff"
        and data["visibility"] == "public"
        and data["message_kind"] != "description"
    ):
        project_waiting(ticket_id=record.subject_id, at=record.at, reason="Public message by staff")


def follow_status(record: Record) -> None:
    """The ticket moved: clocks start, stop or pause (S7 to S9, S12). Wakes on `ticket.status_changed`."""
    words = f"{record.data['before']} to {record.data['after']}".replace("_", " ")
    said = record.data.get("reason", "")
    project(
        ticket_id=record.subject_id,
        at=record.at,
        reason=f"Status from {words}" + (f": {said}" if said else ""),
    )


def follow_classification(record: Record) -> None:
    """Urgency or request type changed: targets change with it (S10). Wakes on `ticket.reclassified`."""
    data = record.data
    before = (data["before_urgency"], data["before_request_type"])
    after = (data["urgency"], data["request_type"])
    words = "; ".join(
        f"{name} from {old} to {new}"
        for name, old, new in zip(("urgency", "request type"), before, after, strict=True)
        if old != new
    )
    said = data.get("reason", "")
    project(
        ticket_id=record.subject_id, at=record.at, reason=f"Changed {words}" + (f": {said}" if said else "")
    )


def follow_merge(record: Record) -> None:
    """The ticket went on in another one: its clocks are not counted (S12). Wakes on `ticket.merged`."""
    project(ticket_id=record.subject_id, at=record.at, reason="Merged")


def follow_transfer(record: Record) -> None:
    """The ticket stands under another contract: its open promises are that one's (S10).

    Wakes on `ticket.transferred`.
    """
    project(ticket_id=record.subject_id, at=record.at, reason="Moved to another contract")


def follow_details(record: Record) -> None:
    """What the ticket is covered by may have changed (S11). Wakes on `ticket.details_changed`."""
    if "exempt_reason" in record.data.get("changes", {}):
        project(ticket_id=record.subject_id, at=record.at, reason="Coverage changed")


def follow_work(record: Record) -> None:
    """Somebody works on the ticket (S7). Wakes on `time.logged` and `timer.started`."""
    project_waiting(ticket_id=record.subject_id, at=record.at, reason="Work logged")


def follow_calendar(record: Record) -> None:
    """A calendar reads otherwise: open clocks are computed anew (S14). Wakes on `calendar.changed`."""
    calendar = BusinessCalendar.objects.get(id=record.subject_id)
    running = Clock.objects.open()
    if calendar.client_id is None:
        running = running.filter(calendar=calendar.name)
    else:
        names = ["business", *_waiting_on_local_holidays()]
        running = running.filter(contract__calendar=calendar, calendar__in=names)
    _project_again(running, at=record.at, reason=f"Support hours changed: {calendar.name}")


def _waiting_on_local_holidays() -> list[str]:
    """The provider's calendars that a client's own holidays close."""
    return [
        version.calendar.name
        for version in shared_calendars()
        if Calendar.from_dict(version.content).waits_on_local_holidays
    ]


def follow_contract(record: Record) -> None:
    """A contract promises otherwise: open clocks follow.

    Wakes on `contract.amended`, `contract.moved`, `contract.settled`.
    """
    running = Clock.objects.open().filter(contract_id=record.subject_id)
    _project_again(running, at=record.at, reason="The contract's terms changed")


def follow_window(record: Record) -> None:
    """A window was announced or called off (S11). Wakes on `window.announced`, `window.cancelled`."""
    running = Clock.objects.open().filter(ticket__environment_id=record.subject_id)
    _project_again(running, at=record.at, reason="Maintenance window announced or called off")


def _project_again(clocks: ClockQuerySet, *, at: datetime, reason: str) -> None:
    for ticket_ids in _batches(clocks):
        project_many(ticket_ids, at=at, reason=reason)


def _batches(clocks: ClockQuerySet) -> Iterator[list[int]]:
    ids = list(clocks.order_by("ticket_id").values_list("ticket_id", flat=True).distinct())
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]

"""What happens to paid time: work logged and taken back, hours granted, warned of, asked for and approved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from events.domain.event import Event


@dataclass(frozen=True, kw_only=True)
class _OnTicket(Event):
    subject_type: ClassVar[str] = "ticket"
    key: str


@dataclass(frozen=True, kw_only=True)
class _OnContract(Event):
    subject_type: ClassVar[str] = "contract"


@dataclass(frozen=True, kw_only=True)
class TimeLogged(_OnTicket):
    """Work was logged on the ticket; `state` says whether it drew, is held, or is not billed (H1, H5, H7)."""

    kind: ClassVar[str] = "time.logged"
    entry_id: int
    contract_id: int
    person_id: int
    worked_on: str
    minutes: int
    billed_minutes: int
    activity: str
    state: str


@dataclass(frozen=True, kw_only=True)
class EntryReversed(_OnTicket):
    """An entry was taken back; what it drew is in its buckets again (H2)."""

    kind: ClassVar[str] = "time.reversed"
    entry_id: int
    reversal_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class TimerStarted(_OnTicket):
    """Somebody began to work on the ticket with the timer running (H8, S7)."""

    kind: ClassVar[str] = "timer.started"
    person_id: int


@dataclass(frozen=True, kw_only=True)
class TimerDiscarded(_OnTicket):
    """A timer was thrown away without logging its time."""

    kind: ClassVar[str] = "timer.discarded"
    person_id: int
    seconds: int


@dataclass(frozen=True, kw_only=True)
class TimerIdle(_OnTicket):
    """A timer has been running for so long that its owner may have forgotten it; told once a run."""

    kind: ClassVar[str] = "timer.idle"
    person_id: int
    running_since: str


@dataclass(frozen=True, kw_only=True)
class HoursGranted(_OnContract):
    """A bucket was filled: a period's reserved hours, an add-on's, a pack, an approved overage (H4)."""

    kind: ClassVar[str] = "hours.granted"
    bucket_id: int
    bucket_kind: str
    label: str
    minutes: int
    expires_at: str | None = None


@dataclass(frozen=True, kw_only=True)
class HoursExpired(_OnContract):
    """What a bucket still held at its end is gone (H4)."""

    kind: ClassVar[str] = "hours.expired"
    bucket_id: int
    label: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class HoursCarried(_OnContract):
    """Unused minutes went on into the next period (H4)."""

    kind: ClassVar[str] = "hours.carried"
    bucket_id: int
    into_id: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class HeldDrawn(_OnContract):
    """Held entries found minutes to draw from, oldest first (H5)."""

    kind: ClassVar[str] = "hours.held_drawn"
    entry_ids: list[int]
    minutes: int


@dataclass(frozen=True, kw_only=True)
class EntrySettled(_OnContract):
    """A lead settled an entry that the client had declined: written off, or asked again (H5)."""

    kind: ClassVar[str] = "hours.entry_settled"
    entry_id: int
    state: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class BalanceWarned(_OnContract):
    """The balance has been used up to that per cent; told once a period, anew after a top-up (H6)."""

    kind: ClassVar[str] = "balance.warned"
    percent: int
    available: int
    capacity: int


@dataclass(frozen=True, kw_only=True)
class OverageRequested(_OnContract):
    """The client is asked to approve work beyond the balance (H5)."""

    kind: ClassVar[str] = "overage.requested"
    request_id: int
    ticket_key: str
    minutes: int
    origin: str


@dataclass(frozen=True, kw_only=True)
class OverageDecided(_OnContract):
    """The client approved or declined, or the need went away (`settled`) (H5)."""

    kind: ClassVar[str] = "overage.decided"
    request_id: int
    ticket_key: str
    state: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class TopUpRequested(_OnContract):
    """A point of contact ordered a pack (H11)."""

    kind: ClassVar[str] = "top_up.requested"
    top_up_id: int
    label: str
    minutes: int
    price_minor_units: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class TopUpDecided(_OnContract):
    """The account executive confirmed the order, or declined it (H11)."""

    kind: ClassVar[str] = "top_up.decided"
    top_up_id: int
    label: str
    state: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class MonthClosed(_OnContract):
    """A month's statement was closed and will not change (H9)."""

    kind: ClassVar[str] = "hours.month_closed"
    month: str
    closing: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class LineQuestioned(_OnTicket):
    """The client asked about an entry of a statement (H9)."""

    kind: ClassVar[str] = "line.questioned"
    question_id: int
    entry_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(_OnTicket):
    """The question was answered, or the entry corrected (H9)."""

    kind: ClassVar[str] = "line.answered"
    question_id: int
    entry_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class WeekHandedIn(Event):
    """Somebody of the staff said that a week is written down whole (H1)."""

    kind: ClassVar[str] = "week.handed_in"
    subject_type: ClassVar[str] = "person"
    monday: str
    worked_minutes: int
    billed_minutes: int

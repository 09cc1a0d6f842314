"""The life of a ticket: its states, the moves between them, and who waits for whom in each (domain.md §4)."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where a ticket stands."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    WAITING_ON_CLIENT = "waiting_on_client"
    WAITING_ON_VENDOR = "waiting_on_vendor"
    SCHEDULED = "scheduled"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Code and the staff's word, for columns and forms."""
        return [(status.value, STAFF_WORDS[status]) for status in cls]


STAFF_WORDS = {
    Status.NEW: "New",
    Status.IN_PROGRESS: "Working",
    Status.WAITING_ON_CLIENT: "Waiting on client",
    Status.WAITING_ON_VENDOR: "Waiting on vendor",
    Status.SCHEDULED: "Scheduled",
    Status.RESOLVED: "Solved",
    Status.CLOSED: "Closed",
    Status.CANCELLED: "Cancelled",
}

CLIENT_WORDS = {
    Status.NEW: "New",
    Status.IN_PROGRESS: "We are working on it",
    Status.WAITING_ON_CLIENT: "Waiting for you",
    Status.WAITING_ON_VENDOR: "Waiting for the maker",
    Status.SCHEDULED: "Scheduled",
    Status.RESOLVED: "Solved",
    Status.CLOSED: "Closed",
    Status.CANCELLED: "Cancelled",
}

_WORKING = (Status.WAITING_ON_CLIENT, Status.WAITING_ON_VENDOR, Status.SCHEDULED, Status.RESOLVED)

#: From each state, the states that may follow; *closed* and *cancelled* are final.
MOVES: dict[Status, tuple[Status, ...]] = {
    Status.NEW: (Status.IN_PROGRESS, *_WORKING, Status.CANCELLED),
    Status.IN_PROGRESS: (*_WORKING, Status.CANCELLED),
    Status.WAITING_ON_CLIENT: (Status.IN_PROGRESS, *_WORKING[1:], Status.CANCELLED),
    Status.WAITING_ON_VENDOR: (
        Status.IN_PROGRESS,
        Status.WAITING_ON_CLIENT,
        Status.SCHEDULED,
        Status.RESOLVED,
        Status.CANCELLED,
    ),
    Status.SCHEDULED: (
        Status.IN_PROGRESS,
        Status.WAITING_ON_CLIENT,
        Status.WAITING_ON_VENDOR,
        Status.RESOLVED,
        Status.CANCELLED,
    ),
    Status.RESOLVED: (Status.IN_PROGRESS, Status.CLOSED),
    Status.CLOSED: (),
    Status.CANCELLED: (),
}

OPEN_STATUSES = tuple(status.value for status, following in MOVES.items() if following)
FINAL_STATUSES = tuple(status.value for status, following in MOVES.items() if not following)

#: States in which a client's public reply puts the ticket back to work.
RETURNS_ON_REPLY = (Status.WAITING_ON_CLIENT, Status.RESOLVED)


def is_allowed(before: str, after: str) -> bool:
    """Whether a ticket may go from one state to the other."""
    return Status(after) in MOVES[Status(before)]


def waits_for(status: str) -> str:
    """Who must act next: `provider`, `client`, `vendor`, or nobody (an empty text)."""
    return {
        Status.WAITING_ON_CLIENT: "client",
        Status.RESOLVED: "client",
        Status.WAITING_ON_VENDOR: "vendor",
        Status.CLOSED: "",
        Status.CANCELLED: "",
    }.get(Status(status), "provider")

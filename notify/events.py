"""What happens to deliveries and endpoints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from events.domain.event import Event


@dataclass(frozen=True, kw_only=True)
class DeliveryGivenUp(Event):
    """A mail or webhook did not arrive and is not tried again by itself; a person may send it again."""

    kind: ClassVar[str] = "delivery.given_up"
    subject_type: ClassVar[str] = "delivery"
    channel: str
    reason: str
    ticket_id: int | None = None
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class DeliverySentAgain(Event):
    """A person let a mail or webhook go out once more, under the same id."""

    kind: ClassVar[str] = "delivery.sent_again"
    subject_type: ClassVar[str] = "delivery"
    channel: str
    ticket_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class EndpointAdded(Event):
    """A client's system hears of what happens from now on."""

    kind: ClassVar[str] = "endpoint.added"
    subject_type: ClassVar[str] = "endpoint"
    url: str


@dataclass(frozen=True, kw_only=True)
class EndpointChanged(Event):
    """An endpoint's address, kinds or secret are other ones now; `what` names them."""

    kind: ClassVar[str] = "endpoint.changed"
    subject_type: ClassVar[str] = "endpoint"
    what: list[str]


@dataclass(frozen=True, kw_only=True)
class EndpointSuspended(Event):
    """Nothing goes to the endpoint any more until somebody resumes it (X3)."""

    kind: ClassVar[str] = "endpoint.suspended"
    subject_type: ClassVar[str] = "endpoint"
    url: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class EndpointResumed(Event):
    """The endpoint hears of things again, and of what it missed."""

    kind: ClassVar[str] = "endpoint.resumed"
    subject_type: ClassVar[str] = "endpoint"
    url: str

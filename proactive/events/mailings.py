"""What happens to mailings and events (P5, P6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from events.domain.event import Event


@dataclass(frozen=True, kw_only=True)
class MailingEvent(Event):
    """The base: one mailing, which belongs to no single client."""

    subject_type: ClassVar[str] = "mailing"
    mailing_kind: str
    title: str


@dataclass(frozen=True, kw_only=True)
class MailingPosted(MailingEvent):
    """One batch of people is given the mailing; each person stands in one batch alone."""

    kind: ClassVar[str] = "mailing.posted"
    told_ids: list[Any]


@dataclass(frozen=True, kw_only=True)
class MailingTested(MailingEvent):
    """Somebody had it sent to themselves, to see it."""

    kind: ClassVar[str] = "mailing.tested"
    told_id: int


@dataclass(frozen=True, kw_only=True)
class MailingScheduled(MailingEvent):
    """It goes out at that moment."""

    kind: ClassVar[str] = "mailing.scheduled"
    send_at: str


@dataclass(frozen=True, kw_only=True)
class MailingHeld(MailingEvent):
    """Its moment went by, and a person has to decide."""

    kind: ClassVar[str] = "mailing.held"
    told_id: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class MailingSent(MailingEvent):
    """Everybody it was meant for was given it."""

    kind: ClassVar[str] = "mailing.sent"
    told_id: int | None
    people: int


@dataclass(frozen=True, kw_only=True)
class WebinarEvent(Event):
    """The base: one event that clients are invited to."""

    subject_type: ClassVar[str] = "webinar"
    title: str


@dataclass(frozen=True, kw_only=True)
class WebinarAnnounced(WebinarEvent):
    """Clients can read of it and register."""

    kind: ClassVar[str] = "webinar.announced"
    starts_at: str


@dataclass(frozen=True, kw_only=True)
class WebinarChanged(WebinarEvent):
    """Its hour, length or place changed after it was announced."""

    kind: ClassVar[str] = "webinar.changed"
    starts_at: str


@dataclass(frozen=True, kw_only=True)
class WebinarCalledOff(WebinarEvent):
    """It will not take place."""

    kind: ClassVar[str] = "webinar.called_off"
    reason: str


@dataclass(frozen=True, kw_only=True)
class WebinarRegistered(WebinarEvent):
    """A contact comes."""

    kind: ClassVar[str] = "webinar.registered"
    told_id: int | None


@dataclass(frozen=True, kw_only=True)
class WebinarLeft(WebinarEvent):
    """A contact does not come after all."""

    kind: ClassVar[str] = "webinar.left"

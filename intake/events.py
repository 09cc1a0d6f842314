"""What people decide about mails that waited for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from events.domain.event import Event


@dataclass(frozen=True, kw_only=True)
class MailEvent(Event):
    """The base: something happened to a received mail. Addresses and texts stay with its receipt."""

    subject_type: ClassVar[str] = "mail"


@dataclass(frozen=True, kw_only=True)
class MailHeld(MailEvent):
    """A mail waits for a person, since where it belongs is in doubt (X4)."""

    kind: ClassVar[str] = "mail.held"
    ground: str


@dataclass(frozen=True, kw_only=True)
class MailFiled(MailEvent):
    """A person put a mail on a ticket, or made one of it."""

    kind: ClassVar[str] = "mail.filed"
    key: str
    ticket_id: int
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class MailDiscarded(MailEvent):
    """A person decided that nothing comes of a mail, and said why."""

    kind: ClassVar[str] = "mail.discarded"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ExportAsked(Event):
    """An administrator wants everything of a client as one file."""

    kind: ClassVar[str] = "export.asked"
    subject_type: ClassVar[str] = "export"


@dataclass(frozen=True, kw_only=True)
class ExportFetched(Event):
    """An administrator took that file away."""

    kind: ClassVar[str] = "export.fetched"
    subject_type: ClassVar[str] = "export"
    sha256: str

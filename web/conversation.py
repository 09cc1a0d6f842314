"""The conversation of a ticket as a page shows it: messages, approvals, and what happened between them.

Both sides build it from what their reader may see: a contact's queries never bring an internal message here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from events.models import Record
from tickets.models import Attachment, Message, MessageKind, Visibility
from web.frames import initials
from web.wording.events import EventWords, words_of

PROVIDER = "Support"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file on a message, with the address that checks who may have it."""

    name: str
    size: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A short fact at a message's head, as a tag."""

    label: str
    tone: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """One message; the staff's component shows `is_note`, the portal's never gets one."""

    anchor: str
    author: str
    initials: str
    organisation: str
    is_staff: bool
    is_note: bool
    is_redacted: bool
    at: datetime
    body: str
    quoted: str = ""
    files: Sequence[FileView] = ()
    marks: Sequence[Mark] = ()
    effects: str = ""
    message: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """Something that happened between two messages."""

    icon: str
    who: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the thread: a message or a line, at its moment and in its sequence."""

    at: datetime
    message: MessageView | None = None
    line: EventLine | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads: how they are named themselves, and where files are fetched from."""

    person_id: int | None
    file_address: Callable[[int], str]
    own_word: str = ""
    organisation: str = ""
    words: Mapping[str, EventWords] = field(default_factory=dict)


def thread_of(messages: Iterable[Message], records: Iterable[Record], *, reader: Reader) -> list[Entry]:
    """Messages and events in the order of their moments; events that a message already tells are left out."""
    entries = [Entry(at=one.at, message=_message(one, reader)) for one in messages]
    lines = (_line(record, reader) for record in records)
    entries += [Entry(at=line.at, line=line) for line in lines if line is not None]
    return sorted(entries, key=lambda entry: (entry.at, entry.line is not None))


def _message(message: Message, reader: Reader) -> MessageView:
    is_own = reader.person_id is not None and message.author_id == reader.person_id
    is_staff = message.author_kind in ("staff", "system")
    return MessageView(
        anchor=f"m{message.pk}",
        author=reader.own_word if is_own and reader.own_word else message.author_name,
        initials=initials(message.author_name),
        organisation=PROVIDER if is_staff else reader.organisation,
        is_staff=is_staff,
        is_note=message.visibility == Visibility.INTERNAL,
        is_redacted=message.redacted_at is not None,
        at=message.at,
        body=message.body,
        quoted=message.quoted,
        files=[_file(one, reader) for one in message.attachments.all()],
        marks=_marks(message),
        message=message,
    )


def _marks(message: Message) -> list[Mark]:
    if message.kind == MessageKind.RESOLUTION:
        return [Mark(label="Solution", tone="green", icon="circle-check")]
    if message.kind == MessageKind.CALL:
        people = f" with {message.call_people}" if message.call_people else ""
        return [Mark(label=f"Call{people}, {message.call_minutes or 0} min", icon="phone")]
    return []


def _file(attachment: Attachment, reader: Reader) -> FileView:
    return FileView(name=attachment.name, size=attachment.size, address=reader.file_address(attachment.pk))


def _line(record: Record, reader: Reader) -> EventLine | None:
    words = words_of(record.kind, record.data, reader.words)
    if words is None:
        return None
    is_own = reader.person_id is not None and record.actor_id == reader.person_id
    who = reader.own_word if is_own and reader.own_word else record.actor_name
    return EventLine(icon=words.icon, who=who if words.names_actor else "", words=words.text, at=record.at)

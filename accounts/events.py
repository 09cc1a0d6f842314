"""What happens to clients, people, memberships and keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from events.domain.event import Event


@dataclass(frozen=True, kw_only=True)
class ClientAdded(Event):
    """A new tenant exists."""

    kind: ClassVar[str] = "client.added"
    subject_type: ClassVar[str] = "client"
    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class PersonAdded(Event):
    """Somebody can sign in."""

    kind: ClassVar[str] = "person.added"
    subject_type: ClassVar[str] = "person"
    email: str
    staff_role: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonDisabled(Event):
    """Somebody can no longer sign in; sessions and keys ended with it."""

    kind: ClassVar[str] = "person.disabled"
    subject_type: ClassVar[str] = "person"


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    """A contact belongs to a client from now on."""

    kind: ClassVar[str] = "membership.started"
    subject_type: ClassVar[str] = "person"
    role: str


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Event):
    """A contact no longer belongs to a client."""

    kind: ClassVar[str] = "membership.ended"
    subject_type: ClassVar[str] = "person"
    role: str


@dataclass(frozen=True, kw_only=True)
class RoleChanged(Event):
    """A contact's role at a client, or a staff member's role, is another one now."""

    kind: ClassVar[str] = "person.role_changed"
    subject_type: ClassVar[str] = "person"
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class DutyAssigned(Event):
    """A member of staff serves or watches over a client from now on."""

    kind: ClassVar[str] = "duty.assigned"
    subject_type: ClassVar[str] = "person"
    duty: str


@dataclass(frozen=True, kw_only=True)
class DutyEnded(Event):
    """A member of staff no longer has that duty at the client."""

    kind: ClassVar[str] = "duty.ended"
    subject_type: ClassVar[str] = "person"
    duty: str


@dataclass(frozen=True, kw_only=True)
class ApiKeyIssued(Event):
    """An integration or a script can act from now on."""

    kind: ClassVar[str] = "api_key.issued"
    subject_type: ClassVar[str] = "api_key"
    name: str
    prefix: str


@dataclass(frozen=True, kw_only=True)
class ApiKeyRevoked(Event):
    """A key opens nothing any more."""

    kind: ClassVar[str] = "api_key.revoked"
    subject_type: ClassVar[str] = "api_key"
    prefix: str


@dataclass(frozen=True, kw_only=True)
class PersonInvited(Event):
    """Somebody was called to join; the mail goes out from this row's delivery."""

    kind: ClassVar[str] = "person.invited"
    subject_type: ClassVar[str] = "invitation"
    email: str
    role: str


@dataclass(frozen=True, kw_only=True)
class ClientEnded(Event):
    """A client left; nothing of it opens for its people any more."""

    kind: ClassVar[str] = "client.ended"
    subject_type: ClassVar[str] = "client"
    key: str


@dataclass(frozen=True, kw_only=True)
class PersonEnabled(Event):
    """A closed account is open again."""

    kind: ClassVar[str] = "person.enabled"
    subject_type: ClassVar[str] = "person"


@dataclass(frozen=True, kw_only=True)
class PersonChanged(Event):
    """Somebody changed what they say of themselves."""

    kind: ClassVar[str] = "person.changed"
    subject_type: ClassVar[str] = "person"


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    """Somebody has a new password; sessions of before ended."""

    kind: ClassVar[str] = "person.password_changed"
    subject_type: ClassVar[str] = "person"


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Event):
    """Somebody was signed out everywhere."""

    kind: ClassVar[str] = "person.sessions_ended"
    subject_type: ClassVar[str] = "person"


@dataclass(frozen=True, kw_only=True)
class ApiKeyRotated(Event):
    """A key has a successor and ends soon."""

    kind: ClassVar[str] = "api_key.rotated"
    subject_type: ClassVar[str] = "api_key"
    prefix: str
    successor_prefix: str


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(Event):
    """An invitation opens nothing any more."""

    kind: ClassVar[str] = "invitation.withdrawn"
    subject_type: ClassVar[str] = "invitation"
    email: str


@dataclass(frozen=True, kw_only=True)
class CalendarFeedMade(Event):
    """Somebody has a new private address for their calendar; the former one is dead."""

    kind: ClassVar[str] = "calendar_feed.made"
    subject_type: ClassVar[str] = "person"


@dataclass(frozen=True, kw_only=True)
class CalendarFeedRevoked(Event):
    """Somebody's private calendar address opens nothing any more."""

    kind: ClassVar[str] = "calendar_feed.revoked"
    subject_type: ClassVar[str] = "person"

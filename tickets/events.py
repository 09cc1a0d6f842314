"""What happens on tickets; the service-level timeline, mails and webhooks read these."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from events.domain.event import Event


@dataclass(frozen=True, kw_only=True)
class TicketEvent(Event):
    """The base of everything that happens on a ticket; `key` is its number for people."""

    subject_type: ClassVar[str] = "ticket"
    key: str


@dataclass(frozen=True, kw_only=True)
class TicketOpened(TicketEvent):
    """A ticket was received; its clocks start at this event's moment (S1).

    `has_team` says whether its contract names a team that it can go to.
    """

    kind: ClassVar[str] = "ticket.opened"
    contract_id: int
    urgency: str
    rank: int
    request_type: str
    category: str
    channel: str
    environment_id: int | None = None
    requester_id: int | None = None
    exempt_reason: str = ""
    flags: list[str] = field(default_factory=list)
    has_team: bool = False


@dataclass(frozen=True, kw_only=True)
class MessagePosted(TicketEvent):
    """Somebody wrote on the ticket; `author_kind` is contact, staff, integration or system."""

    kind: ClassVar[str] = "message.posted"
    message_id: int
    visibility: str
    author_kind: str
    message_kind: str


@dataclass(frozen=True, kw_only=True)
class MessageRedacted(TicketEvent):
    """An administrator took a message's text away; the mark stays."""

    kind: ClassVar[str] = "message.redacted"
    message_id: int
    visibility: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class StatusChanged(TicketEvent):
    """The ticket moved in its life cycle; `by` is contact, staff, integration or system.

    `waiting_for` is the question asked, `scheduled_at` an instant in ISO 8601.
    """

    kind: ClassVar[str] = "ticket.status_changed"
    before: str
    after: str
    by: str
    reason: str = ""
    waiting_on_id: int | None = None
    waiting_for: str = ""
    scheduled_at: str | None = None
    vendor_reference: str = ""


@dataclass(frozen=True, kw_only=True)
class TicketReclassified(TicketEvent):
    """Urgency or request type is another one now (S10)."""

    kind: ClassVar[str] = "ticket.reclassified"
    before_urgency: str
    urgency: str
    before_request_type: str
    request_type: str
    rank: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class TicketAssigned(TicketEvent):
    """Another person or team owns the ticket now."""

    kind: ClassVar[str] = "ticket.assigned"
    before_id: int | None
    assignee_id: int | None
    team_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class TicketDetailsChanged(TicketEvent):
    """Something else about the ticket changed: field name to before and after."""

    kind: ClassVar[str] = "ticket.details_changed"
    changes: dict[str, list[object]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ParticipantAdded(TicketEvent):
    """A contact reads the ticket and may reply from now on."""

    kind: ClassVar[str] = "participant.added"
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ParticipantRemoved(TicketEvent):
    """A contact no longer takes part."""

    kind: ClassVar[str] = "participant.removed"
    person_id: int


@dataclass(frozen=True, kw_only=True)
class TicketsLinked(TicketEvent):
    """Two tickets relate from now on."""

    kind: ClassVar[str] = "ticket.linked"
    target_key: str
    link: str


@dataclass(frozen=True, kw_only=True)
class TicketsUnlinked(TicketEvent):
    """Two tickets no longer relate in that way."""

    kind: ClassVar[str] = "ticket.unlinked"
    target_key: str
    link: str


@dataclass(frozen=True, kw_only=True)
class TicketMerged(TicketEvent):
    """The ticket went on in another one; its running clocks are cancelled (S12).

    The numbers are its manifest: what stood on it, and stays readable there.
    """

    kind: ClassVar[str] = "ticket.merged"
    into_key: str
    messages: int = 0
    files: int = 0
    people: int = 0
    approvals: int = 0


@dataclass(frozen=True, kw_only=True)
class TicketTransferred(TicketEvent):
    """The ticket stands under another contract of its client from now on (domain.md §3.2).

    What is open is promised anew from this moment; `exempt_reason` says why nothing is (S11).
    """

    kind: ClassVar[str] = "ticket.transferred"
    before_contract_id: int
    contract_id: int
    exempt_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(TicketEvent):
    """Somebody is asked to decide; `visibility` is internal where staff decide among themselves."""

    kind: ClassVar[str] = "approval.asked"
    approval_id: int
    approval_kind: str
    visibility: str
    asked_of_role: str = ""
    asked_of_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ApprovalDecided(TicketEvent):
    """What was asked is decided."""

    kind: ClassVar[str] = "approval.decided"
    approval_id: int
    approval_kind: str
    visibility: str
    state: str


@dataclass(frozen=True, kw_only=True)
class UrgencyProposed(TicketEvent):
    """Staff propose another urgency; the client has the last word."""

    kind: ClassVar[str] = "urgency.proposed"
    proposal_id: int
    proposed: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class UrgencyAnswered(TicketEvent):
    """The client accepted or declined the proposed urgency."""

    kind: ClassVar[str] = "urgency.answered"
    proposal_id: int
    state: str
    answer: str = ""


@dataclass(frozen=True, kw_only=True)
class TicketRated(TicketEvent):
    """The client said how it went, 1 to 5."""

    kind: ClassVar[str] = "ticket.rated"
    rating: int


@dataclass(frozen=True, kw_only=True)
class DocumentOwed(TicketEvent):
    """The plan owes a document on the incident, by that instant in ISO 8601; None: not while work goes on."""

    kind: ClassVar[str] = "document.owed"
    document_id: int
    document_kind: str
    label: str
    due_at: str | None


@dataclass(frozen=True, kw_only=True)
class DocumentDrafted(TicketEvent):
    """Staff wrote on a document that the client cannot read yet."""

    kind: ClassVar[str] = "document.drafted"
    document_id: int
    document_kind: str
    label: str


@dataclass(frozen=True, kw_only=True)
class DocumentPublished(TicketEvent):
    """The client can read an edition of a document from now on."""

    kind: ClassVar[str] = "document.published"
    document_id: int
    document_kind: str
    label: str
    edition: int


@dataclass(frozen=True, kw_only=True)
class DocumentOverdue(TicketEvent):
    """A document was due and the client has not got it; recorded once for each moment it was due."""

    kind: ClassVar[str] = "document.overdue"
    document_id: int
    document_kind: str
    label: str
    due_at: str


@dataclass(frozen=True, kw_only=True)
class ChangePlanned(TicketEvent):
    """The ticket is a planned change from now on, with the steps of a template."""

    kind: ClassVar[str] = "change.planned"
    template: str
    title: str
    steps: int


@dataclass(frozen=True, kw_only=True)
class ChangeStepAdded(TicketEvent):
    """A step that the template does not have was added to a planned change."""

    kind: ClassVar[str] = "change.step_added"
    step_id: int
    label: str


@dataclass(frozen=True, kw_only=True)
class ChangeStepTicked(TicketEvent):
    """A step of a planned change was ticked off, or taken back (`is_done` false)."""

    kind: ClassVar[str] = "change.step_ticked"
    step_id: int
    label: str
    is_done: bool
    remark: str = ""

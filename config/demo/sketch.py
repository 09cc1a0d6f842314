"""One ticket of the crowd: when it was filed, answered, solved and closed, and the rows that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from accounts.models import Person
from config.demo.desk import Desk, close_before
from config.demo.script import Case
from contracts.domain.plan import Objective, Urgency
from events.domain.event import Event
from events.models import Record
from tickets import events
from tickets.domain.lifecycle import Status
from tickets.models import Message, MessageKind, Ticket, Visibility

_OPEN_SHARE = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What happened to a ticket, and when; None where it has not happened."""

    desk: Desk
    case: Case
    urgency: Urgency
    request_type: str
    requester: Person
    engineer: Person
    opened_at: datetime
    answered_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None

    @property
    def status(self) -> Status:
        """Where the ticket stands."""
        if self.closed_at:
            return Status.CLOSED
        if self.resolved_at:
            return Status.RESOLVED
        return Status.IN_PROGRESS if self.answered_at else Status.NEW

    def ticket(self, number: int) -> Ticket:
        """The ticket's row, not stored yet."""
        moments = (self.closed_at, self.resolved_at, self.answered_at, self.opened_at)
        keep = timedelta(days=self.desk.plan.close_after_days)
        return Ticket(
            client=self.desk.client,
            contract=self.desk.contract,
            number=number,
            key=f"{self.desk.client.key}-{number}",
            status=self.status.value,
            urgency=self.urgency.code,
            rank=self.urgency.rank,
            request_type=self.request_type,
            channel="portal",
            subject=self.case.subject,
            requester=self.requester,
            assignee=self.engineer if self.answered_at else None,
            opened_at=self.opened_at,
            updated_at=next(moment for moment in moments if moment),
            resolved_at=self.resolved_at,
            closed_at=self.closed_at,
            close_due_at=self.resolved_at + keep if self.resolved_at and not self.closed_at else None,
        )

    def messages(self, ticket: Ticket) -> list[Message]:
        """What was said: the description, an answer, a summary."""
        said = [(self.opened_at, self.requester, "contact", MessageKind.DESCRIPTION, self.case.description)]
        if self.answered_at:
            said.append((self.answered_at, self.engineer, "staff", MessageKind.REPLY, self.case.reply))
        if self.resolved_at:
            said.append((self.resolved_at, self.engineer, "staff", MessageKind.RESOLUTION, self.case.summary))
        return [
            Message(
                client_id=ticket.client_id,
                ticket=ticket,
                kind=kind,
                visibility=Visibility.PUBLIC,
                author=author,
                author_kind=author_kind,
                author_name=author.name,
                body=body,
                at=at,
            )
            for at, author, author_kind, kind, body in said
        ]

    def records(self, ticket: Ticket, messages: Sequence[Message]) -> Iterator[Record]:
        """The ticket's history, in order."""
        yield _row(self._opened(ticket), self.requester, self.opened_at)
        if self.answered_at:
            yield _row(self._assigned(ticket), self.engineer, self.answered_at)
            yield _row(self._posted(ticket, messages[1]), self.engineer, self.answered_at)
            yield _row(self._moved(ticket, "new", "in_progress", "staff"), self.engineer, self.answered_at)
        if self.resolved_at:
            yield _row(self._posted(ticket, messages[2]), self.engineer, self.resolved_at)
            yield _row(
                self._moved(ticket, "in_progress", "resolved", "staff"), self.engineer, self.resolved_at
            )
        if self.closed_at:
            yield _row(self._moved(ticket, "resolved", "closed", "contact"), self.requester, self.closed_at)

    def _opened(self, ticket: Ticket) -> Event:
        return events.TicketOpened(
            client_id=ticket.client_id,
            subject_id=ticket.pk,
            key=ticket.key,
            contract_id=ticket.contract_id,
            urgency=ticket.urgency,
            rank=ticket.rank,
            request_type=ticket.request_type,
            category=ticket.category,
            channel=ticket.channel,
            requester_id=ticket.requester_id,
        )

    def _assigned(self, ticket: Ticket) -> Event:
        return events.TicketAssigned(
            client_id=ticket.client_id,
            subject_id=ticket.pk,
            key=ticket.key,
            before_id=None,
            assignee_id=self.engineer.pk,
        )

    def _posted(self, ticket: Ticket, message: Message) -> Event:
        return events.MessagePosted(
            client_id=ticket.client_id,
            subject_id=ticket.pk,
            key=ticket.key,
            message_id=message.pk,
            visibility=message.visibility,
            author_kind=message.author_kind,
            message_kind=message.kind,
        )

    def _moved(self, ticket: Ticket, before: str, after: str, by: str) -> Event:
        return events.StatusChanged(
            client_id=ticket.client_id,
            subject_id=ticket.pk,
            key=ticket.key,
            before=before,
            after=after,
            by=by,
        )


def sketch(desk: Desk, case: Case, *, rng: Random, now: datetime) -> Sketch:
    """A ticket of that contract: most are closed long since, some wait for their first answer right now."""
    urgency = rng.choice(desk.plan.urgencies)
    request_type = rng.choice(desk.plan.request_types).code
    target = desk.target(Objective.FIRST_RESPONSE, request_type=request_type, urgency=urgency.code)
    calendar, seconds = desk.span(target)
    is_open = rng.random() < _OPEN_SHARE
    answered_at = resolved_at = closed_at = None
    if is_open:
        opened_at = close_before(calendar, now, seconds=seconds, used=rng.uniform(0.02, 1.1))
        opened_at = max(opened_at, desk.contract.created_at)
    else:
        opened_at = desk.contract.created_at + (now - desk.contract.created_at) * rng.uniform(0, 0.93)
        answered_at = min(calendar.add(opened_at, int(seconds * rng.triangular(0.05, 1.25, 0.4))), now)
        resolved_at = min(answered_at + timedelta(minutes=rng.randint(20, 3000)), now)
        closed_at = min(resolved_at + timedelta(minutes=rng.randint(30, 6000)), now)
    return Sketch(
        desk=desk,
        case=case,
        urgency=urgency,
        request_type=request_type,
        requester=rng.choice(desk.requesters),
        engineer=rng.choice(desk.engineers),
        opened_at=opened_at,
        answered_at=answered_at,
        resolved_at=resolved_at,
        closed_at=closed_at,
    )


def _row(event: Event, person: Person, at: datetime) -> Record:
    return Record(
        client_id=event.client_id,
        kind=event.kind,
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        actor_kind="person",
        actor=person,
        actor_name=person.name,
        at=at,
        data=event.to_data(),
    )

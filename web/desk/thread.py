"""The conversation as staff read it: messages with what they did, approvals, and what happened between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import Person
from accounts.queries import teams
from events.models import Record
from notify.models import Delivery, State
from notify.queries import mails_of_messages
from slo.queries import ExplainedClock
from tickets.models import Approval, Message, Ticket
from tickets.permissions import may_redact, may_reply, may_work
from tickets.queries import messages_for, readable
from web.conversation import Entry, EventLine, MessageView, Reader, thread_of
from web.desk.around import Around
from web.desk.wording import staff_words
from web.requests import StaffRequest
from web.wording.clocks import ClockChip
from web.wording.times import duration

LONG = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One row of the thread: a message, a line, or an approval."""

    at: datetime
    message: dict[str, Any] | None = None
    line: EventLine | None = None
    approval: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A message as it is quoted below what is written; `is_note` where the client may not read it."""

    text: str
    is_note: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The whole thread, and the last message in it: what its reader has before them."""

    rows: Sequence[Told]
    last_id: int = 0

    @property
    def is_long(self) -> bool:
        """Whether a way to its end is wanted."""
        return len(self.rows) > LONG

    def quoted(self, message_id: str) -> Quote | None:
        """The message of that id as a quotation; None where there is none that can be read."""
        told = (row.message for row in self.rows if row.message is not None)
        message = next((one for one in told if one["anchor"] == f"m{message_id}"), None)
        if message is None or message["is_redacted"]:
            return None
        lines = "\n".join(f"> {line}".rstrip() for line in message["body"].splitlines())
        return Quote(text=f"{message['author']}:\n\n{lines}\n\n", is_note=message["is_note"])


def conversation_of(
    request: StaffRequest,
    ticket: Ticket,
    near: Around,
    *,
    clocks: Sequence[ExplainedClock],
    only: str = "",
) -> Conversation:
    """The thread for staff; `only` leaves what the client sees (`public`) or the notes (`notes`)."""
    messages = list(messages_for(request.actor, ticket))
    records = [] if only == "notes" else readable(request.actor, near.clocks.records)
    mails = mails_of_messages(ticket) if request.actor.sees_internal_notes else {}
    for record in records:
        is_own = record.actor_id is not None and record.actor_id == record.data.get("assignee_id")
        if record.kind == "ticket.assigned" and is_own:
            record.data["is_own_act"] = True
    reader = Reader(
        person_id=request.actor.person_id,
        file_address=lambda pk: reverse("desk:file", kwargs={"attachment_id": pk}),
        organisation=ticket.client.name,
        words=staff_words(*_names(ticket, records)),
    )
    entries = thread_of(messages, [one for one in records if one.kind not in _TOLD_BY_CARDS], reader=reader)
    rows = [_told(request, ticket, entry, clocks, mails) for entry in entries if _is_wanted(entry, only)]
    if only != "notes":
        rows += [_approval(one) for one in near.approvals]
    rows.sort(key=lambda row: (row.at, row.line is not None))
    return Conversation(rows=rows, last_id=max((one.pk for one in messages), default=0))


_TOLD_BY_CARDS = ("approval.asked", "approval.decided")


def _is_wanted(entry: Entry, only: str) -> bool:
    if not only:
        return True
    is_note = entry.message is not None and entry.message.is_note
    return is_note if only == "notes" else entry.message is not None and not is_note


_OWN_PEOPLE = ("requester", "assignee", "waiting_on")


def _names(ticket: Ticket, records: Sequence[Record]) -> tuple[dict[int, str], dict[int, str]]:
    """Names for the people and teams that the records speak of by id.

    One statement brings everybody whom the page names, the ticket's own people among them.
    """
    asked = {record.data.get(name) for record in records for name in ("assignee_id", "person_id")}
    asked |= {getattr(ticket, f"{name}_id") for name in _OWN_PEOPLE}
    people = Person.objects.in_bulk([pk for pk in asked if pk is not None])
    for name in _OWN_PEOPLE:
        setattr(ticket, name, people.get(getattr(ticket, f"{name}_id")))
    queues = {record.data.get("team_id") for record in records} - {None}
    names = {pk: person.name for pk, person in people.items()}
    return names, dict(teams().values_list("pk", "name")) if queues else {}


def _told(
    request: StaffRequest,
    ticket: Ticket,
    entry: Entry,
    clocks: Sequence[ExplainedClock],
    mails: Mapping[int, Sequence[Delivery]],
) -> Told:
    view = entry.message
    if view is None or view.message is None:
        return Told(at=entry.at, line=entry.line)
    shown = {one.name: getattr(view, one.name) for one in fields(view)}
    own = mails.get(view.message.pk, ())
    shown |= {
        "organisation": "" if view.is_staff else view.organisation,
        "chips": [_met(clock) for clock in clocks if _is_met_by(clock, view)],
        "effects": _mail_words(own),
        "actions": [*_mail_acts(ticket, own), *_acts(request, ticket, view.message)],
    }
    return Told(at=entry.at, message=shown)


def _is_met_by(clock: ExplainedClock, view: MessageView) -> bool:
    return view.is_staff and not view.is_note and clock.met_at == view.at


def _met(clock: ExplainedClock) -> ClockChip:
    used = f"{duration(clock.elapsed_seconds)} of {duration(clock.target_seconds)}"
    if clock.missed_at is not None:
        return ClockChip(state="missed", strong=f"{clock.label} late", rest=used)
    return ClockChip(state="met", strong=f"{clock.label} met", rest=used)


def _mail_words(mails: Sequence[Delivery]) -> str:
    """What became of the mails, the worst first."""
    groups = (
        ("Mail failed", [one for one in mails if one.state in (State.FAILED, State.WITHDRAWN)]),
        ("Mail perhaps delivered", [one for one in mails if one.state == State.UNKNOWN]),
        ("Mail on its way", [one for one in mails if one.state in (State.WAITING, State.SENDING)]),
        ("Mailed", [one for one in mails if one.state == State.DONE]),
    )
    told = [f"{words}: {', '.join(_target(one) for one in those)}" for words, those in groups if those]
    return ". ".join(told)


def _target(delivery: Delivery) -> str:
    name = delivery.person.name if delivery.person else delivery.target
    failed = delivery.state == State.FAILED and delivery.outcome
    return f"{name} ({delivery.outcome})" if failed else name


def _mail_acts(ticket: Ticket, mails: Sequence[Delivery]) -> list[dict[str, str]]:
    return [
        {
            "label": f"Send to {one.person.name if one.person else one.target} again",
            "address": reverse("desk:send_again", kwargs={"key": ticket.key, "delivery_id": one.pk}),
        }
        for one in mails
        if one.state in (State.FAILED, State.UNKNOWN) and one.due_at is None
    ]


def _acts(request: StaffRequest, ticket: Ticket, message: Message) -> list[dict[str, Any]]:
    where = {"key": ticket.key, "message_id": message.pk}
    if message.redacted_at is not None:
        return []
    acts: list[dict[str, Any]] = []
    if may_reply(request.actor, ticket):
        acts.append({"label": "Quote", "address": f"?quote={message.pk}#composer", "quotes": True})
    if message.author_kind == "contact" and message.kind == "reply" and may_work(request.actor, ticket):
        acts.append({"label": "Split off", "address": reverse("desk:split", kwargs=where)})
    if may_redact(request.actor, message):
        acts.append({"label": "Remove text", "address": reverse("desk:redact", kwargs=where)})
    return acts


_ROLES = {
    "poc": "the client’s points of contact",
    "member": "the client’s people",
    "lead": "a lead",
    "csm": "the client success manager",
    "account_executive": "the account executive",
    "administrator": "an administrator",
}


def _approval(approval: Approval) -> Told:
    at = approval.decided_at or approval.asked_at
    who = approval.asked_of.name if approval.asked_of else _ROLES.get(approval.asked_of_role, "staff")
    words = f"Asked of {who}."
    if approval.decided_by:
        words += f" {approval.state.capitalize()} by {approval.decided_by.name}."
    card = {
        "title": f"Approval: {approval.question}",
        "state": approval.state,
        "at": at,
        "words": words,
        "quote": approval.comment,
        "anchor": f"a{approval.pk}",
    }
    return Told(at=at, approval=card)

"""What becomes of one row of another desk: a client, a contact, a contract, an open ticket, a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Final, Protocol

from accounts.models import Client, Membership, Person, Role
from accounts.services import add_client, add_member, add_person
from contracts.models import BusinessCalendar, Contract
from contracts.queries import business_calendars_of, contracts_in_force, newest_version, shared_calendars
from contracts.services import ContractFacts, open_contract, save_calendar
from events.domain.actor import SYSTEM, Actor
from events.domain.errors import Invalid, NotHere
from intake.domain.moving import Row
from intake.models import ImportedRow
from notify.services import tell_nobody
from tickets.models import Ticket
from tickets.services import assign, change_status, open_ticket, post_message

#: A calendar for contracts that name none, where the client has none.
OFFICE_HOURS = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
_STATES = ("new", "in_progress", "waiting_on_client", "waiting_on_vendor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What came of a row: the thing, whether it is new, and a word on it."""

    subject_id: int
    client_id: int
    is_new: bool = True
    detail: str = ""


class Maker(Protocol):
    """Makes what a row says, in the caller's transaction; a `DomainError` says why it cannot."""

    def __call__(self, *, actor: Actor, at: datetime, source: str, row: Row) -> Made:
        """What came of the row."""


def _client_row(*, actor: Actor, at: datetime, source: str, row: Row) -> Made:
    known = Client.objects.filter(key=_said(row, "key").upper()).first()
    if known is not None:
        return Made(subject_id=known.pk, client_id=known.pk, is_new=False)
    made = add_client(
        actor=actor, at=at, key=_said(row, "key"), name=_said(row, "name"), zone=_said(row, "zone") or "UTC"
    )
    return Made(subject_id=made.pk, client_id=made.pk, detail=made.key)


def _contact_row(*, actor: Actor, at: datetime, source: str, row: Row) -> Made:
    """A person without a password, who comes in by a reset; one who is known joins the client."""
    client = _client_of(row)
    person = Person.objects.filter(email__iexact=_said(row, "email")).first()
    if person is not None and person.works_here:
        raise Invalid("This is an address of our own staff.")
    role = _said(row, "role") or Role.MEMBER
    if role not in Role.values:
        raise Invalid(f"The role is one of {', '.join(Role.values)}.")
    is_member = Membership.objects.filter(client=client, person=person, ended_at__isnull=True)
    if person is not None and is_member.exists():
        return Made(subject_id=person.pk, client_id=client.pk, is_new=False)
    if person is None:
        zone = _said(row, "zone") or client.zone
        person = add_person(actor=actor, at=at, email=_said(row, "email"), name=_said(row, "name"), zone=zone)
    add_member(actor=actor, at=at, client=client, person=person, role=Role(role))
    return Made(subject_id=person.pk, client_id=client.pk)


def _contract_row(*, actor: Actor, at: datetime, source: str, row: Row) -> Made:
    client = _client_of(row)
    reference = _said(row, "reference")
    known = Contract.objects.filter(client=client, reference=reference).first() if reference else None
    if known is not None:
        return Made(subject_id=known.pk, client_id=client.pk, is_new=False)
    try:
        version = newest_version(_said(row, "plan"))
    except NotHere:
        raise Invalid(f"There is no plan called {_said(row, 'plan')!r}.") from None
    minutes = _said(row, "hours_per_period_minutes")
    if minutes and not (minutes.isascii() and minutes.isdigit()):
        raise Invalid("hours_per_period_minutes is a whole number.")
    made = open_contract(
        actor=actor,
        at=at,
        client=client,
        version=version,
        name=_said(row, "name"),
        starts_on=_day(row, "starts_on") or at.date(),
        ends_on=_day(row, "ends_on"),
        calendar=_calendar(actor, at, client, _said(row, "calendar")),
        facts=ContractFacts(
            reference=reference,
            hours_period=_said(row, "hours_period"),
            hours_per_period_minutes=int(minutes[:9] or 0),
        ),
    )
    return Made(subject_id=made.pk, client_id=client.pk)


def _ticket_row(*, actor: Actor, at: datetime, source: str, row: Row) -> Made:
    """An open ticket, received here now (S1); when and as what it began there stands at its head.

    Nobody is told of it: its people know it from the other desk.
    """
    client = _client_of(row)
    status = _said(row, "status") or "new"
    if status not in _STATES:
        raise Invalid(f"Only open tickets are taken over: {', '.join(_STATES)}.")
    ticket = open_ticket(
        actor=SYSTEM,
        at=at,
        contract=_contract_of(row, client, at),
        request_type=_said(row, "request_type"),
        urgency=_said(row, "urgency"),
        category=_said(row, "category"),
        subject=_said(row, "subject"),
        description=f"{_head(source, row)}\n\n{row.values['description']}",
        requester=_contact(row, client, "requester"),
        external_reference=_said(row, "reference"),
        submission_id=_once(source, row),
    )
    if address := _said(row, "assignee"):
        colleague = (
            Person.objects.filter(email__iexact=address, is_active=True).exclude(staff_role="").first()
        )
        if colleague is None:
            raise Invalid(f"Nobody of the staff has the address {address}.")
        assign(actor=SYSTEM, at=at, ticket=ticket, assignee=colleague, team=None)
    for step in dict.fromkeys(("in_progress", status)) if status != "new" else ():
        change_status(actor=SYSTEM, at=at, ticket=ticket, to=step, reason="as it was there")
    tell_nobody(ticket=ticket, at=at)
    return Made(subject_id=ticket.pk, client_id=client.pk, detail=ticket.key)


def _message_row(*, actor: Actor, at: datetime, source: str, row: Row) -> Made:
    """What somebody wrote there, quoted with name and moment; it answers nothing here and moves nothing."""
    client = _client_of(row)
    wanted = f"{_said(row, 'client')}/{_said(row, 'ticket')}".lower()
    known = ImportedRow.objects.filter(source=source, kind="ticket", reference=wanted, client=client)
    ticket = Ticket.objects.filter(pk__in=known.values("subject_id"), client=client).first()
    if ticket is None:
        raise Invalid(f"The ticket {_said(row, 'ticket')} was not taken over.")
    visibility = _said(row, "visibility") or "public"
    moment = _moment(row, "at")
    when = f", {moment:%-d %b %Y %H:%M} UTC" if moment else ""
    message = post_message(
        actor=SYSTEM,
        at=at,
        ticket=ticket,
        body=f"{_said(row, 'author') or 'Somebody'}{when}:\n\n{row.values['body']}",
        visibility=visibility,
        kind="note" if visibility == "internal" else "automatic",
        submission_id=_once(source, row),
    )
    tell_nobody(ticket=ticket, at=at)
    return Made(subject_id=message.pk, client_id=client.pk)


MAKERS: Final[Mapping[str, Maker]] = {
    "client": _client_row,
    "contact": _contact_row,
    "contract": _contract_row,
    "ticket": _ticket_row,
    "message": _message_row,
}


def _said(row: Row, column: str) -> str:
    return row.values.get(column, "").strip()


def _client_of(row: Row) -> Client:
    found = Client.objects.filter(key=_said(row, "client").upper(), ended_at__isnull=True).first()
    if found is None:
        raise Invalid(f"There is no client {_said(row, 'client')!r}; add it to clients.csv.")
    return found


def _contact(row: Row, client: Client, column: str) -> Person | None:
    if not (address := _said(row, column)):
        return None
    found = Membership.objects.filter(client=client, person__email__iexact=address, ended_at__isnull=True)
    member = found.select_related("person").first()
    if member is None:
        raise Invalid(f"{address} is no contact of {client.key}; add them to contacts.csv.")
    return member.person


def _contract_of(row: Row, client: Client, at: datetime) -> Contract:
    reference = _said(row, "contract")
    found = contracts_in_force(client, at.date())
    if reference:
        found = found.filter(reference=reference)
    several = list(found[:2])
    if len(several) != 1:
        raise Invalid("Name the contract by its reference: one that is in force now.")
    return several[0]


def _calendar(actor: Actor, at: datetime, client: Client, name: str) -> BusinessCalendar:
    own = business_calendars_of(client)
    offered = [*own, *shared_calendars()] if name else own
    for version in offered:
        if not name or version.calendar.name == name:
            return version.calendar
    if name:
        raise Invalid(f"There is no calendar called {name!r}.")
    content = {"tz": client.zone, "weekly": OFFICE_HOURS}
    made = save_calendar(actor=actor, at=at, client=client, name="Office hours", content=content)
    return made.calendar


def _day(row: Row, column: str) -> date | None:
    text = _said(row, column)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid(f"{column} is a day like 2026-03-02, not {text!r}.") from None


def _moment(row: Row, column: str) -> datetime | None:
    text = _said(row, column)
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid(f"{column} is a moment like 2026-03-02T09:00:00Z, not {text!r}.") from None
    if found is None:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def _head(source: str, row: Row) -> str:
    opened = _moment(row, "opened_at")
    when = f" on {opened:%-d %b %Y %H:%M} UTC" if opened else ""
    return f"Opened{when} in {source} as {_said(row, 'reference')}."


def _once(source: str, row: Row) -> str:
    return f"import-{sha256(f'{source}:{row.table.kind}:{row.reference}'.encode()).hexdigest()[:40]}"

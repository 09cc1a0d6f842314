"""What is checked before work is logged, each refusal with the way to mend it (H1, H7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn

from accounts.models import Person
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from hours import permissions
from hours.domain import activities
from hours.domain.periods import local_date
from hours.domain.rounding import UnfitMinutesError, billed
from hours.models import TimeEntry
from hours.queries.terms import ON_SITE, is_approved, is_cleared, zone_of
from hours.services.book import Book
from tickets.models import Ticket

NOTE_LENGTH = 2000
REASON_LENGTH = 300
KEY_LENGTH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What somebody asks to be logged, before anything is checked.

    `waived` is the reason by which a lead had waived the bill of the entry that this one corrects.
    """

    minutes: int
    worked_on: date
    note: str
    activity: str = activities.REQUESTED_WORK
    request_key: str | None = None
    person: Person | None = None
    not_billed_reason: str = ""
    emergency_reason: str = ""
    on_site: bool = False
    waived: str = ""
    corrects: TimeEntry | None = None


def worker_of(actor: Actor, work: Work, ticket: Ticket) -> int:
    """Whose work it is; `NotAllowed` where the actor may not log it, `Invalid` where that person may not."""
    person_id = work.person.pk if work.person else actor.person_id
    if person_id is None or not permissions.may_log_time(actor, ticket.client_id, person_id=person_id):
        raise NotAllowed("Engineers log their own time on the clients they serve; leads log for others.")
    if work.not_billed_reason and not permissions.may_waive(actor, ticket.client_id):
        raise NotAllowed("A lead marks work as not billed.")
    if work.corrects is None:
        if work.person is not None and not work.person.works_here:
            _refuse_person("Only staff log time; choose one of them.", code="not_staff")
        require_clearance(ticket, person_id=person_id, worked_on=work.worked_on)
    return person_id


def require_clearance(ticket: Ticket, *, person_id: int, worked_on: date) -> None:
    """Refuse work for a contract that restricts its engineers by somebody who was not cleared that day.

    Corrections of what was logged are no new work, and need none.
    """
    if not is_cleared(ticket.contract, person_id=person_id, worked_on=worked_on):
        name = Person.objects.values_list("name", flat=True).get(pk=person_id)
        _refuse_person(
            f"{name} is not cleared to work under {ticket.contract.name}. A lead or the success manager "
            "clears people on the contract; then log the work.",
            code="not_cleared",
        )


def sent_before(actor: Actor, work: Work, ticket: Ticket) -> TimeEntry | None:
    """The entry that the same request made earlier; other content under the same key is a `Conflict`."""
    if work.request_key is None:
        return None
    if len(work.request_key) > KEY_LENGTH:
        raise Invalid(f"A request key has {KEY_LENGTH} characters at most.")
    found = TimeEntry.objects.filter(logged_by_id=actor.person_id, request_key=work.request_key).first()
    if found is not None and (found.ticket_id, found.worked_minutes, found.worked_on) != (
        ticket.pk,
        work.minutes,
        work.worked_on,
    ):
        raise Conflict("This request was sent before with other content.", code="key_reused")
    return found


def amount_of(work: Work, scope: activities.Scope, *, increment: int) -> int:
    """The billed minutes of well-formed work; raises `Invalid` with words to each faulty field."""
    faults = {}
    if not work.note.strip():
        faults["note"] = "Say what was done; the client reads it in the hours list."
    elif len(work.note) > NOTE_LENGTH:
        faults["note"] = f"Keep it to {NOTE_LENGTH} characters."
    if work.activity not in activities.known(scope):
        faults["activity"] = "Choose one of the kinds of work in the list."
    if len(work.emergency_reason) > REASON_LENGTH or len(work.not_billed_reason) > REASON_LENGTH:
        faults["reason"] = f"Keep the reason to {REASON_LENGTH} characters."
    amount = 0
    try:
        amount = billed(work.minutes, increment)
    except UnfitMinutesError as unfit:
        faults["minutes"] = str(unfit)
    if faults:
        raise Invalid(next(iter(faults.values())), fields=faults)
    return amount


def decide(work: Work, ticket: Ticket, scope: activities.Scope) -> activities.Drawing:
    """Whether the work draws, a lead's reason not to bill included; raises `Invalid` where out of scope."""
    decision = activities.decide(work.activity, scope)
    if work.on_site and not is_approved(ticket, ON_SITE):
        raise Invalid("Work on site needs the client's recorded agreement on the ticket.", code="not_agreed")
    if reason := work.not_billed_reason or work.waived:
        return activities.Drawing(draws=False, reason=reason)
    if decision.blocked:
        raise Invalid(decision.reason, code="excluded_scope", fields={"activity": decision.reason})
    return decision


def check_day(work: Work, ticket: Ticket, *, at: datetime, book: Book | None) -> None:
    """Refuse days to come, outside the contract, or in a closed month, as the client's clock has it."""
    contract, worked_on = ticket.contract, work.worked_on
    today = local_date(at, book.zone if book else zone_of(contract))
    fault = ""
    if worked_on > today:
        fault = f"That day is still to come: it is {today:%-d %B %Y} where the client is."
    elif worked_on < contract.starts_on:
        fault = f"The contract began on {contract.starts_on:%-d %B %Y}; choose a later day."
    elif contract.ends_on is not None and worked_on > contract.ends_on:
        fault = f"The contract ended on {contract.ends_on:%-d %B %Y}; choose an earlier day or its successor."
    elif book is not None and not work.corrects and worked_on < book.account.open_month:
        fault = (
            f"{worked_on:%B %Y} is closed. Log the work on a day of the present month and name the day in "
            "the note, or correct an entry of that month."
        )
    if fault:
        raise Invalid(fault, fields={"worked_on": fault})


def _refuse_person(words: str, *, code: str) -> NoReturn:
    raise Invalid(words, code=code, fields={"person": words})

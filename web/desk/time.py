"""Logging time on a ticket: timer, entries, corrections, and asking the client for more hours."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.http import HttpResponse, QueryDict

from contracts.queries import effective_plan
from events.domain.errors import DomainError, NotAllowed, NotHere
from hours.domain.activities import known
from hours.domain.amounts import parse_minutes
from hours.domain.rounding import UnfitMinutesError
from hours.models import TimeEntry, Timer
from hours.queries import balance_of, entry_for, scope_of
from hours.services import (
    ask_again,
    correct_entry,
    discard_timer,
    log_time,
    mark_not_billed,
    pause_timer,
    request_overage,
    resume_timer,
    reverse_entry,
    start_timer,
    stop_timer,
)
from tickets.models import Ticket
from web.desk.acting import Words, act_page, back_to, own_ticket, posted, typed
from web.desk.forms.acts import ReasonForm
from web.desk.forms.time import CorrectionForm, OverageForm
from web.desk.ticket import show
from web.desk.time_panel import entry_form
from web.gates import staff_page
from web.refusals import refusals_in
from web.requests import StaffRequest
from web.wording.amounts import hmm


@staff_page
def start(request: StaffRequest, key: str) -> HttpResponse:
    """Start the timer here; one that runs elsewhere is paused."""
    posted(request)
    ticket = own_ticket(request, key)
    start_timer(actor=request.actor, at=request.at, ticket=ticket)
    return back_to(request, ticket, "The timer runs.", place="timer")


@staff_page
def timer(request: StaffRequest, key: str, act: str) -> HttpResponse:
    """Stop, pause, go on with or discard the reader's timer on this ticket."""
    data = posted(request)
    ticket = own_ticket(request, key)
    own = _own_timer(request, ticket)
    if act == "stop":
        return _stop(request, ticket, own, data)
    acts = {
        "pause": (pause_timer, "The timer is paused."),
        "resume": (resume_timer, "The timer runs again."),
        "discard": (discard_timer, "The timer is discarded; nothing is logged."),
    }
    if act not in acts:
        raise NotHere
    service, said = acts[act]
    service(actor=request.actor, at=request.at, timer=own)
    return back_to(request, ticket, said, place="timer")


@staff_page
def log(request: StaffRequest, key: str) -> HttpResponse:
    """Log a piece of work; what is wrong with it comes back on the ticket's page."""
    data = posted(request)
    ticket = own_ticket(request, key)
    form = entry_form(request, ticket, effective_plan(ticket.contract), data)
    if form.is_valid():
        with refusals_in(form):
            entry = log_time(actor=request.actor, at=request.at, ticket=ticket, **form.cleaned_data)
            return back_to(request, ticket, _said(entry), place="timer")
    problem = str(form.non_field_errors()[0]) if form.non_field_errors() else ""
    return show(request, ticket, entry_form=form, problem=problem)


@staff_page
def correct(request: StaffRequest, key: str, entry_id: int) -> HttpResponse:
    """Write an entry anew with what was wrong changed; both movements stay visible (H2)."""
    ticket, entry = _own_entry(request, key, entry_id)
    initial = {
        "minutes": hmm(entry.worked_minutes),
        "worked_on": entry.worked_on,
        "note": entry.note,
        "activity": entry.activity,
    }
    form = CorrectionForm(typed(request), activities=known(scope_of(ticket)), initial=initial)
    words = Words(
        title="Correct an entry",
        verb="Correct it",
        said="The entry is corrected.",
        text="The first entry is taken back and a new one written; both stay visible to the client.",
        place="timer",
    )
    return act_page(
        request,
        ticket,
        form,
        words=words,
        act=lambda form: correct_entry(actor=request.actor, at=request.at, entry=entry, **form.cleaned_data),
    )


@staff_page
def take_back(request: StaffRequest, key: str, entry_id: int) -> HttpResponse:
    """Take an entry back; its minutes return to the client's hours."""
    ticket, entry = _own_entry(request, key, entry_id)
    words = Words(
        title=f"Take {hmm(entry.worked_minutes)} back?",
        verb="Take it back",
        said="The entry is taken back.",
        text=f"“{entry.note}” stays visible beside its reversal.",
        is_danger=True,
        place="timer",
    )
    return _settle(request, ticket, entry, words, reverse_entry)


@staff_page
def waive(request: StaffRequest, key: str, entry_id: int) -> HttpResponse:
    """Decide that nobody pays for an entry."""
    ticket, entry = _own_entry(request, key, entry_id)
    words = Words(title="Bill nobody for this?", verb="Do not bill it", said="Not billed.", place="timer")
    return _settle(request, ticket, entry, words, mark_not_billed)


@staff_page
def put_again(request: StaffRequest, key: str, entry_id: int) -> HttpResponse:
    """Put an entry that the client declined to it once more (H5)."""
    ticket, entry = _own_entry(request, key, entry_id)
    words = Words(
        title=f"Ask for {hmm(entry.billed_minutes)} again?",
        verb="Ask the client again",
        said="The client is asked again.",
        text=f"“{entry.note}” was declined. It is held once more until a point of contact decides.",
        place="timer",
    )
    return _settle(request, ticket, entry, words, ask_again)


def _settle(
    request: StaffRequest, ticket: Ticket, entry: TimeEntry, words: Words, service: Callable[..., object]
) -> HttpResponse:
    """Do to an entry what asks for a reason and nothing else."""
    return act_page(
        request,
        ticket,
        ReasonForm(typed(request)),
        words=words,
        act=lambda form: service(
            actor=request.actor, at=request.at, entry=entry, reason=form.cleaned_data["reason"]
        ),
    )


@staff_page
def ask_hours(request: StaffRequest, key: str) -> HttpResponse:
    """Ask the client to approve work beyond what is left (H6)."""
    ticket = own_ticket(request, key)
    balance = balance_of(ticket.contract, at=request.at)
    words = Words(
        title="Ask for hours",
        verb="Ask the client",
        said="The client is asked.",
        text=f"{hmm(balance.available)} are left, {hmm(balance.held)} wait for approval.",
        place="timer",
    )
    wanted = request.GET.get("minutes", "")
    minutes = int(wanted) if wanted.isdecimal() and len(wanted) < 7 else None
    form = OverageForm(typed(request), initial={"request_key": uuid4().hex, "minutes": minutes})
    return act_page(
        request,
        ticket,
        form,
        words=words,
        act=lambda form: request_overage(
            actor=request.actor, at=request.at, ticket=ticket, **form.cleaned_data
        ),
    )


def _stop(request: StaffRequest, ticket: Ticket, own: Timer, data: QueryDict) -> HttpResponse:
    """Stop and log; what is refused is said on the ticket, and the timer goes on."""
    try:
        minutes = parse_minutes(str(data["minutes"])) if data.get("minutes") else None
    except UnfitMinutesError as unfit:
        return show(request, ticket, problem=str(unfit))
    try:
        entry = stop_timer(
            actor=request.actor, at=request.at, timer=own, note=data.get("note", ""), minutes=minutes
        )
    except (NotHere, NotAllowed):
        raise
    except DomainError as refusal:
        return show(request, ticket, problem=next(iter(refusal.fields.values()), refusal.detail))
    return back_to(request, ticket, _said(entry), place="timer")


def _own_timer(request: StaffRequest, ticket: Ticket) -> Timer:
    """The reader's last timer here; one that was stopped is still found, so that stopping twice logs once."""
    found = Timer.objects.filter(person_id=request.user.pk, ticket=ticket).order_by("-id").first()
    if found is None:
        raise NotHere
    return found


def _own_entry(request: StaffRequest, key: str, entry_id: int) -> tuple[Ticket, TimeEntry]:
    ticket = own_ticket(request, key)
    entry = entry_for(request.actor, entry_id)
    if entry.ticket_id != ticket.pk:
        raise NotHere
    return ticket, entry


def _said(entry: TimeEntry) -> str:
    if entry.state == "held":
        return f"{hmm(entry.worked_minutes)} logged; the client is asked for {hmm(entry.billed_minutes)}."
    if entry.state == "not_billed":
        return f"{hmm(entry.worked_minutes)} logged, not billed."
    return f"{hmm(entry.worked_minutes)} logged, {hmm(entry.billed_minutes)} drawn."

"""Deciding about a mail that waits: on a ticket, as a ticket, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse

from accounts.queries import clients_visible_to, contacts_of
from contracts.models import Contract
from contracts.queries import contract_for, contracts_in_force, effective_plan
from contracts.queries import visible_to as contracts_visible_to
from events.domain.errors import Invalid, NotAllowed, NotHere
from intake.domain.words import bare_subject
from intake.models import ReceivedMail
from intake.permissions import may_decide
from intake.queries import mail_for
from intake.services import discard_mail, file_mail, open_ticket_of
from tickets.models import Ticket
from tickets.queries import ticket_for
from web.desk.acting import Words, address_of, typed
from web.desk.forms.mail import SENDER, DiscardForm, FileMailForm, MailTicketForm
from web.fragments import go_to, render_page
from web.gates import staff_page
from web.refusals import refusals_in
from web.requests import StaffRequest

AnyForm = TypeVar("AnyForm", bound=Form)


@staff_page
def file(request: StaffRequest, mail_id: int) -> HttpResponse:
    """Put a mail on a ticket, as a note or as its sender's message."""
    mail = _own(request, mail_id)

    def act(form: FileMailForm) -> str:
        message = file_mail(
            actor=request.actor,
            at=request.at,
            mail=mail,
            ticket=_ticket(request, form.cleaned_data["key"]),
            as_sender=form.cleaned_data["words"] == SENDER,
        )
        return f"{address_of(message.ticket)}#m{message.pk}"

    form = FileMailForm(typed(request), mail=mail, initial={"key": mail.hint.key if mail.hint else ""})
    words = Words(title="File it on a ticket", verb="File it", said="The mail is on its ticket.")
    return _page(request, mail, form, words=words, act=act)


@staff_page
def open_new(request: StaffRequest, mail_id: int) -> HttpResponse:
    """Make a ticket of a mail: under which contract, then for whom and how urgent."""
    mail = _own(request, mail_id)
    contract = _chosen(request, mail)
    if contract is None:
        return render_page(
            request, "desk/mail_contract.html", {"mail": mail, "contracts": list(_contracts(request, mail))}
        )
    plan = effective_plan(contract)
    people = [row.person for row in contacts_of(contract.client).exclude(role="observer")]
    by_rank = sorted(plan.urgencies, key=lambda one: one.rank)
    initial = {
        "requester": mail.person_id if mail.person in people else "",
        "subject": bare_subject(mail.subject),
        "request_type": plan.request_types[0].code,
        "urgency": by_rank[len(by_rank) // 2].code,
    }
    form = MailTicketForm(typed(request), plan=plan, people=people, initial=initial)
    words = Words(
        title=f"Make a ticket for {contract.client.name}",
        verb="Make the ticket",
        said="The mail is a ticket now.",
        text=f"{contract.name}. It counts as received when the mail was, and its text is the mail's own.",
    )
    return _page(
        request,
        mail,
        form,
        words=words,
        act=lambda form: address_of(
            open_ticket_of(actor=request.actor, at=request.at, mail=mail, contract=contract, **form.facts())
        ),
    )


@staff_page
def discard(request: StaffRequest, mail_id: int) -> HttpResponse:
    """Let nothing come of a mail, and say why."""
    mail = _own(request, mail_id)

    def act(form: DiscardForm) -> str:
        discard_mail(actor=request.actor, at=request.at, mail=mail, reason=form.cleaned_data["reason"])
        return reverse("desk:mail")

    words = Words(
        title="Discard this mail",
        verb="Discard it",
        said="Nothing comes of the mail; it stands among those discarded.",
        text="Nobody is told. It stays readable.",
        is_danger=True,
    )
    return _page(request, mail, DiscardForm(typed(request)), words=words, act=act)


def _own(request: StaffRequest, mail_id: int) -> ReceivedMail:
    mail = mail_for(request.actor, mail_id)
    if not may_decide(request.actor, mail):
        raise NotAllowed("Engineers, leads and success managers decide about mails.")
    return mail


def _page(
    request: StaffRequest,
    mail: ReceivedMail,
    form: AnyForm,
    *,
    words: Words,
    act: Callable[[AnyForm], str],
) -> HttpResponse:
    """Show the form of a decision, and decide when it is sent; `act` gives where to go then."""
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            address = act(form)
            messages.success(request, words.said)
            return go_to(request, address)
    context = {"mail": mail, "form": form, "words": words}
    return render_page(request, "desk/mail_act.html", context, status=422 if form.errors else 200)


def _ticket(request: StaffRequest, key: str) -> Ticket:
    try:
        return ticket_for(request.actor, key=key.strip())
    except NotHere as fault:
        words = "There is no such ticket that you see."
        raise Invalid(words, fields={"key": words}) from fault


def _contracts(request: StaffRequest, mail: ReceivedMail) -> QuerySet[Contract]:
    """The contracts under which a ticket could be made: those of the mail's client, else of all one sees."""
    if mail.client is not None:
        return contracts_in_force(mail.client, request.at.astimezone(request.zone).date())
    clients = clients_visible_to(request.actor).filter(ended_at__isnull=True)
    found = contracts_visible_to(request.actor).filter(client__in=clients)
    return found.select_related("client").order_by("client__name", "name")


def _chosen(request: StaffRequest, mail: ReceivedMail) -> Contract | None:
    named = request.GET.get("contract", "")
    if named.isdecimal():
        return contract_for(request.actor, int(named[:18]))
    only = list(_contracts(request, mail)[:2])
    return only[0] if len(only) == 1 else None

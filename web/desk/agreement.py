"""Updates "as otherwise agreed": another interval than the plan's for one ticket, and back again (S8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpResponse

from events.models import Record
from slo.queries import agreement_of, owes_updates
from slo.queries.terms import Standing
from slo.services import agree_updates, end_agreement
from tickets.models import Ticket
from web.desk.acting import Words, act_page, own_ticket, typed
from web.desk.forms.agreement import AgreementForm, EndForm
from web.gates import staff_page
from web.requests import StaffRequest
from web.wording.agreements import present_agreement


@staff_page
def agree(request: StaffRequest, key: str) -> HttpResponse:
    """Record what was agreed; the running interval follows, and nobody is made late by it."""
    ticket = own_ticket(request, key)
    present = present_agreement(ticket, zone=request.zone, now=request.at)
    form = AgreementForm(typed(request), zone=request.zone, initial=_initial(ticket))
    words = Words(
        title="Agree on another interval of updates",
        verb="Record the agreement",
        said="The agreement is recorded; the next update is due by it.",
        text="Each public message starts the agreed interval anew. Afterwards the plan's own holds again.",
        place="clocks-h",
    )
    return act_page(
        request,
        ticket,
        form,
        words=words,
        act=lambda form: agree_updates(actor=request.actor, at=request.at, ticket=ticket, **form.agreed()),
        extra={"notice": present},
    )


@staff_page
def end(request: StaffRequest, key: str) -> HttpResponse:
    """Go back to the plan's own interval."""
    ticket = own_ticket(request, key)
    words = Words(
        title="End the agreement on updates",
        verb="End the agreement",
        said="The plan's own interval holds again.",
        text="The plan's own interval of updates holds again from now on.",
        place="clocks-h",
    )
    return act_page(
        request,
        ticket,
        EndForm(typed(request)),
        words=words,
        act=lambda form: end_agreement(
            actor=request.actor, at=request.at, ticket=ticket, note=form.cleaned_data["note"]
        ),
    )


def offers_on(
    ticket: Ticket,
    *,
    now: datetime,
    standing: Standing | None = None,
    records: Sequence[Record] | None = None,
) -> list[tuple[str, str]]:
    """What can be done about the interval of updates: label and name of the page."""
    if not ticket.is_open or not owes_updates(ticket, standing=standing):
        return []
    offers = [("Agree on another interval of updates", "desk:agree_updates")]
    if agreement_of(ticket, at=now, records=records) is not None:
        offers.append(("End the agreement on updates", "desk:end_agreement"))
    return offers


def _initial(ticket: Ticket) -> dict[str, str]:
    return {"agreed_with": ticket.requester.name if ticket.requester else ""}

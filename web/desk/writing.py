"""What staff write on a ticket: public replies, internal notes, calls, and texts taken away."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict

from events.domain.errors import NotHere
from tickets.domain.lifecycle import Status
from tickets.domain.texts import BODY_LIMIT
from tickets.models import Message, Ticket, Visibility
from tickets.queries import messages_for
from tickets.services import discard_draft, log_call, post_message, redact_message, save_draft
from tickets.services.moves import StatusMove
from web.desk.acting import Words, act_page, back_to, own_ticket, posted, typed
from web.desk.forms.acts import CallForm, ReasonForm
from web.desk.forms.writing import ComposerForm
from web.desk.status import moves_of
from web.desk.ticket import show
from web.files import stored
from web.fragments import render_page
from web.gates import staff_page
from web.refusals import refusals_in
from web.requests import StaffRequest

_VISIBILITY = {"public": Visibility.PUBLIC, "note": Visibility.INTERNAL}
_SAID = {"public": "Your reply is sent.", "note": "Your note is kept. The client does not see it."}


@staff_page
def write(request: StaffRequest, key: str) -> HttpResponse:
    """Send the reply or keep the note; when something is wrong, the page comes back with what was typed."""
    ticket = own_ticket(request, key)
    data = posted(request).copy()
    if "preview" in data:
        return _preview(request, ticket, data)
    meanwhile = _written_meanwhile(request, ticket, data)
    form = ComposerForm(data, request.FILES, moves=moves_of(ticket))
    if form.is_valid() and meanwhile is not None:
        form.add_error(
            None,
            f"{meanwhile.author_name} wrote while you did. Read it above; then send yours, or change it.",
        )
    if form.is_valid():
        with refusals_in(form):
            message = _post(request, ticket, form)
            for visibility in _VISIBILITY.values():
                discard_draft(actor=request.actor, client=ticket.client, ticket=ticket, visibility=visibility)
            said = _SAID[form.cleaned_data["mode"]]
            return back_to(request, message.ticket, said, place=f"m{message.pk}")
    return show(request, ticket, form=form)


@staff_page
def keep_draft(request: StaffRequest, key: str) -> HttpResponse:
    """Keep what is typed while it is not sent, as what it would become."""
    ticket = own_ticket(request, key)
    data = posted(request)
    visibility = _VISIBILITY.get(data.get("mode", ""), Visibility.PUBLIC)
    save_draft(
        actor=request.actor,
        at=request.at,
        client=ticket.client,
        ticket=ticket,
        body=data.get("body", ""),
        visibility=visibility,
    )
    for other in _VISIBILITY.values():
        if other != visibility:
            discard_draft(actor=request.actor, client=ticket.client, ticket=ticket, visibility=other)
    return HttpResponse(status=204)


@staff_page
def call(request: StaffRequest, key: str) -> HttpResponse:
    """Put a conversation by voice on record."""
    ticket = own_ticket(request, key)
    words = Words(title="Log a call", verb="Log it", said="The call is on record.")

    def act(form: CallForm) -> object:
        facts = dict(form.cleaned_data)
        visibility = Visibility.INTERNAL if facts.pop("is_internal") else Visibility.PUBLIC
        return log_call(actor=request.actor, at=request.at, ticket=ticket, visibility=visibility, **facts)

    return act_page(request, ticket, CallForm(typed(request)), words=words, act=act)


@staff_page
def redact(request: StaffRequest, key: str, message_id: int) -> HttpResponse:
    """Take a message's text out of everybody's reach; that it was there stays."""
    ticket = own_ticket(request, key)
    message = messages_for(request.actor, ticket).filter(pk=message_id).first()
    if message is None:
        raise NotHere
    words = Words(
        title="Remove this text?",
        verb="Remove the text for good",
        said="The text is removed.",
        text=f"{message.author_name} wrote it. Text and files go for everybody, and cannot be brought back.",
        is_danger=True,
        place=f"m{message.pk}",
    )
    return act_page(
        request,
        ticket,
        ReasonForm(typed(request)),
        words=words,
        act=lambda form: redact_message(
            actor=request.actor, at=request.at, message=message, reason=form.cleaned_data["reason"]
        ),
    )


def _preview(request: StaffRequest, ticket: Ticket, data: QueryDict) -> HttpResponse:
    """Show how the message will read; nothing is sent or kept, and what was typed stays."""
    body = data.get("body", "")[:BODY_LIMIT]
    if request.htmx:
        return render_page(request, "components/preview.html", {"body": body})
    return show(request, ticket, form=ComposerForm(data, moves=moves_of(ticket)), previewed=body)


def _post(request: StaffRequest, ticket: Ticket, form: ComposerForm) -> Message:
    facts = form.cleaned_data
    return post_message(
        actor=request.actor,
        at=request.at,
        ticket=ticket,
        body=facts["body"],
        visibility=_VISIBILITY[facts["mode"]],
        attachments=stored(request, ticket.client, facts["files"]),
        submission_id=facts["submission_id"],
        then=_move(ticket, facts["after"], facts["body"]) if facts["after"] else None,
    )


def _move(ticket: Ticket, to: str, body: str) -> StatusMove:
    """The move that goes with a message; one that waits for the client asks what the message asks."""
    if to != Status.WAITING_ON_CLIENT:
        return StatusMove(to=to)
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    asked = next((line for line in reversed(lines) if line.endswith("?")), lines[0])
    return StatusMove(to=to, waiting_on=ticket.requester, waiting_for=asked[:300])


def _written_meanwhile(request: StaffRequest, ticket: Ticket, data: QueryDict) -> Message | None:
    """Somebody else's message that came while this one was written, once; sending again sends."""
    seen = data.get("seen", "")
    if not seen.isdecimal():
        return None
    newer = messages_for(request.actor, ticket).filter(id__gt=int(seen))
    if newer.filter(submission_id=data.get("submission_id") or None).exists():
        return None
    found = newer.exclude(author_id=request.actor.person_id).order_by("-id").first()
    if found is not None:
        data["seen"] = str(found.pk)
    return found

"""Talking with makers for a client: asked, followed up, quoted, decided, closed (P7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from contracts.models import Contract
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.services import record
from proactive import permissions
from proactive.events import VendorAsked, VendorDecided, VendorMoved, VendorQuoted
from proactive.models import VendorNote, VendorRequest
from proactive.models.vendors import VendorState, VendorTopic
from proactive.queries import programmes_of
from proactive.services.papers import clean_text, require_writer

KIND = "vendor_liaison"
_DECIDABLE = (VendorState.QUOTED,)


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorWords:
    """What is wanted of which maker."""

    topic: str
    vendor: str
    subject: str
    detail: str = ""


@transaction.atomic
def ask_vendor(*, actor: Actor, at: datetime, contract: Contract, words: VendorWords) -> VendorRequest:
    """Ask for something of a maker under a contract whose plan carries it: a point of contact, or staff."""
    if not actor.sees_client(contract.client_id):
        raise NotHere
    if not permissions.may_ask(actor, contract.client_id):
        raise NotAllowed("A point of contact asks for this.")
    programme = next((one for one in programmes_of(contract) if one.kind == KIND), None)
    if programme is None:
        raise Invalid("The plan of this contract does not carry talks with makers.")
    if words.topic not in VendorTopic.values:
        raise Invalid("Choose what it is about.", fields={"topic": "Choose one."})
    row = VendorRequest.objects.create(
        client_id=contract.client_id,
        contract=contract,
        topic=words.topic,
        vendor=clean_text(words.vendor, field="vendor", words="Name the vendor.")[:120],
        subject=clean_text(words.subject, field="subject", words="Say in one line what is wanted.")[:200],
        detail=words.detail.strip(),
        owner_id=actor.person_id if actor.is_staff else programme.owner_id,
        asked_by=actor.name,
        asked_at=at,
    )
    record(VendorAsked(**_facts(row), vendor=row.vendor), at=at, actor=actor)
    return row


@transaction.atomic
def follow_up(
    *,
    actor: Actor,
    at: datetime,
    request: VendorRequest,
    note: str,
    follow_up_on: date | None,
    reference: str = "",
) -> VendorRequest:
    """Note what was heard or asked, and by when to ask again; the client reads it."""
    row = _written(actor, request)
    if follow_up_on is not None and follow_up_on < at.date():
        raise Invalid("That day has passed.", fields={"follow_up_on": "Choose a day to come."})
    text = clean_text(note, field="note", words="Say what was asked or heard.")
    if row.state == VendorState.ASKED:
        row.state = VendorState.WAITING
    row.follow_up_on, row.owner_id = follow_up_on, row.owner_id or actor.person_id
    row.reference = reference.strip()[:120] or row.reference
    row.save(update_fields=["state", "follow_up_on", "owner", "reference"])
    _note(row, actor=actor, at=at, text=text)
    record(VendorMoved(**_facts(row), state=row.state, note=text), at=at, actor=actor)
    return row


@transaction.atomic
def record_quote(
    *,
    actor: Actor,
    at: datetime,
    request: VendorRequest,
    minor_units: int,
    currency: str,
    valid_until: date,
    note: str = "",
) -> VendorRequest:
    """Write down what the maker asks for; a point of contact decides. A later quote replaces an open one."""
    row = _written(actor, request)
    if minor_units < 0 or len(currency) != 3 or not currency.isalpha():
        raise Invalid("Give an amount and a currency.", fields={"currency": "Three letters, as EUR."})
    if valid_until < at.date():
        raise Invalid("The quote has run out.", fields={"valid_until": "Choose a day to come."})
    row.state, row.quote_minor_units = VendorState.QUOTED, minor_units
    row.quote_currency, row.quote_valid_until = currency.upper(), valid_until
    row.decided_by, row.decided_at, row.follow_up_on = "", None, valid_until
    row.save()
    _note(row, actor=actor, at=at, text=note.strip() or "A quote came in.")
    event = VendorQuoted(**_facts(row), minor_units=minor_units, currency=row.quote_currency)
    record(event, at=at, actor=actor)
    return row


@transaction.atomic
def decide_quote(
    *, actor: Actor, at: datetime, request: VendorRequest, accept: bool, note: str = ""
) -> VendorRequest:
    """Accept or decline a quote that still holds; a point of contact does, once."""
    row = _locked(actor, request)
    if actor.role_at(row.client_id) != "poc":
        raise NotAllowed("A point of contact decides about quotes.")
    if row.state not in _DECIDABLE:
        raise Conflict(f"Nothing is to be decided: {row.get_state_display().lower()}.")
    if row.quote_valid_until is not None and row.quote_valid_until < at.date():
        raise Conflict("The quote has run out; ask for a new one.")
    row.state = VendorState.ACCEPTED if accept else VendorState.DECLINED
    row.decided_by, row.decided_at = actor.name, at
    row.save(update_fields=["state", "decided_by", "decided_at"])
    _note(row, actor=actor, at=at, text=note.strip() or ("Accepted." if accept else "Declined."))
    record(VendorDecided(**_facts(row), state=row.state, note=note.strip()), at=at, actor=actor)
    return row


@transaction.atomic
def close_vendor_request(
    *, actor: Actor, at: datetime, request: VendorRequest, outcome: str
) -> VendorRequest:
    """End the matter with what came of it."""
    row = _written(actor, request)
    text = clean_text(outcome, field="outcome", words="Say what came of it.")
    if row.state not in (VendorState.ACCEPTED, VendorState.DECLINED):
        row.state = VendorState.CLOSED
    row.closed_at, row.follow_up_on = at, None
    row.save(update_fields=["state", "closed_at", "follow_up_on"])
    _note(row, actor=actor, at=at, text=text)
    record(VendorMoved(**_facts(row), state="closed", note=text), at=at, actor=actor)
    return row


def _locked(actor: Actor, request: VendorRequest) -> VendorRequest:
    rows = VendorRequest.objects.select_for_update(of=("self",)).select_related("contract")
    row = rows.filter(pk=request.pk).first()
    if row is None or not actor.sees_client(row.client_id):
        raise NotHere
    if row.closed_at is not None:
        raise Conflict("This matter is closed.")
    return row


def _written(actor: Actor, request: VendorRequest) -> VendorRequest:
    row = _locked(actor, request)
    require_writer(actor, row.client_id)
    return row


def _note(row: VendorRequest, *, actor: Actor, at: datetime, text: str) -> None:
    VendorNote.objects.create(client_id=row.client_id, request=row, by_name=actor.name, text=text, at=at)


def _facts(row: VendorRequest) -> dict[str, Any]:
    return {
        "client_id": row.client_id,
        "subject_id": row.pk,
        "contract_id": row.contract_id,
        "title": str(row),
    }

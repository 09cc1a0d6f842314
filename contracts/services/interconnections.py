"""Interconnections: asked for by the client, assessed, agreed to by both sides, mapped, ended (X2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import ApiKey
from accounts.services import issue_key
from contracts import events, permissions
from contracts.domain.mapping import Maps
from contracts.models import Contract, Interconnection, Judgement
from contracts.queries import effective_plan
from contracts.queries.interconnections import maps_of
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record

#: What a key of an interconnection may do: tickets both ways, the feed, its webhooks, the terms to read.
KEY_SCOPES = ("tickets:write", "events:read", "webhooks:write", "contracts:write", "plans:read", "hours:read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a client wants joined: its system, where that is, and what should go to and fro."""

    name: str
    product: str
    address: str = ""
    wishes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Whether it can be done, whether it is safe, each with the reasons, and what work it takes."""

    feasibility: str
    feasibility_text: str
    security: str
    security_text: str
    estimate_minutes: int = 0


@transaction.atomic
def request_interconnection(*, actor: Actor, at: datetime, contract: Contract, wish: Wish) -> Interconnection:
    """Ask for a system to be joined to the desk; staff assess it next."""
    if not permissions.may_request_interconnections(actor, contract.client_id) or actor.person_id is None:
        raise NotAllowed("A point of contact asks for an interconnection.")
    missing = {
        field: "Say it in a few words." for field in ("name", "product", "wishes") if not _text(wish, field)
    }
    if missing:
        raise Invalid("Say which system it is, and what should go to and fro.", fields=missing)
    try:
        with transaction.atomic():
            made = Interconnection.objects.create(
                client_id=contract.client_id,
                contract=contract,
                name=_text(wish, "name")[:120],
                product=_text(wish, "product")[:120],
                address=_text(wish, "address")[:500],
                wishes=_text(wish, "wishes"),
                requested_by_id=actor.person_id,
                requested_at=at,
                maps=Maps().to_data(),
            )
    except IntegrityError:
        words = "There is one of this name already."
        raise Invalid(words, fields={"name": words}) from None
    asked = events.InterconnectionRequested(
        client_id=made.client_id, subject_id=made.pk, name=made.name, contract_id=contract.pk
    )
    record(asked, at=at, actor=actor)
    return made


@transaction.atomic
def assess_interconnection(
    *, actor: Actor, at: datetime, interconnection: Interconnection, assessment: Assessment
) -> Interconnection:
    """Say whether it can be done and whether it is safe; what was agreed to before has to be agreed to anew.

    One that is in force is ended first: what it may do does not change under the other side's hands.
    """
    row = _locked(interconnection)
    if not permissions.may_assess_interconnections(actor, row.contract):
        raise NotAllowed("Staff who serve the client assess an interconnection.")
    if row.in_force_at is not None or row.ended_at is not None:
        raise Conflict(f"{row.name} is {row.state}; its assessment stands.")
    _require_sound(assessment)
    row.feasibility, row.feasibility_text = assessment.feasibility, assessment.feasibility_text.strip()
    row.security, row.security_text = assessment.security, assessment.security_text.strip()
    row.estimate_minutes = assessment.estimate_minutes
    row.assessed_by_id, row.assessed_at = actor.person_id, at
    row.client_agreed_by = row.provider_agreed_by = None
    row.client_agreed_at = row.provider_agreed_at = None
    row.save()
    assessed = events.InterconnectionAssessed(
        client_id=row.client_id,
        subject_id=row.pk,
        name=row.name,
        feasibility=row.feasibility,
        security=row.security,
        estimate_minutes=assessment.estimate_minutes,
    )
    record(assessed, at=at, actor=actor)
    return row


@transaction.atomic
def agree_to_interconnection(
    *, actor: Actor, at: datetime, interconnection: Interconnection
) -> Interconnection:
    """Agree for one's own side to what was assessed; with both agreed it is in force, and keys can be issued.

    Repeating it changes nothing. Raises `Conflict` before the assessment, and where that says no.
    """
    row = _locked(interconnection)
    by_client = _side(actor, row)
    if row.ended_at is not None or not row.is_feasible:
        raise Conflict(f"{row.name} {row.state}: there is nothing to agree to.")
    if (row.client_agreed_at if by_client else row.provider_agreed_at) is not None:
        return row
    if by_client:
        row.client_agreed_by_id, row.client_agreed_at = actor.person_id, at
    else:
        row.provider_agreed_by_id, row.provider_agreed_at = actor.person_id, at
    if row.client_agreed_at is not None and row.provider_agreed_at is not None:
        row.in_force_at = at
    row.save()
    agreed = events.InterconnectionAgreed(
        client_id=row.client_id,
        subject_id=row.pk,
        name=row.name,
        by_client=by_client,
        in_force=row.in_force_at is not None,
    )
    record(agreed, at=at, actor=actor)
    return row


@transaction.atomic
def end_interconnection(
    *, actor: Actor, at: datetime, interconnection: Interconnection, reason: str
) -> Interconnection:
    """Decline it, or end what is in force: its keys open nothing any more. Repeating changes nothing."""
    row = _locked(interconnection)
    by_client = _side(actor, row)
    if row.ended_at is not None:
        return row
    if not reason.strip():
        raise Invalid("Say why.", fields={"reason": "The other side reads it."})
    row.ended_at, row.ended_by_id, row.ended_reason = at, actor.person_id, reason.strip()[:300]
    row.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    ended = events.InterconnectionEnded(
        client_id=row.client_id,
        subject_id=row.pk,
        name=row.name,
        reason=row.ended_reason,
        by_client=by_client,
    )
    record(ended, at=at, actor=actor)
    return row


@transaction.atomic
def map_interconnection(
    *, actor: Actor, at: datetime, interconnection: Interconnection, maps: Maps
) -> Interconnection:
    """Set which field, urgency and state of theirs is which of ours; the same again changes nothing.

    Raises `Invalid` with words for each table that is wrong.
    """
    row = _locked(interconnection)
    if not permissions.may_map_interconnections(actor, row):
        raise NotAllowed("A point of contact, or staff who serve the client, keep the maps.")
    if row.ended_at is not None:
        raise Conflict(f"{row.name} is over.")
    plan = effective_plan(row.contract)
    faults = maps.faults(urgencies=[urgency.code for urgency in plan.urgencies])
    if faults:
        raise Invalid("The maps need another look.", fields=faults)
    before, after = maps_of(row).to_data(), maps.to_data()
    what = [table for table in after if before[table] != after[table]]
    if not what:
        return row
    row.maps = after
    row.save(update_fields=["maps"])
    mapped = events.InterconnectionMapped(
        client_id=row.client_id, subject_id=row.pk, name=row.name, what=what
    )
    record(mapped, at=at, actor=actor)
    return row


@transaction.atomic
def issue_interconnection_key(
    *, actor: Actor, at: datetime, interconnection: Interconnection
) -> tuple[ApiKey, str]:
    """Issue a key by which the other system acts here, for this contract alone; the secret is told this once.

    Raises `Conflict` while the interconnection is not in force.
    """
    row = _locked(interconnection)
    if not row.is_in_force:
        raise Conflict(f"{row.name} {row.state}: a key works once both sides have agreed.")
    return issue_key(
        actor=actor,
        at=at,
        name=row.name,
        client=row.client,
        contract_id=row.contract_id,
        interconnection_id=row.pk,
        scopes=KEY_SCOPES,
    )


def _locked(interconnection: Interconnection) -> Interconnection:
    rows = Interconnection.objects.select_for_update(of=("self",)).select_related(
        "contract__client", "client"
    )
    return rows.get(pk=interconnection.pk)


def _side(actor: Actor, row: Interconnection) -> bool:
    """Whether the actor speaks for the client; else for the provider, or not at all."""
    if permissions.may_request_interconnections(actor, row.client_id):
        return True
    if not permissions.may_agree_to_interconnections(actor, row.contract):
        raise NotAllowed(
            "A point of contact decides for the client, who manages its contracts for the provider."
        )
    return False


def _text(wish: Wish, field: str) -> str:
    text: str = getattr(wish, field)
    return text.strip()


def _require_sound(assessment: Assessment) -> None:
    faults = {
        field: "Choose one of the answers."
        for field in ("feasibility", "security")
        if getattr(assessment, field) not in Judgement.values
    }
    faults |= {
        field: "The client reads it: say what was looked at."
        for field in ("feasibility_text", "security_text")
        if not getattr(assessment, field).strip()
    }
    if not 0 <= assessment.estimate_minutes <= 60_000:
        faults["estimate_minutes"] = "Up to a thousand hours."
    if faults:
        raise Invalid("Both assessments are needed, with their reasons.", fields=faults)

"""What must stand before work begins: preconditions shown, engineers cleared."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import Person
from contracts import events, permissions
from contracts.models import Clearance, Contract, PreconditionProof
from contracts.queries import effective_plan
from events.domain.actor import Actor
from events.domain.errors import Invalid, NotAllowed
from events.services import record


@transaction.atomic
def record_precondition(
    *, actor: Actor, at: datetime, contract: Contract, key: str, proof: str, met_on: date
) -> PreconditionProof:
    """Note what shows that a precondition of the plan is in place; a newer proof replaces the older one."""
    if not permissions.may_record_preconditions(actor, contract):
        raise NotAllowed("Staff who serve the client note preconditions.")
    if key not in {item.key for item in effective_plan(contract).preconditions}:
        raise Invalid("The plan has no such precondition.", fields={"key": "Choose one of the plan's."})
    if not proof.strip():
        raise Invalid("Say what shows it.", fields={"proof": "Describe what was seen or tried."})
    shown, _ = PreconditionProof.objects.update_or_create(
        contract=contract, key=key, defaults={"proof": proof.strip(), "met_on": met_on}
    )
    record(
        events.PreconditionMet(client_id=contract.client_id, subject_id=contract.pk, key=key),
        at=at,
        actor=actor,
    )
    return shown


@transaction.atomic
def clear_engineer(*, actor: Actor, at: datetime, contract: Contract, person: Person) -> Clearance:
    """Let a member of staff work for a contract that restricts who may; repeating it changes nothing."""
    if not permissions.may_clear_engineers(actor, contract):
        raise NotAllowed("Leads, success managers and administrators clear engineers.")
    if not person.works_here:
        raise Invalid(
            "Only staff can be cleared for a contract.", fields={"person": "Choose somebody of the staff."}
        )
    Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    clearance, made = Clearance.objects.get_or_create(
        contract=contract, person=person, ended_at=None, defaults={"since": at}
    )
    if made:
        record(
            events.EngineerCleared(client_id=contract.client_id, subject_id=contract.pk, person_id=person.pk),
            at=at,
            actor=actor,
        )
    return clearance


@transaction.atomic
def end_clearance(*, actor: Actor, at: datetime, contract: Contract, person: Person) -> None:
    """Take a clearance back; what was done under it stays. Repeating it changes nothing."""
    if not permissions.may_clear_engineers(actor, contract):
        raise NotAllowed("Leads, success managers and administrators clear engineers.")
    living = contract.clearances.filter(person=person, ended_at__isnull=True)
    if living.update(ended_at=at):
        record(
            events.ClearanceEnded(client_id=contract.client_id, subject_id=contract.pk, person_id=person.pk),
            at=at,
            actor=actor,
        )

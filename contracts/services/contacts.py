"""Naming, releasing and swapping the contacts who may open tickets (domain.md §3.2)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Membership, Person
from contracts import events, permissions
from contracts.domain.contacts import slots_of, why_not_named
from contracts.domain.plan import ContactRule
from contracts.models import Contract, NamedContact
from contracts.queries import effective_plan
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record


@transaction.atomic
def name_contact(
    *, actor: Actor, at: datetime, contract: Contract, person: Person, is_partner: bool = False
) -> NamedContact:
    """Give a contact of the client a free slot of the contract, a partner's one where `is_partner`.

    Refused with `Conflict`: no slot free, or named already. Refused with `Invalid`: a plan that names
    nobody, an address outside the client's domains, a shared mailbox, a partner's address not in its form.
    """
    locked, rule = _locked(actor, contract)
    return _fill(locked, rule, actor=actor, at=at, person=person, is_partner=is_partner, replaces=None)


@transaction.atomic
def release_contact(*, actor: Actor, at: datetime, contract: Contract, person: Person) -> None:
    """Take a contact's slot back; the record of having held it stays. Repeating it changes nothing."""
    locked, _ = _locked(actor, contract)
    if _end(locked, person, at):
        record(
            events.ContactReleased(client_id=locked.client_id, subject_id=locked.pk, person_id=person.pk),
            at=at,
            actor=actor,
        )


@transaction.atomic
def swap_contact(
    *,
    actor: Actor,
    at: datetime,
    contract: Contract,
    leaving: Person,
    joining: Person,
    is_partner: bool = False,
) -> NamedContact:
    """Hand a slot from one contact to another in one step; refused as `name_contact` is."""
    locked, rule = _locked(actor, contract)
    if not _end(locked, leaving, at):
        raise Conflict(f"{leaving.name} holds no slot of this contract.")
    return _fill(locked, rule, actor=actor, at=at, person=joining, is_partner=is_partner, replaces=leaving)


def _locked(actor: Actor, contract: Contract) -> tuple[Contract, ContactRule]:
    if not permissions.may_name_contacts(actor, contract):
        raise NotAllowed("A point of contact, success manager or account executive names contacts.")
    locked = Contract.objects.select_for_update(of=("self",)).select_related("client").get(pk=contract.pk)
    rule = effective_plan(locked).contacts
    if rule is None:
        raise Invalid("This plan names no contacts: every member may open tickets.")
    return locked, rule


def _fill(
    contract: Contract,
    rule: ContactRule,
    *,
    actor: Actor,
    at: datetime,
    person: Person,
    is_partner: bool,
    replaces: Person | None,
) -> NamedContact:
    _require_member(contract, person)
    fault = why_not_named(rule, email=person.email, is_partner=is_partner, domains=contract.contact_domains)
    if fault:
        raise Invalid(fault, fields={"person": fault})
    living = contract.named_contacts.filter(ended_at__isnull=True)
    if living.filter(person=person).exists():
        raise Conflict(f"{person.name} is a named contact already.")
    slots = slots_of(rule, add_ons=contract.add_ons)
    size = slots.partner if is_partner else slots.own
    if living.filter(is_partner=is_partner).count() >= size:
        side = "of the solution partner" if is_partner else "of your own"
        raise Conflict(
            f"The contract names {size} contacts {side}, and all are taken; swap one instead.", code="no_slot"
        )
    named = NamedContact.objects.create(contract=contract, person=person, is_partner=is_partner, since=at)
    record(
        events.ContactNamed(
            client_id=contract.client_id,
            subject_id=contract.pk,
            person_id=person.pk,
            replaces_id=replaces.pk if replaces else None,
        ),
        at=at,
        actor=actor,
    )
    return named


def _require_member(contract: Contract, person: Person) -> None:
    if not Membership.objects.filter(
        client_id=contract.client_id, person=person, ended_at__isnull=True
    ).exists():
        raise Invalid(
            "Only somebody who belongs to the client can be named.", fields={"person": "Choose a member."}
        )


def _end(contract: Contract, person: Person, at: datetime) -> bool:
    held = contract.named_contacts.filter(person=person, ended_at__isnull=True)
    return held.update(ended_at=at) > 0

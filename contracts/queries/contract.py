"""Which contracts there are for whom, and the one authorised look-up."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from accounts.models import Client
from contracts.models import Contract
from contracts.models.contract import ContractQuerySet
from events.domain.actor import Actor
from events.domain.errors import NotHere


def visible_to(actor: Actor) -> ContractQuerySet:
    """The contracts of the clients that the actor sees; a key bound to one contract sees that one alone."""
    found = Contract.objects.all()
    if actor.contract_id is not None:
        found = found.filter(id=actor.contract_id)
    if actor.sees_every_client:
        return found
    return found.filter(Q(client_id__in=actor.client_ids) | Q(client_id__in=list(actor.roles)))


def contract_for(actor: Actor, contract_id: int) -> Contract:
    """The contract of that id with its terms at hand, if the actor may see it; else `NotHere`."""
    contract = visible_to(actor).with_terms().filter(id=contract_id).first()
    if contract is None:
        raise NotHere
    return contract


def contracts_in_force(client: Client, on: date) -> ContractQuerySet:
    """The client's contracts that hold on that date, the latest to begin first."""
    return Contract.objects.filter(client=client).in_force(on).with_terms().order_by("-starts_on", "id")


def contract_on(client: Client, on: date) -> Contract | None:
    """The contract under which the client would file on that date when it names none; None without any."""
    return contracts_in_force(client, on).first()

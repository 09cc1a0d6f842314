"""What several resources tell in the same way, and how they find what a body names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef
from rest_framework import serializers

from accounts.models import Person
from accounts.queries import people_visible_to
from api.fields import Output
from contracts.models import Amendment, Contract, Environment
from contracts.queries import contracts_with_calendars, environments_visible_to, visible_to
from events.domain.actor import Actor
from events.domain.errors import Invalid, NotHere
from tickets.models import Ticket
from tickets.queries import ticket_for

_Found = TypeVar("_Found")


class Someone(Output):
    """A person, by name."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class Contact(Someone):
    """A person with the address by which requests name them."""

    email = serializers.CharField()


def named(field: str, words: str, find: Callable[[], _Found]) -> _Found:
    """What a field of the body names; foreign and missing give the same words at that field."""
    try:
        return find()
    except NotHere:
        raise Invalid(words, fields={field: words}) from None


def named_contract(actor: Actor, contract_id: int) -> Contract:
    """The contract that the body names."""
    is_amended = Exists(Amendment.objects.filter(contract=OuterRef("pk")))
    rows = (
        visible_to(actor).select_related("client", "plan_version", "calendar").annotate(is_amended=is_amended)
    )
    wanted = contracts_with_calendars(rows.defer("plan_version__body").filter(id=contract_id))
    found: Any = wanted[0] if wanted else None
    if found is None:
        words = "Choose one of the contracts that you see."
        raise Invalid(words, fields={"contract": words})
    if not found.is_amended:  # most are not: this spares every new ticket a statement
        found._prefetched_objects_cache = {"amendments": Amendment.objects.none()}
    contract: Contract = found
    return contract


def named_ticket(actor: Actor, key: str, field: str = "ticket") -> Ticket:
    """The ticket that the body names."""
    return named(field, "Choose one of the tickets that you see.", lambda: ticket_for(actor, key=key))


def named_environment(actor: Actor, environment_id: int | None) -> Environment | None:
    """The instance that the body names; None where it names none."""
    if environment_id is None:
        return None
    found = environments_visible_to(actor).filter(id=environment_id).first()
    if found is None:
        words = "Choose one of the environments of this contract."
        raise Invalid("Some fields need another look.", fields={"environment": words})
    return found


def named_people(actor: Actor, addresses: Iterable[str], field: str) -> list[Person]:
    """The people of those addresses whom the actor may know, in one statement; each must be there."""
    wanted = list(dict.fromkeys(addresses))
    if not wanted:
        return []
    found = {one.email: one for one in people_visible_to(actor).filter(email__in=wanted, is_active=True)}
    if set(found) != set(wanted):
        words = "Name people that are known here by their e-mail addresses."
        raise Invalid(words, fields={field: words})
    return [found[address] for address in wanted]


def named_person(actor: Actor, address: str | None, field: str) -> Person | None:
    """The person of that address; None where the body names none."""
    return named_people(actor, [address], field)[0] if address else None

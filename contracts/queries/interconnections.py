"""Which interconnections somebody sees, and the one authorised look-up."""

from __future__ import annotations

from django.db.models import QuerySet

from contracts.domain.mapping import Maps
from contracts.models import Interconnection
from contracts.queries.contract import visible_to
from events.domain.actor import Actor
from events.domain.errors import NotHere


def interconnections_visible_to(actor: Actor) -> QuerySet[Interconnection]:
    """Those of the contracts that the actor sees, the newest first; a key of one sees that one alone."""
    found = Interconnection.objects.filter(contract__in=visible_to(actor))
    if actor.interconnection_id is not None:
        found = found.filter(pk=actor.interconnection_id)
    elif actor.kind == "person" and not actor.is_staff:
        found = found.filter(client__in=[key for key, role in actor.roles.items() if role != "member"])
    return found.select_related("contract", "client")


def interconnection_for(actor: Actor, interconnection_id: int) -> Interconnection:
    """The interconnection of that id, if the actor sees it; else `NotHere`."""
    found = (
        interconnections_visible_to(actor)
        .select_related(
            "contract__client", "requested_by", "assessed_by", "client_agreed_by", "provider_agreed_by"
        )
        .filter(pk=interconnection_id)
        .first()
    )
    if found is None:
        raise NotHere
    return found


def maps_of(interconnection: Interconnection) -> Maps:
    """Its maps, ready to be used."""
    return Maps.from_data(interconnection.maps)

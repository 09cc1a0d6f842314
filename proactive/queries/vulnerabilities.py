"""Reading whom published vulnerabilities concern, of the clients that the actor sees (P9)."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from events.domain.actor import Actor
from proactive.models import ExposedEnvironment, Exposure


def exposures_visible_to(actor: Actor) -> QuerySet[Exposure]:
    """The advisories that concern clients whom the actor sees, with the environments; the newest first."""
    listed = ExposedEnvironment.objects.select_related("environment")
    found = Exposure.objects.select_related("client", "advisory", "ticket").prefetch_related(
        Prefetch("environments", queryset=listed)
    )
    if actor.contract_id is not None:
        found = found.filter(environments__environment__contract_id=actor.contract_id).distinct()
    if actor.sees_every_client:
        return found
    return found.filter(Q(client_id__in=actor.client_ids) | Q(client_id__in=list(actor.roles)))

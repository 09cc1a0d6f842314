"""Setting a contract's escalation path (E1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import Person, Team
from accounts.queries import staff
from contracts.models import Contract
from contracts.permissions import may_manage_contracts
from contracts.queries import effective_plan
from escalation import events
from escalation.models import Tier
from events.domain.actor import SYSTEM, Actor
from events.domain.errors import Invalid, NotAllowed
from events.services import record


@dataclass(frozen=True, slots=True, kw_only=True)
class TierDetails:
    """What one step of a path is to say: who, how to reach them, and the open time to acknowledge."""

    level: int
    label: str
    acknowledge_seconds: int
    person: Person | None = None
    team: Team | None = None
    deputy: Person | None = None
    reach: str = ""


@transaction.atomic
def set_path(*, actor: Actor, at: datetime, contract: Contract, tiers: Sequence[TierDetails]) -> list[Tier]:
    """Replace a contract's escalation path; running escalations go on at their level (E1)."""
    if not (actor.is_system or may_manage_contracts(actor, contract.client)):
        raise NotAllowed("Administrators and account executives set escalation paths.")
    if len({tier.level for tier in tiers}) != len(tiers):
        raise Invalid("Each tier needs a level of its own.", fields={"level": "This level is taken."})
    Tier.objects.filter(contract=contract).delete()
    rows = Tier.objects.bulk_create(
        [
            Tier(
                client_id=contract.client_id,
                contract=contract,
                level=tier.level,
                label=tier.label,
                acknowledge_seconds=tier.acknowledge_seconds,
                person=tier.person,
                team=tier.team,
                deputy=tier.deputy,
                reach=tier.reach,
            )
            for tier in tiers
        ]
    )
    event = events.PathSet(client_id=contract.client_id, subject_id=contract.id, tiers=len(rows))
    record(event, at=at, actor=actor)
    return rows


def set_default_path(*, at: datetime, contract: Contract) -> list[Tier]:
    """Give a new contract its plan's default path: a lead, the success manager, an administrator (E1).

    Where nobody has a role, the success manager stands in; the contract's own team answers on every tier.
    """
    plan = effective_plan(contract)
    leads, heads = staff().filter(staff_role="lead"), staff().filter(staff_role="administrator")
    people = {1: leads.first() or contract.csm, 2: contract.csm, 3: heads.first() or contract.csm}
    tiers = [
        TierDetails(
            level=template.level,
            label=template.label,
            acknowledge_seconds=template.acknowledge_seconds,
            person=people.get(template.level, contract.csm),
            team=contract.standard_team,
        )
        for template in plan.escalation.tiers
    ]
    return set_path(actor=SYSTEM, at=at, contract=contract, tiers=tiers)

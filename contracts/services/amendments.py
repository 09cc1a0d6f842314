"""What is agreed with one client beyond its plan, and the move to another version of the plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from contracts import events, permissions
from contracts.domain.amending import AmendmentRefused, amended
from contracts.domain.canonical import plan_to_json
from contracts.domain.plan import Plan
from contracts.models import Amendment, Contract, PlanVersion
from contracts.queries import effective_plan, plan_of_version, shared_calendars, version_difference
from contracts.reading.checks import findings
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record


@transaction.atomic
def amend(
    *,
    actor: Actor,
    at: datetime,
    contract: Contract,
    path: str,
    value: Any,  # noqa: ANN401 - any JSON value that the plan can hold there
    reason: str,
    agreed_by_client: str,
) -> Amendment:
    """Overlay one place of the plan with what both sides agreed, with the reason and who agreed.

    The path is in the plan's own words (`targets.first_response.incident.critical`), the value of the kind
    that stands there. Refused with `Invalid` where the plan would no longer hold together.
    """
    if not permissions.may_manage_contracts(actor, contract.client) or actor.person_id is None:
        raise NotAllowed("An account executive or administrator agrees to amendments.")
    if not reason.strip() or not agreed_by_client.strip():
        raise Invalid("An amendment needs its reason and who agreed to it for the client.")
    locked = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    try:
        changed = amended(plan_to_json(effective_plan(locked)), [(path, value)])
    except (AmendmentRefused, ValueError, TypeError) as fault:
        raise Invalid(f"This cannot be agreed: {fault}.", fields={"path": str(fault)}) from fault
    _require_sound(changed)
    amendment = Amendment.objects.create(
        contract=locked,
        path=path,
        value=value,
        reason=reason.strip(),
        agreed_by_client=agreed_by_client.strip(),
        agreed_by_provider_id=actor.person_id,
        agreed_at=at,
    )
    record(
        events.ContractAmended(
            client_id=locked.client_id, subject_id=locked.pk, path=path, value=value, reason=reason.strip()
        ),
        at=at,
        actor=actor,
    )
    return amendment


@transaction.atomic
def move_to_version(*, actor: Actor, at: datetime, contract: Contract, version: PlanVersion) -> Contract:
    """Move a running contract to another version of its plan, with what changes in the event.

    Show `queries.version_difference` first. Refused: a version of another plan (`Invalid`), the version it
    is on already (`Conflict`), a version that the contract's amendments do not fit (`Invalid`).
    """
    if not permissions.may_manage_contracts(actor, contract.client):
        raise NotAllowed("Account executives and administrators move contracts.")
    locked = (
        Contract.objects.select_for_update(of=("self",)).select_related("plan_version").get(pk=contract.pk)
    )
    before = locked.plan_version
    if version.key != before.key:
        raise Invalid("A contract moves between versions of one plan; open a new contract for another plan.")
    if version.pk == before.pk:
        raise Conflict(f"The contract is on version {before.number} already.")
    agreed = [(amendment.path, amendment.value) for amendment in locked.amendments.all()]
    try:
        amended(plan_to_json(plan_of_version(version)), agreed)
    except (AmendmentRefused, ValueError) as fault:
        raise Invalid(f"An amendment of the contract does not fit that version: {fault}.") from fault
    locked.plan_version = version
    locked.save(update_fields=["plan_version"])
    record(
        events.ContractMoved(
            client_id=locked.client_id,
            subject_id=locked.pk,
            before=before.number,
            after=version.number,
            changed=[difference.path for difference in version_difference(before, version)],
        ),
        at=at,
        actor=actor,
    )
    return locked


def _require_sound(plan: Plan) -> None:
    known = {row.calendar.name: "weekly" in row.content for row in shared_calendars()}
    faults = [f"{where} {key}: {reason}" for where, key, reason in findings(plan, targets=(), known=known)]
    if faults:
        raise Invalid(f"The plan would no longer hold together: {'; '.join(faults)}.")

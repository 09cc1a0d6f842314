"""Golden rules: proposed by either side, in force from the moment when both have agreed (domain.md §3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max

from contracts import events, permissions
from contracts.models import Contract, Sop, SopVersion
from contracts.queries import effective_plan
from events.domain.actor import CLIENT_ROLES, STAFF_ROLES, Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record


class _Sides(NamedTuple):
    client: bool
    provider: bool


@transaction.atomic
def propose_rule(
    *,
    actor: Actor,
    at: datetime,
    contract: Contract,
    title: str,
    body: str,
    categories: Sequence[str] = (),
    approval_role: str = "",
    sop: Sop | None = None,
) -> SopVersion:
    """Propose a golden rule, or with `sop` the next wording of one; the proposer's side thereby agrees to it.

    `categories` are services of the plan that it governs; `approval_role` names who must approve such work.
    Only who may agree for a side gives its agreement by proposing; an engineer's proposal waits for both.
    """
    if not permissions.may_propose_rules(actor, contract) or actor.person_id is None:
        raise NotAllowed("Points of contact and staff who serve the client propose golden rules.")
    _require_sound(contract, title=title, body=body, categories=categories, approval_role=approval_role)
    Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if sop is None:
        last = contract.sops.aggregate(last=Max("number"))["last"] or 0
        sop = Sop.objects.create(contract=contract, number=last + 1, title=title.strip())
    number = (sop.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = SopVersion.objects.create(
        sop=sop,
        number=number,
        body=body.strip(),
        categories=list(categories),
        approval_role=approval_role,
        proposed_by_id=actor.person_id,
        proposed_at=at,
    )
    by_client = not actor.is_staff
    record(
        events.SopProposed(
            client_id=contract.client_id, subject_id=sop.pk, number=version.number, by_client=by_client
        ),
        at=at,
        actor=actor,
    )
    sides = _sides(actor, contract)
    return _agree(version, sides, actor=actor, at=at) if any(sides) else version


@transaction.atomic
def agree_to_rule(*, actor: Actor, at: datetime, version: SopVersion) -> SopVersion:
    """Agree to a wording for one's own side; with both sides agreed it is in force from `at`.

    Refused with `Conflict`: declined, or overtaken by a newer wording in force. Repeating it changes nothing.
    """
    contract = version.sop.contract
    sides = _sides(actor, contract)
    if not any(sides) or actor.person_id is None:
        raise NotAllowed("A point of contact agrees for the client, the success manager for the provider.")
    locked = SopVersion.objects.select_for_update(of=("self",)).select_related("sop").get(pk=version.pk)
    if locked.declined_at is not None:
        raise Conflict("This wording was declined; propose another one.")
    if locked.sop.versions.filter(number__gt=locked.number, in_force_at__isnull=False).exists():
        raise Conflict("A newer wording is in force already.")
    return _agree(locked, sides, actor=actor, at=at)


@transaction.atomic
def decline_rule(*, actor: Actor, at: datetime, version: SopVersion, reason: str) -> None:
    """Decline a wording with a reason; the one in force stays. One that is in force cannot be declined."""
    contract = version.sop.contract
    if not any(_sides(actor, contract)):
        raise NotAllowed("A point of contact declines for the client, the success manager for the provider.")
    if not reason.strip():
        raise Invalid(
            "Say why, so that the other side can propose better.", fields={"reason": "Give a reason."}
        )
    pending = SopVersion.objects.filter(pk=version.pk, in_force_at__isnull=True, declined_at__isnull=True)
    if not pending.update(declined_at=at):
        raise Conflict("This wording is in force or was declined already.")
    record(
        events.SopDeclined(
            client_id=contract.client_id,
            subject_id=version.sop_id,
            number=version.number,
            reason=reason.strip(),
        ),
        at=at,
        actor=actor,
    )


def _sides(actor: Actor, contract: Contract) -> _Sides:
    return _Sides(
        client=permissions.may_agree_for_client(actor, contract) and actor.person_id is not None,
        provider=permissions.may_agree_for_provider(actor, contract),
    )


def _agree(version: SopVersion, sides: _Sides, *, actor: Actor, at: datetime) -> SopVersion:
    if sides.client and version.client_agreed_at is None:
        version.client_agreed_by_id, version.client_agreed_at = actor.person_id, at
    elif sides.provider and version.provider_agreed_at is None:
        version.provider_agreed_by_id, version.provider_agreed_at = actor.person_id, at
    else:
        return version
    if version.client_agreed_at is not None and version.provider_agreed_at is not None:
        version.in_force_at = at
    version.save()
    contract = version.sop.contract
    record(
        events.SopAgreed(
            client_id=contract.client_id,
            subject_id=version.sop_id,
            number=version.number,
            by_client=sides.client,
            in_force=version.in_force_at is not None,
        ),
        at=at,
        actor=actor,
    )
    return version


def _require_sound(
    contract: Contract, *, title: str, body: str, categories: Sequence[str], approval_role: str
) -> None:
    if not title.strip() or not body.strip():
        raise Invalid("A golden rule needs a title and a text.")
    known = {service.key for service in effective_plan(contract).services}
    if unknown := sorted(set(categories) - known):
        raise Invalid(
            f"The plan has no service called {', '.join(unknown)}.",
            fields={"categories": "Choose services of the plan."},
        )
    if approval_role and approval_role not in (*CLIENT_ROLES, *STAFF_ROLES):
        raise Invalid("Nobody has that role.", fields={"approval_role": "Choose a role that people have."})

"""Opening a contract, setting its facts, ending it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import Client, Person, Team
from contracts import events, permissions
from contracts.domain.plan import Plan
from contracts.models import BusinessCalendar, Contract, OnboardingStep, PlanVersion
from contracts.queries import effective_plan, plan_of_version
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFacts:
    """What a contract states beside client, plan and dates; all of it can be set later."""

    reference: str = ""
    add_ons: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    contact_domains: tuple[str, ...] = ()
    phone_numbers: tuple[dict[str, str], ...] = ()
    csm: Person | None = None
    account_executive: Person | None = None
    dedicated_team: Team | None = None
    standard_team: Team | None = None
    hours_period: str = ""
    hours_per_period_minutes: int = 0
    rollover_periods: int = 0
    overage_reauth_minutes: int | None = None
    currency: str = "GBP"
    counted_channels: tuple[str, ...] = ()
    programme_counts: dict[str, int] = field(default_factory=dict)
    resolution_thresholds: dict[str, int] = field(default_factory=dict)
    switches: dict[str, bool] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()
    access_requirements: dict[str, str] = field(default_factory=dict)
    restricts_engineers: bool = False


@transaction.atomic
def open_contract(
    *,
    actor: Actor,
    at: datetime,
    client: Client,
    version: PlanVersion,
    name: str,
    starts_on: date,
    calendar: BusinessCalendar,
    ends_on: date | None = None,
    facts: ContractFacts | None = None,
) -> Contract:
    """Subscribe a client to a plan version; its onboarding checklist is made with it.

    Refused with `Invalid`: an end before the start, a calendar of another client or without a state, facts
    that the plan does not know. Refused with `Conflict`: another contract of the same plan that overlaps.
    """
    if not permissions.may_manage_contracts(actor, client):
        raise NotAllowed("Account executives and administrators open contracts.")
    facts = facts or ContractFacts()
    if ends_on is not None and ends_on < starts_on:
        raise Invalid("A contract cannot end before it starts.", fields={"ends_on": "Choose a later date."})
    _require_calendar(client, calendar)
    _require_known(plan_of_version(version), _stored(facts))
    _require_free(client, version.key, starts_on=starts_on, ends_on=ends_on)
    contract = Contract.objects.create(
        client=client,
        plan_version=version,
        name=name.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        calendar=calendar,
        created_at=at,
        **_stored(facts),
    )
    _begin_onboarding(contract, plan_of_version(version))
    record(
        events.ContractOpened(
            client_id=client.id, subject_id=contract.id, plan=version.key, version=version.number
        ),
        at=at,
        actor=actor,
    )
    return contract


@transaction.atomic
def settle_contract(
    *, actor: Actor, at: datetime, contract: Contract, changes: Mapping[str, Any]
) -> Contract:
    """Set facts of a contract, by the names of `ContractFacts`; what stays the same makes no event."""
    if not permissions.may_manage_contracts(actor, contract.client):
        raise NotAllowed("Account executives and administrators change contracts.")
    known = {item.name for item in fields(ContractFacts)}
    if unknown := set(changes) - known:
        raise Invalid(f"Not a fact of a contract: {', '.join(sorted(unknown))}.")
    locked = Contract.objects.select_for_update(of=("self",)).select_related("client").get(pk=contract.pk)
    after = {name: list(value) if isinstance(value, tuple) else value for name, value in changes.items()}
    _require_known(effective_plan(locked), after)
    changed = {
        name: [_told(getattr(locked, name)), _told(value)]
        for name, value in after.items()
        if getattr(locked, name) != value
    }
    if not changed:
        return locked
    for name in changed:
        setattr(locked, name, after[name])
    locked.save(update_fields=list(changed))
    record(
        events.ContractSettled(client_id=locked.client_id, subject_id=locked.pk, changed=changed),
        at=at,
        actor=actor,
    )
    return locked


@transaction.atomic
def end_contract(*, actor: Actor, at: datetime, contract: Contract, ends_on: date) -> Contract:
    """Set the last day of a contract; never before its start, nor into another of the same plan."""
    if not permissions.may_manage_contracts(actor, contract.client):
        raise NotAllowed("Account executives and administrators end contracts.")
    if ends_on < contract.starts_on:
        raise Invalid("A contract cannot end before it starts.", fields={"ends_on": "Choose a later date."})
    locked = Contract.objects.select_for_update(of=("self",)).select_related("client").get(pk=contract.pk)
    key = locked.plan_version.key
    _require_free(locked.client, key, starts_on=locked.starts_on, ends_on=ends_on, but=locked)
    before, locked.ends_on = locked.ends_on, ends_on
    locked.save(update_fields=["ends_on"])
    changed = {"ends_on": [before.isoformat() if before else None, ends_on.isoformat()]}
    record(
        events.ContractSettled(client_id=locked.client_id, subject_id=locked.pk, changed=changed),
        at=at,
        actor=actor,
    )
    return locked


def _stored(facts: ContractFacts) -> dict[str, Any]:
    rows = {item.name: getattr(facts, item.name) for item in fields(facts)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in rows.items()}


def _told(value: Any) -> Any:  # noqa: ANN401 - any fact of a contract
    return value.pk if hasattr(value, "pk") else value


def _require_calendar(client: Client, calendar: BusinessCalendar) -> None:
    if calendar.client_id not in (None, client.pk):
        raise Invalid(
            "This calendar belongs to another client.", fields={"calendar": "Choose one of its own."}
        )
    if not calendar.versions.exists():
        raise Invalid("This calendar has no opening hours yet.", fields={"calendar": "Save its hours first."})


def _require_free(
    client: Client, key: str, *, starts_on: date, ends_on: date | None, but: Contract | None = None
) -> None:
    Client.objects.select_for_update().get(pk=client.pk)
    others = Contract.objects.filter(client=client, plan_version__key=key)
    if but is not None:
        others = others.exclude(pk=but.pk)
    overlapping = others.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    if ends_on is not None:
        overlapping = overlapping.filter(starts_on__lte=ends_on)
    if other := overlapping.first():
        raise Conflict(
            f"{client.name} has {other.name} under the same plan in that time; end it first.",
            code="contract_overlaps",
        )


def _require_known(plan: Plan, facts: Mapping[str, Any]) -> None:
    counted = {service.key for service in plan.proactive if service.cadence.kind == "per_contract"}
    known: dict[str, set[str]] = {
        "add_ons": {add_on.key for add_on in plan.add_ons},
        "counted_channels": set(plan.channel_notes) | set(plan.exempt_channels),
        "programme_counts": counted,
        "resolution_thresholds": {urgency.code for urgency in plan.urgencies},
    }
    for name, allowed in known.items():
        if unknown := sorted(set(facts.get(name, ())) - allowed):
            raise Invalid(
                f"{plan.title} does not know {', '.join(unknown)}.",
                fields={name: f"Known are: {', '.join(sorted(allowed)) or 'none'}."},
            )
    period = facts.get("hours_period", "")
    if period and period not in plan.hours.periods:
        raise Invalid(
            f"{plan.title} does not reserve hours by the {period}.",
            fields={"hours_period": f"Known are: {', '.join(plan.hours.periods) or 'none'}."},
        )


def _begin_onboarding(contract: Contract, plan: Plan) -> None:
    OnboardingStep.objects.bulk_create(
        OnboardingStep(
            contract=contract,
            key=step.key,
            label=step.label,
            owner=step.owner,
            due_on=contract.starts_on + timedelta(days=min(step.day, plan.onboarding_days)),
        )
        for step in plan.onboarding
    )

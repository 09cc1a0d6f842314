"""The client's instances, and the maintenance announced for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from contracts import events, permissions
from contracts.models import Contract, Environment, MaintenanceWindow
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentFacts:
    """What is known of an instance beside its name (domain.md §3.3)."""

    product: str
    version: str = ""
    deployment: str = ""
    is_production: bool = True
    operating_system: str = ""
    database: str = ""
    plug_ins: tuple[str, ...] = ()
    public_urls: tuple[str, ...] = ()
    maintenance_ends_on: date | None = None
    is_supported: bool = True


@transaction.atomic
def add_environment(
    *, actor: Actor, at: datetime, contract: Contract, name: str, facts: EnvironmentFacts
) -> Environment:
    """Put an instance under the contract; its name stands once a contract, else `Conflict`."""
    _require_may_change(actor, contract)
    if not name.strip() or not facts.product.strip():
        raise Invalid("An environment needs a name and a product.")
    environment = Environment(
        client_id=contract.client_id, contract=contract, name=name.strip(), **_stored(facts)
    )
    try:
        with transaction.atomic():
            environment.save()
    except IntegrityError as error:
        raise Conflict(f"The contract has an environment called {name.strip()} already.") from error
    record(
        events.EnvironmentAdded(
            client_id=contract.client_id,
            subject_id=environment.pk,
            name=environment.name,
            product=environment.product,
            is_production=environment.is_production,
        ),
        at=at,
        actor=actor,
    )
    return environment


@transaction.atomic
def change_environment(
    *, actor: Actor, at: datetime, environment: Environment, changes: Mapping[str, Any]
) -> Environment:
    """Correct what is known of an instance, by the names of `EnvironmentFacts`; no change makes no event."""
    _require_may_change(actor, environment.contract)
    if unknown := set(changes) - {item.name for item in fields(EnvironmentFacts)}:
        raise Invalid(f"Not a fact of an environment: {', '.join(sorted(unknown))}.")
    locked = Environment.objects.select_for_update().get(pk=environment.pk)
    after = {name: list(value) if isinstance(value, tuple) else value for name, value in changes.items()}
    changed = {
        name: [_told(getattr(locked, name)), _told(value)]
        for name, value in after.items()
        if getattr(locked, name) != value
    }
    if changed:
        for name in changed:
            setattr(locked, name, after[name])
        locked.save(update_fields=list(changed))
        record(
            events.EnvironmentChanged(client_id=locked.client_id, subject_id=locked.pk, changed=changed),
            at=at,
            actor=actor,
        )
    return locked


@transaction.atomic
def retire_environment(*, actor: Actor, at: datetime, environment: Environment) -> None:
    """Take an instance out of the contract; its past stays. Repeating it changes nothing."""
    _require_may_change(actor, environment.contract)
    if Environment.objects.filter(pk=environment.pk, retired_at__isnull=True).update(retired_at=at):
        record(
            events.EnvironmentRetired(client_id=environment.client_id, subject_id=environment.pk),
            at=at,
            actor=actor,
        )


@transaction.atomic
def announce_maintenance_window(
    *,
    actor: Actor,
    at: datetime,
    environment: Environment,
    starts_at: datetime,
    ends_at: datetime,
    summary: str,
    told: Sequence[str],
) -> MaintenanceWindow:
    """Announce work on an instance, with who was told (S11).

    A window announced before it begins excludes its time from every clock; one announced later is kept, and
    excludes nothing (`excludes` is false). It must end after it starts, else `Invalid`.
    """
    if not permissions.may_announce_windows(actor, environment.contract):
        raise NotAllowed("Points of contact and staff who serve the client announce maintenance.")
    if ends_at <= starts_at:
        raise Invalid("A window ends after it starts.", fields={"ends_at": "Choose a later moment."})
    if not summary.strip():
        raise Invalid("Say what will be done.", fields={"summary": "Describe the work in a few words."})
    window = MaintenanceWindow.objects.create(
        environment=environment,
        starts_at=starts_at,
        ends_at=ends_at,
        announced_at=at,
        announced_by=actor.name,
        told=list(told),
        summary=summary.strip(),
        excludes=at < starts_at,
    )
    record(
        events.WindowAnnounced(
            client_id=environment.client_id,
            subject_id=environment.pk,
            window_id=window.pk,
            starts_at=starts_at.isoformat(),
            ends_at=ends_at.isoformat(),
            excludes=window.excludes,
        ),
        at=at,
        actor=actor,
    )
    return window


@transaction.atomic
def cancel_maintenance_window(*, actor: Actor, at: datetime, window: MaintenanceWindow) -> None:
    """Call a window off; what of it has passed stays excluded. Repeating it changes nothing.

    A window that is over cannot be called off: `Conflict`.
    """
    environment = window.environment
    if not permissions.may_announce_windows(actor, environment.contract):
        raise NotAllowed("Points of contact and staff who serve the client call maintenance off.")
    if window.ends_at <= at:
        raise Conflict("This window is over.")
    living = MaintenanceWindow.objects.filter(pk=window.pk, cancelled_at__isnull=True)
    if living.update(cancelled_at=at):
        record(
            events.WindowCancelled(
                client_id=environment.client_id, subject_id=environment.pk, window_id=window.pk
            ),
            at=at,
            actor=actor,
        )


def _require_may_change(actor: Actor, contract: Contract) -> None:
    if not permissions.may_change_environments(actor, contract):
        raise NotAllowed("Points of contact and staff who serve the client keep its environments.")


def _stored(facts: EnvironmentFacts) -> dict[str, Any]:
    rows = {item.name: getattr(facts, item.name) for item in fields(facts)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in rows.items()}


def _told(value: Any) -> Any:  # noqa: ANN401 - any fact of an instance
    return value.isoformat() if isinstance(value, date) else value

"""What the proactive floor does when a lower floor recorded an event."""

from __future__ import annotations

from contracts.models import Contract, Environment
from contracts.queries import effective_plan, environments_of
from events.domain.actor import SYSTEM
from events.models import Record
from proactive.models import Watch
from proactive.services import make_programmes
from proactive.services.advisories import follow_installed
from proactive.services.watching import follow_addresses, start_watching

_MONITORING = "monitoring"


def follow_contract(record: Record) -> None:
    """A contract that began or changed has its programmes brought in line with its plan (P1)."""
    contract = Contract.objects.select_related("plan_version", "calendar", "csm").get(id=record.subject_id)
    make_programmes(at=record.at, contract=contract)
    if _carries_monitoring(contract):
        for environment in environments_of(contract).exclude(watch__isnull=False):
            start_watching(actor=SYSTEM, at=record.at, environment=environment)


def follow_environment(record: Record) -> None:
    """An environment that came, changed or went is watched where its contract carries that (P8, P9)."""
    environments = Environment.objects.select_related("contract__plan_version", "contract__client")
    environment = environments.get(id=record.subject_id)
    if Watch.objects.filter(environment=environment).exists():
        follow_addresses(at=record.at, environment=environment)
    elif environment.retired_at is None and _carries_monitoring(environment.contract):
        start_watching(actor=SYSTEM, at=record.at, environment=environment)
    follow_installed(at=record.at, environment=environment)


def _carries_monitoring(contract: Contract) -> bool:
    """Whether the plan, with the add-ons that were bought, watches the client's systems."""
    return any(
        service.kind == _MONITORING and (not service.add_on or service.add_on in contract.add_ons)
        for service in effective_plan(contract).proactive
    )

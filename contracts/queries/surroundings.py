"""What surrounds the work of a contract: instances, windows, contacts, golden rules, onboarding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from accounts.models import Person
from contracts.domain.plan import Precondition
from contracts.models import (
    Contract,
    Environment,
    MaintenanceWindow,
    NamedContact,
    OnboardingStep,
    PreconditionProof,
    Sop,
    SopVersion,
)
from contracts.queries.contract import visible_to
from contracts.queries.terms import effective_plan
from events.domain.actor import Actor


def environments_visible_to(actor: Actor) -> QuerySet[Environment]:
    """The instances under the contracts that the actor sees, retired ones too."""
    return Environment.objects.filter(contract__in=visible_to(actor))


def environments_of(contract: Contract) -> QuerySet[Environment]:
    """The instances that the contract covers now, by name."""
    return contract.environments.filter(retired_at__isnull=True)


def windows_visible_to(actor: Actor) -> QuerySet[MaintenanceWindow]:
    """The maintenance windows of the instances that the actor sees, earliest first."""
    return MaintenanceWindow.objects.filter(environment__contract__in=visible_to(actor))


def maintenance_intervals(environment_id: int) -> list[tuple[datetime, datetime]]:
    """The windows of an instance that exclude time (S11): announced before they began, earliest first.

    One called off counts up to the moment at which it was; the ends are half-open, in UTC.
    """
    rows = MaintenanceWindow.objects.filter(environment_id=environment_id, excludes=True).values_list(
        "starts_at", "ends_at", "cancelled_at"
    )
    cut = [(start, min(end, cancelled) if cancelled else end) for start, end, cancelled in rows]
    return sorted((start, end) for start, end in cut if start < end)


def named_contacts_of(contract: Contract) -> QuerySet[NamedContact]:
    """Who holds a slot of the contract now, with the people."""
    return contract.named_contacts.filter(ended_at__isnull=True).select_related("person").order_by("since")


def cleared_people(contract: Contract) -> QuerySet[Person] | None:
    """Who may be assigned to work for a contract that restricts it; None where everybody may."""
    if not contract.restricts_engineers:
        return None
    cleared = contract.clearances.filter(ended_at__isnull=True).values("person_id")
    return Person.objects.filter(id__in=cleared, is_active=True)


def unmet_preconditions(contract: Contract) -> list[Precondition]:
    """The plan's preconditions that nothing shows to be in place yet."""
    met = set(PreconditionProof.objects.filter(contract=contract).values_list("key", flat=True))
    return [item for item in effective_plan(contract).preconditions if item.key not in met]


def sops_visible_to(actor: Actor) -> QuerySet[Sop]:
    """The golden rules of the contracts that the actor sees, with all their versions, the newest first."""
    return Sop.objects.filter(contract__in=visible_to(actor)).prefetch_related("versions")


def sop_rows(contract: Contract, at: datetime) -> QuerySet[SopVersion]:
    """Every wording of the golden rules that was in force once before a moment, the newest of each first."""
    found = SopVersion.objects.filter(sop__contract=contract, in_force_at__lte=at).select_related("sop")
    return found.order_by("sop__number", "-in_force_at", "-number")


def sops_in_force(
    contract: Contract, at: datetime, rows: Iterable[SopVersion] | None = None
) -> list[SopVersion]:
    """The wording of each golden rule that was in force at a moment, by the rule's number.

    The rows may be given, where the caller has read them along with other lists.
    """
    newest: dict[int, SopVersion] = {}
    for row in sop_rows(contract, at) if rows is None else rows:
        newest.setdefault(row.sop_id, row)
    return list(newest.values())


def governing_sops(contract: Contract, *, service_key: str, at: datetime) -> list[SopVersion]:
    """The golden rules in force that name this service category."""
    return [version for version in sops_in_force(contract, at) if service_key in version.categories]


def onboarding_of(contract: Contract) -> QuerySet[OnboardingStep]:
    """The contract's checklist, by due date."""
    return contract.onboarding.select_related("done_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class OnboardingState:
    """How far a contract's onboarding is.

    `expected_on` is when the plan expects it complete, `moved_to` the same with the days on which the client
    was waited for; `waited_seconds` is the longest wait of a step, one that goes on included. `finished_at`
    is None while a step is left.
    """

    steps: tuple[OnboardingStep, ...]
    done: int
    expected_on: date
    moved_to: date
    waited_seconds: int
    finished_at: datetime | None

    @property
    def many(self) -> int:
        """How many steps there are."""
        return len(self.steps)


def onboarding_state(contract: Contract, at: datetime) -> OnboardingState:
    """How far the contract's onboarding is at that moment; a plan without a checklist has no steps."""
    steps = tuple(onboarding_of(contract))
    done = [step.done_at for step in steps if step.done_at is not None]
    expected = contract.starts_on + timedelta(days=effective_plan(contract).onboarding_days)
    return OnboardingState(
        steps=steps,
        done=len(done),
        expected_on=expected,
        moved_to=max([expected, *(step.due_on for step in steps)]),
        waited_seconds=max((waited_for(step, at) for step in steps), default=0),
        finished_at=max(done) if steps and len(done) == len(steps) else None,
    )


def waited_for(step: OnboardingStep, at: datetime) -> int:
    """The seconds for which a step has waited for the client, a wait that goes on included."""
    going_on = (at - step.waiting_since).total_seconds() if step.waiting_since else 0
    return step.waited_seconds + max(0, int(going_on))


def overdue_onboarding(actor: Actor, on: date) -> QuerySet[OnboardingStep]:
    """Steps of the actor's contracts that were due before that date, are not done and wait for nobody."""
    return OnboardingStep.objects.filter(
        Q(contract__in=visible_to(actor)), done_at__isnull=True, due_on__lt=on, waiting_since__isnull=True
    ).select_related("contract", "contract__client")

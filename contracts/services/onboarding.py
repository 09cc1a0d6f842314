"""Ticking off the onboarding checklist, and noting when a step waits for the client."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from contracts import events, permissions
from contracts.models import Contract, OnboardingStep
from events.domain.actor import Actor
from events.domain.errors import Conflict, NotAllowed
from events.services import record

DAY_SECONDS = 86_400


@transaction.atomic
def finish_step(*, actor: Actor, at: datetime, step: OnboardingStep) -> OnboardingStep:
    """Tick a step off; with the last one onboarding is over. A step that is done already stays as it was."""
    locked = _locked(actor, step)
    if locked.done_at is not None:
        return locked
    if locked.waiting_since is not None:
        _count_waiting(locked, at)
    locked.done_at, locked.done_by_id = at, actor.person_id
    locked.save()
    record(
        events.OnboardingStepDone(
            client_id=locked.contract.client_id, subject_id=locked.contract_id, key=locked.key
        ),
        at=at,
        actor=actor,
    )
    _finish_onboarding(locked, actor=actor, at=at)
    return locked


@transaction.atomic
def hold_step(*, actor: Actor, at: datetime, step: OnboardingStep) -> OnboardingStep:
    """Note that a step waits for the client from now on; it is not overdue meanwhile."""
    locked = _locked(actor, step)
    if locked.done_at is not None:
        raise Conflict("This step is done.")
    if locked.waiting_since is None:
        locked.waiting_since = at
        locked.save(update_fields=["waiting_since"])
        _record_waiting(locked, actor=actor, at=at, is_waiting=True)
    return locked


@transaction.atomic
def resume_step(*, actor: Actor, at: datetime, step: OnboardingStep) -> OnboardingStep:
    """Go on with a step that waited; its due date moves by the days it waited, rounded up."""
    locked = _locked(actor, step)
    if locked.waiting_since is not None:
        _count_waiting(locked, at)
        locked.save()
        _record_waiting(locked, actor=actor, at=at, is_waiting=False)
    return locked


def _locked(actor: Actor, step: OnboardingStep) -> OnboardingStep:
    if not permissions.may_tick_onboarding(actor, step):
        raise NotAllowed("Staff who serve the client tick steps off, points of contact those of their own.")
    Contract.objects.select_for_update(of=("self",)).get(pk=step.contract_id)
    rows = OnboardingStep.objects.select_for_update(of=("self",))
    return rows.select_related("contract", "contract__client").get(pk=step.pk)


def _finish_onboarding(step: OnboardingStep, *, actor: Actor, at: datetime) -> None:
    """Record the exit with the step that was the last; a step that is done stays so, hence there is one."""
    contract = step.contract
    steps = list(contract.onboarding.all())
    if any(one.done_at is None for one in steps):
        return
    today = at.astimezone(ZoneInfo(contract.client.zone)).date()
    record(
        events.OnboardingFinished(
            client_id=contract.client_id,
            subject_id=contract.pk,
            steps=len(steps),
            days=(today - contract.starts_on).days,
            waited_seconds=max(one.waited_seconds for one in steps),
        ),
        at=at,
        actor=actor,
    )


def _count_waiting(step: OnboardingStep, at: datetime) -> None:
    waited = int((at - (step.waiting_since or at)).total_seconds())
    step.waited_seconds += waited
    step.due_on += timedelta(days=-(-waited // DAY_SECONDS))
    step.waiting_since = None


def _record_waiting(step: OnboardingStep, *, actor: Actor, at: datetime, is_waiting: bool) -> None:
    record(
        events.OnboardingStepWaiting(
            client_id=step.contract.client_id,
            subject_id=step.contract_id,
            key=step.key,
            is_waiting=is_waiting,
        ),
        at=at,
        actor=actor,
    )

"""Planned changes: a ticket with the steps of a template, ticked off by whoever did them (domain.md §4)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record
from tickets import events, permissions
from tickets.domain.checklists import LABEL_LIMIT, STAGES
from tickets.domain.lifecycle import FINAL_STATUSES
from tickets.domain.texts import clean_line
from tickets.models import ChangeStep, Ticket
from tickets.queries import change_templates
from tickets.services.rows import locked, save_change

REMARK_LIMIT = 300


@transaction.atomic
def plan_change(*, actor: Actor, at: datetime, ticket: Ticket, template: str) -> list[ChangeStep]:
    """Give the ticket the steps of a template; each template once, else `Conflict`."""
    row = _workable(actor, ticket)
    chosen = change_templates().get(template)
    if chosen is None:
        raise Invalid("There is no such template.", fields={"template": "Choose one of the templates."})
    if row.change_steps.filter(template=template).exists():
        raise Conflict(f"{row.key} has the steps of “{chosen.title}” already.")
    steps = ChangeStep.objects.bulk_create(
        ChangeStep(
            client_id=row.client_id,
            ticket=row,
            template=chosen.key,
            title=chosen.title,
            stage=step.stage,
            position=position,
            label=step.label,
        )
        for position, step in enumerate(chosen.steps, start=1)
    )
    save_change(row, at=at)
    planned = events.ChangePlanned(
        client_id=row.client_id,
        subject_id=row.pk,
        key=row.key,
        template=chosen.key,
        title=chosen.title,
        steps=len(steps),
    )
    record(planned, at=at, actor=actor)
    return steps


@transaction.atomic
def add_change_step(
    *, actor: Actor, at: datetime, ticket: Ticket, template: str, stage: str, label: str
) -> ChangeStep:
    """Add a step of one's own to a change that the ticket has."""
    row = _workable(actor, ticket)
    first = row.change_steps.filter(template=template).first()
    words = clean_line(label)
    faults = {}
    if stage not in STAGES:
        faults["stage"] = f"Choose one of: {', '.join(STAGES.values())}."
    if not words or len(words) > LABEL_LIMIT:
        faults["label"] = f"Say what is to do, in {LABEL_LIMIT} characters at most."
    if first is None:
        faults["template"] = "Choose a change that the ticket has."
    if faults or first is None:
        raise Invalid("Some fields need another look.", fields=faults)
    last = row.change_steps.filter(template=template).aggregate(last=Max("position"))["last"]
    save_change(row, at=at)
    step = ChangeStep.objects.create(
        client_id=row.client_id,
        ticket=row,
        template=template,
        title=first.title,
        stage=stage,
        position=last + 1,
        label=words,
    )
    added = events.ChangeStepAdded(
        client_id=row.client_id, subject_id=row.pk, key=row.key, step_id=step.pk, label=step.label
    )
    record(added, at=at, actor=actor)
    return step


@transaction.atomic
def tick_change_step(*, actor: Actor, at: datetime, step: ChangeStep, remark: str = "") -> ChangeStep:
    """Tick a step off, with a remark that the client reads; one that is ticked stays as it was."""
    row = _workable(actor, step.ticket)
    held = ChangeStep.objects.select_for_update().get(pk=step.pk)
    if held.done_at is not None:
        return held
    words = clean_line(remark)
    if len(words) > REMARK_LIMIT:
        raise Invalid("The remark is too long.", fields={"remark": f"{REMARK_LIMIT} characters at most."})
    held.done_at, held.done_by_id, held.remark = at, actor.person_id, words
    return _stored(actor, at, row, held)


@transaction.atomic
def untick_change_step(*, actor: Actor, at: datetime, step: ChangeStep) -> ChangeStep:
    """Take a tick back; that it stood stays in the ticket's history. Repeating it changes nothing."""
    row = _workable(actor, step.ticket)
    held = ChangeStep.objects.select_for_update().get(pk=step.pk)
    if held.done_at is None:
        return held
    held.done_at, held.done_by_id, held.remark = None, None, ""
    return _stored(actor, at, row, held)


def _workable(actor: Actor, ticket: Ticket) -> Ticket:
    row = locked(actor, ticket)
    if not permissions.may_work(actor, row):
        raise NotAllowed("Staff plan changes and tick their steps off.")
    if row.status in FINAL_STATUSES:
        raise Conflict(f"{row.key} is {row.status}; its steps stay as they are.")
    return row


def _stored(actor: Actor, at: datetime, ticket: Ticket, step: ChangeStep) -> ChangeStep:
    step.save(update_fields=["done_at", "done_by", "remark"])
    save_change(ticket, at=at)
    ticked = events.ChangeStepTicked(
        client_id=ticket.client_id,
        subject_id=ticket.pk,
        key=ticket.key,
        step_id=step.pk,
        label=step.label,
        is_done=step.done_at is not None,
        remark=step.remark,
    )
    record(ticked, at=at, actor=actor)
    return step

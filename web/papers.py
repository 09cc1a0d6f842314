"""The steps of planned changes as both sides of the desk show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from tickets.domain.checklists import STAGES
from tickets.models import ChangeStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One heading of a change with its steps."""

    title: str
    steps: list[ChangeStep]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One planned change: its steps by stage, and how far it is."""

    template: str
    title: str
    stages: list[Stage]
    done: int
    many: int

    @property
    def is_done(self) -> bool:
        """Whether every step is ticked off."""
        return self.done == self.many


def changes_of(steps: Iterable[ChangeStep]) -> list[Change]:
    """The changes that those steps belong to, in the order in which they were planned."""
    by_template: dict[str, list[ChangeStep]] = {}
    for step in steps:
        by_template.setdefault(step.template, []).append(step)
    return [_change(template, found) for template, found in by_template.items()]


def _change(template: str, steps: list[ChangeStep]) -> Change:
    order = list(STAGES)
    steps.sort(key=lambda step: (order.index(step.stage), step.position))
    stages = [
        Stage(title=STAGES[stage], steps=list(found))
        for stage, found in groupby(steps, key=lambda step: step.stage)
    ]
    done = sum(step.done_at is not None for step in steps)
    return Change(template=template, title=steps[0].title, stages=stages, done=done, many=len(steps))

"""Everybody who has to do with one contract, and the moments its plan and calendars speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from accounts.models import Client, Person
from accounts.queries import actor_for
from contracts.domain.calendar import Calendar
from contracts.domain.plan import Objective, Plan, Target
from contracts.domain.promises import target_seconds
from contracts.models import Contract, Environment
from events.domain.actor import Actor

QUICK_SECONDS = 2 * 3600


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A contract with its people and terms; `rng` makes the same world each time."""

    client: Client
    contract: Contract
    plan: Plan
    calendars: Mapping[str, Calendar]
    pocs: tuple[Person, ...]
    requesters: tuple[Person, ...]
    engineers: tuple[Person, ...]
    lead: Person
    csm: Person
    account_executive: Person
    environments: tuple[Environment, ...]
    tickets: int
    rng: Random
    actors: dict[int, Actor]

    @property
    def business(self) -> Calendar:
        """The contract's own calendar."""
        return self.calendars["business"]

    def by(self, person: Person) -> Actor:
        """The person as an actor; rights do not change while the history is told."""
        if person.pk not in self.actors:
            self.actors[person.pk] = actor_for(person)
        return self.actors[person.pk]

    def target(self, objective: Objective, *, request_type: str, urgency: str) -> Target | None:
        """What the plan allows for that objective; None where it promises nothing."""
        return self.plan.target(objective=objective, request_type=request_type, urgency=urgency)

    def span(self, target: Target | None) -> tuple[Calendar, int]:
        """The target's calendar and seconds; where nothing is promised, two hours of the business day."""
        if target is None:
            return self.business, QUICK_SECONDS
        return self.calendars[target.calendar], target_seconds(target, calendars=self.calendars)

    def after(self, at: datetime, minutes: float) -> datetime:
        """So many open minutes of the business day later."""
        return self.business.add(at, int(minutes * 60))


def close_before(calendar: Calendar, now: datetime, *, seconds: int, used: float) -> datetime:
    """When a clock of so many seconds must have started for that share of it to be used up by now.

    Where the calendar is closed now, the share is used up at its next opening, and the start lies before.
    """
    opening = now if calendar.is_open(now) else calendar.next_open(now)
    return min(calendar.add(opening, -int(seconds * used)), now - timedelta(minutes=1))

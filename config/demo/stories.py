"""What happens to a ticket from being filed to being confirmed, as a story that yields its moments."""

from __future__ import annotations

from datetime import datetime
from random import Random

from config.demo.acts import Telling
from config.demo.desk import Desk
from config.demo.player import Story
from config.demo.script import Case
from contracts.domain.plan import Objective

#: How stories go on, in percent.
_COURSES = {"plain": 46, "asked": 24, "left": 12, "vendor": 6, "late": 8, "withdrawn": 4}

#: How many of the documents that are owed are written in time.
_EXPLAINED = 0.93


def ticket_story(desk: Desk, case: Case, *, at: datetime, seed: str) -> Story:
    """A whole ticket: filed at that moment, then whatever the dice say."""
    dice = Random(seed)  # noqa: S311 - a demo, not a secret
    telling = Telling(desk, case, dice=dice)
    course = dice.choices(list(_COURSES), weights=list(_COURSES.values()))[0]
    yield at
    telling.file(at)
    if course == "withdrawn":
        at = desk.after(at, dice.randint(10, 25))
        yield at
        telling.withdraw(at)
        return
    at = max(at, _answered_at(telling, at, is_late=course == "late"))
    yield at
    telling.decide(at)
    telling.answer(at)
    telling.begin(at)
    yield from _middle(telling, at, course)


def _middle(telling: Telling, at: datetime, course: str) -> Story:
    desk, dice = telling.desk, telling.dice
    if course == "late":
        telling.calm(at, is_over=False)
    elif course == "asked" and telling.target(Objective.STATUS_UPDATE) is None:
        at = desk.after(at, dice.randint(15, 60))
        yield at
        telling.ask(at)
        at = desk.after(at, dice.randint(60, 900))
        yield at
        telling.reply(at)
    elif course == "vendor" and telling.target(Objective.STATUS_UPDATE) is None:
        at = desk.after(at, dice.randint(30, 90))
        yield at
        telling.wait_for_vendor(at)
        at = desk.after(at, dice.randint(960, 2400))
        yield at
        telling.resume(at)
    for number in range(dice.randint(1, 3)):
        at = max(at, _updated_at(telling, at))
        if telling.target(Objective.STATUS_UPDATE) is not None:
            yield at
            telling.update(at, number)
    yield from _end(telling, at, course)


def _end(telling: Telling, at: datetime, course: str) -> Story:
    desk, dice = telling.desk, telling.dice
    calendar, seconds = desk.span(telling.target(Objective.STATUS_UPDATE))
    minutes = min(telling.case.minutes, seconds * 0.7 / 60)
    at = max(at, calendar.add(at, int(minutes * 60)))
    yield at
    telling.work(at)
    telling.solve(at)
    explained_at = desk.after(at, dice.randint(480, 1800))
    if course != "left":
        at = desk.after(at, dice.randint(30, 700))
        yield at
        telling.confirm(at)
    if telling.ticket.documents.exists() and dice.random() < _EXPLAINED:
        at = max(at, explained_at)
        yield at
        telling.explain(at)
    if course == "late":
        at = desk.after(at, 90)
        yield at
        telling.calm(at, is_over=True)


def _answered_at(telling: Telling, at: datetime, *, is_late: bool) -> datetime:
    calendar, seconds = telling.desk.span(telling.target(Objective.FIRST_RESPONSE))
    share = telling.dice.uniform(1.1, 1.7) if is_late else telling.dice.triangular(0.08, 0.95, 0.35)
    return calendar.add(at, int(seconds * share))


def _updated_at(telling: Telling, at: datetime) -> datetime:
    calendar, seconds = telling.desk.span(telling.target(Objective.STATUS_UPDATE))
    is_slow = telling.dice.random() < 0.06
    return calendar.add(at, int(seconds * (1.15 if is_slow else telling.dice.uniform(0.5, 0.9))))

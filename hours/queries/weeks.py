"""Whose weeks are handed in, and whose are not (H1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from accounts.models import Person
from hours.models import HandedWeek, TimeEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWeek:
    """A person's week with work in it that was not handed in, or changed after it was."""

    person: Person
    billed_minutes: int
    handed: HandedWeek | None


def monday_of(day: date) -> date:
    """The Monday of the week in which a day lies."""
    return day - timedelta(days=day.weekday())


def handed_week(person_id: int, *, monday: date) -> HandedWeek | None:
    """How the week was last handed in; None if it never was."""
    return HandedWeek.objects.filter(person_id=person_id, monday=monday).first()


def open_weeks(*, monday: date) -> list[OpenWeek]:
    """Everybody whose work of that week is not handed in as it stands, by name, in three statements."""
    worked = TimeEntry.objects.standing().filter(
        worked_on__gte=monday, worked_on__lt=monday + timedelta(days=7)
    )
    sums = (
        worked.order_by()
        .values("person")
        .annotate(worked=Sum("worked_minutes"), billed=Sum("billed_minutes"))
    )
    told = {row["person"]: (row["worked"], row["billed"]) for row in sums}
    last: dict[int, HandedWeek] = {}
    for week in HandedWeek.objects.filter(monday=monday).order_by("number"):
        last[week.person_id] = week
    missing = {
        person_id
        for person_id, sums_now in told.items()
        if person_id not in last
        or (last[person_id].worked_minutes, last[person_id].billed_minutes) != sums_now
    }
    return [
        OpenWeek(person=person, billed_minutes=told[person.pk][1], handed=last.get(person.pk))
        for person in Person.objects.filter(pk__in=missing).order_by("name", "id")
    ]

"""Loading the catalogue: plan and calendar files become versions that contracts can be signed under."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from contracts import events, permissions
from contracts.domain.calendar import CalendarError
from contracts.domain.canonical import digest_of, plan_to_json
from contracts.domain.plan import Plan
from contracts.models import BusinessCalendar, PlanVersion
from contracts.public_holidays import PublicHolidaysError
from contracts.reading import PlanFault, PlanFaults, read_catalogue
from contracts.reading.calendar_files import NamedCalendar
from contracts.services.calendars import store_version, with_holidays
from events.domain.actor import Actor
from events.domain.errors import NotAllowed
from events.services import record

HERE = Path(__file__).resolve().parent.parent
PLANS = HERE / "plans"
CALENDARS = HERE / "calendars"


@dataclass(slots=True)
class Loaded:
    """What a loading came to: the plans and calendars that got a new version, and how many stayed."""

    plans: list[str] = field(default_factory=list)
    calendars: list[str] = field(default_factory=list)
    unchanged: int = 0


@transaction.atomic
def load_plans(*, actor: Actor, at: datetime, plans: Path = PLANS, calendars: Path = CALENDARS) -> Loaded:
    """Read every file, and add a version for each plan and calendar that reads otherwise than before.

    Repeating it changes nothing. Raises `PlanFaults` with every fault of every file; then nothing is loaded.
    Running contracts keep the version they were signed under.
    """
    if not permissions.may_manage_catalogue(actor):
        raise NotAllowed("Administrators load plans.")
    catalogue = read_catalogue(plans=plans, calendars=calendars)
    contents = _contents(list(catalogue.calendars.values()), at)
    loaded = Loaded()
    for name, (content, named) in contents.items():
        calendar, _ = BusinessCalendar.objects.get_or_create(client=None, name=name)
        holidays = named.holidays
        made = store_version(
            actor=actor,
            at=at,
            calendar=calendar,
            content=content,
            country=(holidays.country or "") if holidays else "",
            region=(holidays.region or "") if holidays else "",
            closings=holidays.dates if holidays else {},
        )
        _note(loaded, loaded.calendars, name, is_new=made.is_new)
    for plan in catalogue.plans.values():
        _note(loaded, loaded.plans, plan.key, is_new=_load(plan, actor=actor, at=at))
    return loaded


def check_plans(*, at: datetime, plans: Path = PLANS, calendars: Path = CALENDARS) -> int:
    """Read every file as `load_plans` would, and write nothing; the number of plans, or `PlanFaults`."""
    catalogue = read_catalogue(plans=plans, calendars=calendars)
    _contents(list(catalogue.calendars.values()), at)
    return len(catalogue.plans)


def _contents(
    calendars: list[NamedCalendar], at: datetime
) -> dict[str, tuple[dict[str, object], NamedCalendar]]:
    faults: list[PlanFault] = []
    contents: dict[str, tuple[dict[str, object], NamedCalendar]] = {}
    for named in calendars:
        country = named.holidays.country if named.holidays else None
        region = named.holidays.region if named.holidays else None
        try:
            base = named.definition(holidays={})
            contents[named.key] = (
                with_holidays(base, country=country or "", region=region or "", at=at),
                named,
            )
        except CalendarError as fault:
            faults.append(PlanFault(f"{named.key}.toml", "", "weekly", str(fault)))
        except PublicHolidaysError as fault:
            faults.append(PlanFault(f"{named.key}.toml", "holidays", "country", str(fault)))
    if faults:
        raise PlanFaults(faults)
    return contents


def _load(plan: Plan, *, actor: Actor, at: datetime) -> bool:
    body = plan_to_json(plan)
    digest = digest_of(body)
    newest = PlanVersion.objects.select_for_update().filter(key=plan.key).order_by("-number").first()
    if newest is not None and newest.digest == digest:
        return False
    version, made = PlanVersion.objects.get_or_create(
        key=plan.key,
        number=newest.number + 1 if newest else 1,
        defaults={
            "title": plan.title,
            "family": plan.family,
            "body": body,
            "digest": digest,
            "loaded_at": at,
        },
    )
    if not made:
        return False  # another loading of the same files was quicker
    record(
        events.PlanLoaded(client_id=None, subject_id=version.id, key=version.key, number=version.number),
        at=at,
        actor=actor,
    )
    return True


def _note(loaded: Loaded, names: list[str], name: str, *, is_new: bool) -> None:
    if is_new:
        names.append(name)
    else:
        loaded.unchanged += 1

"""Makes plan versions from the real plan files, contracts and what belongs to them."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from accounts.models import Client, Person
from contracts.domain.canonical import digest_of, plan_to_json
from contracts.models import (
    BusinessCalendar,
    CalendarVersion,
    Contract,
    Environment,
    NamedContact,
    PlanVersion,
)
from contracts.reading.catalogue import Catalogue, read_catalogue
from tests.factories.moments import MONDAY

WEEKDAYS_9_TO_17 = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


@cache
def catalogue() -> Catalogue:
    """What the plan and calendar files say, read once a test run."""
    folder = Path(settings.BASE_DIR) / "contracts"
    return read_catalogue(plans=folder / "plans", calendars=folder / "calendars")


@cache
def plan_facts(key: str) -> Mapping[str, object]:
    """The columns of that plan's version, worked out once a test run."""
    plan = catalogue().plans[key]
    body = plan_to_json(plan)
    return {"title": plan.title, "family": plan.family, "body": body, "digest": digest_of(body)}


def make_plan_version(key: str = "total-care", *, at: datetime = MONDAY) -> PlanVersion:
    """The first version of that plan, with the provider's calendars that it may name."""
    if version := PlanVersion.objects.filter(key=key, number=1).first():
        return version
    make_provider_calendars(at=at)
    facts = deepcopy(plan_facts(key))
    return PlanVersion.objects.create(key=key, number=1, loaded_at=at, **facts)


def make_provider_calendars(*, at: datetime = MONDAY) -> None:
    """The calendars of the files that are not there yet, in three statements."""
    known = set(BusinessCalendar.objects.filter(client=None).values_list("name", flat=True))
    wanted = [one for one in catalogue().calendars.values() if one.key not in known]
    rows = BusinessCalendar.objects.bulk_create([BusinessCalendar(name=one.key) for one in wanted])
    CalendarVersion.objects.bulk_create(
        [_version(row, one.definition(holidays={}), at) for row, one in zip(rows, wanted, strict=True)]
    )


def make_contract(
    client: Client,
    plan: str = "total-care",
    *,
    name: str = "",
    starts_on: date = date(2026, 1, 1),
    at: datetime = MONDAY,
    **fields: object,
) -> Contract:
    """A contract of the client on that plan, with business hours from nine to five in the client's zone."""
    version = make_plan_version(plan, at=at)
    calendar = BusinessCalendar.objects.create(client=client, name=f"Business hours {name or plan}")
    content = {"tz": client.zone, "weekly": WEEKDAYS_9_TO_17, "holidays": {}, "overrides": {}}
    _version(calendar, content, at).save(force_insert=True)
    return Contract.objects.create(
        client=client,
        plan_version=version,
        name=name or version.title,
        starts_on=starts_on,
        calendar=calendar,
        created_at=at,
        **fields,
    )


def make_environment(contract: Contract, name: str = "Production", **fields: object) -> Environment:
    """An instance of a product under the contract."""
    facts = {"product": "Jira", "version": "10.3", **fields}
    return Environment.objects.create(client=contract.client, contract=contract, name=name, **facts)


def name_contact(contract: Contract, person: Person, *, at: datetime = MONDAY) -> NamedContact:
    """Register the person by name under the contract."""
    return NamedContact.objects.create(contract=contract, person=person, since=at)


def _version(calendar: BusinessCalendar, content: Mapping[str, object], at: datetime) -> CalendarVersion:
    digest = digest_of(content)
    return CalendarVersion(calendar=calendar, number=1, content=content, digest=digest, saved_at=at)

"""The catalogue as it was loaded: plans on offer and the provider's calendars."""

from __future__ import annotations

from functools import lru_cache

from accounts.models import Client
from contracts.domain.canonical import plan_from_json
from contracts.domain.plan import Plan
from contracts.models import CalendarVersion, PlanVersion
from events.domain.errors import NotHere


def offered_plans() -> list[Plan]:
    """The newest version of every plan, by key."""
    versions = PlanVersion.objects.newest().defer("body").order_by("key")
    return [plan_of_version(version) for version in versions]


def newest_version(key: str) -> PlanVersion:
    """The newest version of a plan; raises `NotHere` for a plan that nobody offers."""
    version = PlanVersion.objects.filter(key=key).defer("body").order_by("-number").first()
    if version is None:
        raise NotHere
    return version


def plan_of_version(version: PlanVersion) -> Plan:
    """The plan that the version states; each is read from the database once a process."""
    return plan_once_read(version.pk, version.digest)


@lru_cache(maxsize=256)
def plan_once_read(version_id: int, digest: str) -> Plan:
    """The plan of a version by its id; the digest keeps look-alike ids of other databases apart."""
    return plan_from_json(PlanVersion.objects.only("body").get(pk=version_id, digest=digest).body)


def shared_calendars() -> list[CalendarVersion]:
    """The newest version of each of the provider's calendars, by name."""
    versions = CalendarVersion.objects.current().filter(calendar__client__isnull=True)
    return list(versions.select_related("calendar").order_by("calendar__name"))


def business_calendars_of(client: Client) -> list[CalendarVersion]:
    """The newest version of each of the client's own calendars, by name."""
    versions = CalendarVersion.objects.current().filter(calendar__client=client)
    return list(versions.select_related("calendar").order_by("calendar__name"))

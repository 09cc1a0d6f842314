"""Calendars: each edit is a new immutable version, and whoever counts on it is told (S14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from accounts.models import Client
from contracts import events, permissions
from contracts.domain.calendar import Calendar, CalendarError
from contracts.domain.canonical import digest_of
from contracts.models import BusinessCalendar, CalendarVersion
from contracts.public_holidays import PublicHolidaysError, public_holidays
from events.domain.actor import Actor
from events.domain.errors import Invalid, NotAllowed
from events.services import record

YEARS_BACK = 5
YEARS_AHEAD = 10


class StoredVersion(NamedTuple):
    """A calendar version, and whether it was made just now."""

    version: CalendarVersion
    is_new: bool


@transaction.atomic
def save_calendar(
    *,
    actor: Actor,
    at: datetime,
    client: Client,
    name: str,
    content: Mapping[str, object],
    country: str = "",
    region: str = "",
    closings: Mapping[str, str] | None = None,
) -> CalendarVersion:
    """Give a client's calendar its next state: windows and zone, public holidays, and closings of its own.

    `content` is what `Calendar.from_dict` takes; `closings` maps dates to reasons. Holidays are written out
    from five years back to ten ahead. Saving what stands already changes nothing. Refused with `Invalid`:
    an unknown zone or country, a broken window, a calendar that never opens.
    """
    if not permissions.may_manage_contracts(actor, client):
        raise NotAllowed("Account executives and administrators manage calendars.")
    if not name.strip():
        raise Invalid("A calendar needs a name.", fields={"name": "Give the calendar a name."})
    try:
        full = with_holidays(
            {**content, "holidays": _named_dates(content.get("holidays")) | dict(closings or {})},
            country=country,
            region=region,
            at=at,
        )
    except CalendarError as fault:
        raise Invalid(f"This calendar cannot be used: {fault}", fields={"content": str(fault)}) from fault
    except PublicHolidaysError as fault:
        raise Invalid(f"These holidays are not known: {fault}", fields={"country": str(fault)}) from fault
    calendar, _ = BusinessCalendar.objects.get_or_create(client=client, name=name.strip())
    stored = store_version(
        actor=actor,
        at=at,
        calendar=calendar,
        content=full,
        country=country,
        region=region,
        closings=dict(closings or {}),
    )
    return stored.version


def with_holidays(
    content: Mapping[str, object], *, country: str, region: str, at: datetime
) -> dict[str, object]:
    """The calendar with the public holidays of a country written out, in canonical form.

    Always-open and span calendars have none. Raises `CalendarError` and `PublicHolidaysError`.
    """
    whole = dict(content)
    if "weekly" in whole:
        years = range(at.year - YEARS_BACK, at.year + YEARS_AHEAD + 1)
        public = dict(public_holidays(country, region or None, years)) if country else {}
        whole["holidays"] = public | _named_dates(whole.get("holidays"))
    else:
        whole.pop("holidays", None)
    return Calendar.from_dict(whole).to_dict()


def store_version(
    *,
    actor: Actor,
    at: datetime,
    calendar: BusinessCalendar,
    content: dict[str, object],
    country: str,
    region: str,
    closings: Mapping[str, str],
) -> StoredVersion:
    """Add the next version of a calendar inside the caller's transaction, unless the newest says the same."""
    BusinessCalendar.objects.select_for_update().get(pk=calendar.pk)
    digest = digest_of(content)
    newest = calendar.versions.order_by("-number").first()
    if newest is not None and newest.digest == digest:
        return StoredVersion(newest, is_new=False)
    version = CalendarVersion.objects.create(
        calendar=calendar,
        number=newest.number + 1 if newest else 1,
        content=content,
        digest=digest,
        country=country,
        region=region,
        closings=dict(closings),
        saved_at=at,
    )
    record(
        events.CalendarChanged(client_id=calendar.client_id, subject_id=calendar.pk, number=version.number),
        at=at,
        actor=actor,
    )
    return StoredVersion(version, is_new=True)


def _named_dates(holidays: object) -> dict[str, str]:
    if isinstance(holidays, Mapping):
        return {str(day): str(name) for day, name in holidays.items()}
    return {str(day): "" for day in holidays} if isinstance(holidays, list | tuple) else {}

"""Setting the hours a team keeps, and as what it works (E6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import Team
from contracts.domain.calendar import CalendarError
from contracts.public_holidays import PublicHolidaysError
from contracts.services import with_holidays
from escalation import events, permissions
from escalation.models import Baton, CrewKind, TeamHours
from events.domain.actor import Actor
from events.domain.errors import Invalid, NotAllowed
from events.services import record


@transaction.atomic
def set_team_hours(
    *,
    actor: Actor,
    at: datetime,
    team: Team,
    works_as: str,
    content: Mapping[str, object],
    country: str = "",
    holiday_region: str = "",
    closings: Mapping[str, str] | None = None,
    products: Sequence[str] = (),
    gives_by_turn: bool = False,
) -> TeamHours:
    """Say when a team works and as what; every baton is looked at anew, for shifts may end at other times.

    `content` is what `Calendar.from_dict` takes; public holidays of the country and region are written out,
    `closings` maps further dates to reasons. Raises `Invalid` for hours that cannot be read or never open.
    """
    if not permissions.may_set_hours(actor):
        raise NotAllowed("Administrators set the hours of teams.")
    if works_as not in CrewKind.values:
        raise Invalid(
            "Choose as what the team works.", fields={"works_as": "Dedicated, standard or weekend."}
        )
    hours, _ = TeamHours.objects.update_or_create(
        team=team,
        defaults={
            "kind": works_as,
            "content": _whole(content, closings or {}, country=country, region=holiday_region, at=at),
            "country": country,
            "holiday_region": holiday_region,
            "closings": dict(closings or {}),
            "products": list(dict.fromkeys(one.strip() for one in products if one.strip())),
            "gives_by_turn": gives_by_turn,
            "set_at": at,
        },
    )
    Baton.objects.update(look_at=at)
    event = events.TeamHoursSet(client_id=None, subject_id=team.pk, works_as=works_as, content=hours.content)
    record(event, at=at, actor=actor)
    return hours


def _whole(
    content: Mapping[str, object], closings: Mapping[str, str], *, country: str, region: str, at: datetime
) -> dict[str, object]:
    spec = {**content, "holidays": dict(closings)} if "weekly" in content else dict(content)
    try:
        return with_holidays(spec, country=country, region=region, at=at)
    except CalendarError as fault:
        raise Invalid(f"These hours cannot be used: {fault}", fields={"content": str(fault)}) from fault
    except PublicHolidaysError as fault:
        raise Invalid(f"These holidays are not known: {fault}", fields={"country": str(fault)}) from fault

"""Three regions round the sun and a weekend team, as tests of coverage and handoffs want them."""

from __future__ import annotations

from accounts.models import Person, Team
from accounts.services import add_team
from contracts.domain.calendar import Calendar
from escalation.domain.coverage import Crew, Kind
from escalation.services import set_team_hours
from events.domain.actor import SYSTEM
from tests.factories import MONDAY

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")

#: Region to its zone and hours: each overlaps the next by an hour or more in every season.
REGIONS: dict[str, tuple[str, list[list[str]]]] = {
    "sydney": ("Australia/Sydney", [["09:00", "19:30"]]),
    "brussels": ("Europe/Brussels", [["08:00", "18:00"]]),
    "los-angeles": ("America/Los_Angeles", [["08:00", "17:00"]]),
}
#: From Friday night to Monday morning, in Brussels.
WEEKEND = {
    "fri": [["23:00", "24:00"]],
    "sat": [["00:00", "24:00"]],
    "sun": [["00:00", "24:00"]],
    "mon": [["00:00", "03:00"]],
}


def content_of(region: str) -> dict[str, object]:
    """The hours of a region, as `Calendar.from_dict` takes them."""
    if region == "weekend":
        return {"tz": "Europe/Brussels", "weekly": WEEKEND}
    zone, windows = REGIONS[region]
    return {"tz": zone, "weekly": dict.fromkeys(WEEKDAYS, windows)}


def crew(region: str, *, team_id: int = 0, **facts: object) -> Crew:
    """A crew of the domain, without any row."""
    kind = Kind.WEEKEND if region == "weekend" else Kind.DEDICATED
    values = {"kind": kind, "calendar": Calendar.from_dict(content_of(region)), **facts}
    return Crew(team_id=team_id or sum(map(ord, region)), name=region.title(), region=region, **values)  # type: ignore[arg-type]


def ring_of_four() -> tuple[Crew, ...]:
    """All four crews."""
    return tuple(crew(region) for region in (*REGIONS, "weekend"))


def make_crew(region: str, *people: Person, **facts: object) -> Team:
    """A team of these people with its region's hours."""
    zone = "Europe/Brussels" if region == "weekend" else REGIONS[region][0]
    team = add_team(
        actor=SYSTEM, key=region, name=region.title(), region=region, zone=zone, people=list(people)
    )
    works_as = "weekend" if region == "weekend" else "dedicated"
    values = {"works_as": works_as, "content": content_of(region), **facts}
    set_team_hours(actor=SYSTEM, at=MONDAY, team=team, **values)  # type: ignore[arg-type]
    return team

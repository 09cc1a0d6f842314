"""Who is on: teams with their hours as crews, and the one answer for a contract now (E6, E7)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from accounts.models import Team
from contracts.domain.calendar import Calendar
from contracts.models import Contract
from contracts.queries import calendars_of, effective_plan
from escalation.domain.coverage import Crew, Kind
from escalation.domain.duty import Duty, Staffing, duty_at
from escalation.domain.relay import Ring
from escalation.models import TeamHours

_ALWAYS: Final = Calendar.from_dict({"always": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Every team by id, and those that keep stated hours as crews."""

    teams: Mapping[int, Team]
    crews: tuple[Crew, ...]

    def of_kind(self, kind: Kind) -> tuple[Crew, ...]:
        """The crews that work as that."""
        return tuple(one for one in self.crews if one.kind is kind)

    def crew(self, team_id: int | None, *, kind: Kind) -> Crew | None:
        """The crew of a team; one without stated hours counts as always on, as that kind."""
        if team_id is None:
            return None
        known = next((one for one in self.crews if one.team_id == team_id), None)
        if known is not None:
            return known
        team = self.teams[team_id]
        return Crew(team_id=team_id, name=team.name, region=team.region, kind=kind, calendar=_ALWAYS)


def roster() -> Roster:
    """All teams and crews, in one statement; calendars that are known cost nothing."""
    teams = {team.pk: team for team in Team.objects.select_related("hours")}
    crews = (crew_of(hours) for team in teams.values() if (hours := hours_of(team)) is not None)
    return Roster(teams=teams, crews=tuple(crews))


def hours_of(team: Team) -> TeamHours | None:
    """The team's stated hours; None where it has none."""
    found: TeamHours | None = getattr(team, "hours", None)
    return found


def crew_of(hours: TeamHours) -> Crew:
    """A team with its hours, as the domain knows it."""
    return Crew(
        team_id=hours.team_id,
        name=hours.team.name,
        region=hours.team.region,
        kind=Kind(hours.kind),
        calendar=Calendar.from_json(json.dumps(hours.content)),
        products=tuple(hours.products),
    )


def staffing_of(contract: Contract, known: Roster) -> Staffing:
    """Who may be on for a contract: the dedicated crews of its regions, the weekend's, its standard team."""
    plan = effective_plan(contract)
    calendars = calendars_of(contract)
    week = plan.coverage.dedicated_calendar
    return Staffing(
        dedicated=_dedicated(contract, known, has_week=bool(week)),
        weekend=known.of_kind(Kind.WEEKEND) if week else (),
        standard=known.crew(contract.standard_team_id, kind=Kind.STANDARD),
        dedicated_id=contract.dedicated_team_id,
        week=calendars[week] if week else None,
        business=calendars["business"],
    )


def on_for(contract: Contract, *, at: datetime, product: str = "", known: Roster | None = None) -> Duty:
    """Who is on for the contract at that moment, and why: routing, handoffs and pages all ask here (E6)."""
    return duty_at(staffing_of(contract, known or roster()), at, product=product)


def warm_ranks(contract: Contract) -> tuple[int, ...]:
    """The ranks of urgency that the contract's plan hands over warm; empty where it does not (E7)."""
    return effective_plan(contract).coverage.warm_handoff_ranks


def ring_of(contract: Contract, known: Roster) -> Ring:
    """The crews that hand a contract's critical tickets round the sun; its standard team stands in (E7)."""
    dedicated = _dedicated(contract, known, has_week=True)
    return Ring(
        crews=(*dedicated, *known.of_kind(Kind.WEEKEND)),
        stand_in=known.crew(contract.standard_team_id, kind=Kind.STANDARD),
    )


def house_ring(known: Roster) -> Ring:
    """The whole house's ring, for the board and the coverage page."""
    return Ring(crews=(*known.of_kind(Kind.DEDICATED), *known.of_kind(Kind.WEEKEND)))


def _dedicated(contract: Contract, known: Roster, *, has_week: bool) -> tuple[Crew, ...]:
    """The team that the contract names, and where its plan has several, those of its other regions."""
    own = known.crew(contract.dedicated_team_id, kind=Kind.DEDICATED)
    found = {own.team_id: own} if own is not None else {}
    if has_week:
        regions = {one.lower() for one in contract.regions}
        for crew in known.of_kind(Kind.DEDICATED):
            if not regions or crew.region.lower() in regions:
                found.setdefault(crew.team_id, crew)
    return tuple(found.values())


def teams_on(at: datetime) -> list[int]:
    """The ids of the teams whose stated hours hold that moment; one statement (E6)."""
    return [crew.team_id for crew in roster().crews if crew.is_on(at)]

"""A client on Premier Support whose critical tickets go round the sun, and what happened to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.models import Person, Team
from escalation.models import Baton, Handoff, TeamHours
from escalation.services import Brief, TierDetails, set_path, set_team_hours, sweep_handoffs
from events.domain.actor import SYSTEM
from events.models import Record
from tests.escalation.crews import make_crew
from tests.factories import MONDAY, Desk, make_desk, make_staff, make_ticket, moment, name_contact
from tickets.models import Ticket
from tickets.services import assign

BRIEF = Brief(
    findings="The proxy answers again, sign-in still fails for all 340 users.",
    tried="Restart, certificate renewed, cache cleared.",
    next_steps="Compare the sign-in plug-in with last week's copy.",
    client_told="Sanne knows of the proxy.",
    awake="Sanne, by phone",
)


@dataclass(frozen=True, kw_only=True)
class Sun:
    """Three regions and the weekend team, an engineer in each, and the client that they serve."""

    desk: Desk
    teams: dict[str, Team]
    people: dict[str, Person]

    def ticket(self, at: str = "2026-03-02 05:00", **facts: Any) -> Ticket:  # noqa: ANN401
        """A ticket of the worst urgency, with its baton."""
        from_client = {"requester": self.desk.poc, **facts}
        return make_ticket(self.desk.contract, at=moment(at), **from_client)


def make_sun(key: str = "ACME") -> Sun:
    """The client under its contract, with a path of one tier."""
    desk = make_desk(key, plan="premier-support")
    people = {
        region: make_staff(clients=(desk.client,), name=f"{region.title()} engineer")
        for region in ("sydney", "brussels", "los-angeles", "weekend")
    }
    teams = {region: make_crew(region, person) for region, person in people.items()}
    desk.contract.dedicated_team, desk.contract.standard_team = teams["brussels"], teams["weekend"]
    desk.contract.save(update_fields=["dedicated_team", "standard_team"])
    name_contact(desk.contract, desk.poc)
    tier = TierDetails(level=1, label="Duty manager", acknowledge_seconds=1800, person=desk.lead)
    set_path(actor=SYSTEM, at=MONDAY, contract=desk.contract, tiers=[tier])
    return Sun(desk=desk, teams=teams, people=people)


def baton_of(ticket: Ticket) -> tuple[str, str]:
    """Who has the ticket's baton, and when the sweep looks at it next."""
    baton = Baton.objects.select_related("team").get(ticket=ticket)
    return baton.team.key, f"{baton.look_at:%Y-%m-%d %H:%M}" if baton.look_at else ""


def chain_of(ticket: Ticket) -> list[tuple[str, str, str, str]]:
    """The ticket's handoffs: who gave, who takes, by when, and how it stands."""
    rows = Handoff.objects.filter(ticket=ticket).select_related("from_team", "to_team").order_by("ends_at")
    return [
        (row.from_team.key, row.to_team.key if row.to_team else "", f"{row.ends_at:%d %H:%M}", row.state)
        for row in rows
    ]


def said(kind: str) -> list[Record]:
    """The records of that kind, in sequence."""
    return list(Record.objects.filter(kind=kind).order_by("id"))


def shifts_of_now(sun: Sun, now: datetime) -> None:
    """Sydney ends in half an hour, Brussels has come on an hour ago; nobody else keeps hours."""
    TeamHours.objects.exclude(team__in=(sun.teams["sydney"], sun.teams["brussels"])).delete()
    _set_shift(sun, "sydney", start=now - timedelta(hours=8), end=now + timedelta(minutes=30))
    _set_shift(sun, "brussels", start=now - timedelta(hours=1), end=now + timedelta(hours=8))


def critical_now(sun: Sun, now: datetime) -> Ticket:
    """A critical ticket that Sydney has, with its brief due."""
    ticket = make_ticket(sun.desk.contract, requester=sun.desk.poc, at=now - timedelta(hours=3))
    assign(actor=SYSTEM, at=now - timedelta(hours=2), ticket=ticket, team=sun.teams["sydney"])
    sweep_handoffs(at=now)
    return ticket


def _set_shift(sun: Sun, region: str, *, start: datetime, end: datetime) -> None:
    """A team that works from the one moment to the other, and at those hours on every day."""
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    weekly = {day: [[f"{start:%H:%M}", f"{end:%H:%M}"]] for day in days}
    content = {"tz": "UTC", "weekly": weekly}
    set_team_hours(actor=SYSTEM, at=start, team=sun.teams[region], works_as="dedicated", content=content)

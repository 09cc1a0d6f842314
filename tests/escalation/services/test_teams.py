"""The hours of teams, and what follows when a contract's terms change (E6, E7)."""

from __future__ import annotations

import pytest

from escalation.models import Baton, TeamHours
from escalation.services import follow_terms, set_team_hours
from events.domain.actor import SYSTEM
from events.domain.errors import Invalid, NotAllowed
from tests.escalation.crews import content_of
from tests.escalation.handed import Sun, baton_of, said
from tests.factories import MONDAY, actor_of, make_team, moment, refused
from tickets.models import Ticket


def test_public_holidays_and_closings_are_written_out(sun: Sun) -> None:
    hours = set_team_hours(
        actor=actor_of(sun.desk.administrator),
        at=MONDAY,
        team=sun.teams["sydney"],
        works_as="dedicated",
        content=content_of("sydney"),
        country="AU",
        holiday_region="NSW",
        closings={"2026-12-24": "Christmas Eve"},
    )
    assert {"2026-01-26", "2026-12-24"} <= set(hours.content["holidays"])
    assert said("team.hours_set")[-1].subject_id == sun.teams["sydney"].pk


@pytest.mark.parametrize("role", ["engineer", "lead", "csm", "account_executive", "poc"])
def test_only_administrators_set_hours(sun: Sun, role: str) -> None:
    with refused(NotAllowed):
        set_team_hours(
            actor=actor_of(sun.desk.person(role)),
            at=MONDAY,
            team=sun.teams["sydney"],
            works_as="standard",
            content={"always": True},
        )


@pytest.mark.parametrize(
    ("works_as", "content", "field"),
    [
        ("night", {"always": True}, "works_as"),
        ("standard", {"tz": "UTC", "weekly": {}}, "content"),
        ("standard", {"tz": "Sydney", "weekly": {"mon": [["09:00", "17:00"]]}}, "content"),
    ],
)
def test_hours_that_cannot_be_used_are_refused(
    sun: Sun, works_as: str, content: dict[str, object], field: str
) -> None:
    with refused(Invalid, field=field):
        set_team_hours(actor=SYSTEM, at=MONDAY, team=sun.teams["sydney"], works_as=works_as, content=content)
    assert TeamHours.objects.count() == 4


def test_other_regions_of_a_contract_change_who_takes_over(sun: Sun, critical: Ticket) -> None:
    sun.desk.contract.regions = ["sydney", "los-angeles"]
    sun.desk.contract.dedicated_team = sun.teams["sydney"]
    sun.desk.contract.save()
    at = moment("2026-03-02 06:00")
    follow_terms(sun.desk.contract, at=at)
    assert baton_of(critical) == ("sydney", "2026-03-02 06:00")


def test_a_contract_that_gets_its_first_team_hands_over_what_is_open(sun: Sun) -> None:
    contract = sun.desk.contract
    contract.dedicated_team = contract.standard_team = None
    contract.save()
    ticket = sun.ticket()
    assert not Baton.objects.filter(ticket=ticket).exists()
    contract.dedicated_team = make_team(key="more")
    contract.save()
    follow_terms(contract, at=moment("2026-03-02 10:00"))
    assert Baton.objects.filter(ticket=ticket).exists()

"""Reading escalation paths, and who of a tier is on duty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import Person, Team
from contracts.models import Contract
from escalation.domain.ladder import Answerer, Asked, who_is_asked
from escalation.models import Tier
from escalation.queries.coverage import Roster, roster
from escalation.queries.people import is_away, present_of_teams

Duty = tuple[Asked, list[int]]


def path_of(contract: Contract) -> QuerySet[Tier]:
    """The contract's tiers from the first up, with their people; both sides may read it (E1)."""
    return Tier.objects.filter(contract=contract).select_related("person", "team", "deputy")


def on_duty(tier: Tier, *, at: datetime) -> Duty:
    """Who of a tier is asked at that moment, and everybody to tell: that person, and the tier's present team.

    Somebody is off duty while away, and while none of the teams that they work in is on (E1).
    """
    return on_duty_of([tier], at=at)[tier.pk]


def on_duty_of(tiers: Sequence[Tier], *, at: datetime) -> dict[int, Duty]:
    """The same for many tiers by id, in as many statements as for one."""
    people = {
        person.pk: person for tier in tiers for person in (tier.person, tier.deputy) if person is not None
    }
    teams = _teams_of(people)
    known = roster() if teams else None
    answerers = {pk: _answerer(person, teams[pk], known, at) for pk, person in people.items()}
    present = present_of_teams({(tier.team_id, tier.client_id) for tier in tiers if tier.team_id}, at=at)
    return {tier.pk: _duty(tier, answerers, present) for tier in tiers}


def _duty(
    tier: Tier, answerers: Mapping[int, Answerer], present: Mapping[tuple[int, int], list[int]]
) -> Duty:
    asked = who_is_asked(answerers.get(tier.person_id or 0), answerers.get(tier.deputy_id or 0))
    told = [asked.person_id] if asked.person_id is not None else []
    colleagues = present.get((tier.team_id or 0, tier.client_id), [])
    return asked, [*told, *(pk for pk in colleagues if pk not in told)]


def _teams_of(people: Iterable[int]) -> defaultdict[int, set[int]]:
    """The teams in which these people work, by person."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    links = Team.people.through.objects.filter(person__in=list(people))
    for person_id, team_id in links.values_list("person_id", "team_id"):
        found[person_id].add(team_id)
    return found


def _answerer(person: Person, teams: set[int], known: Roster | None, at: datetime) -> Answerer:
    off = ""
    if is_away(person, at):
        off = "away"
    elif known is not None:
        own = [crew for crew in known.crews if crew.team_id in teams]
        off = "off duty" if own and not any(crew.is_on(at) for crew in own) else ""
    return Answerer(person_id=person.pk, name=person.name, off=off)

"""Who of a team can be asked now: at work here, not away, and allowed to see the client."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Assignment, Person
from accounts.queries import staff

#: Roles that see every client.
_SEES_ALL = ("lead", "administrator")


def present_people(team_ids: Iterable[int], *, client_id: int, at: datetime) -> QuerySet[Person]:
    """The people of these teams who are not away and see the client, by name."""
    serving = Assignment.objects.filter(person=OuterRef("pk"), client_id=client_id)
    return (
        staff()
        .filter(teams__in=list(team_ids))
        .filter(Q(staff_role__in=_SEES_ALL) | Q(Exists(serving)))
        .exclude(away_until__gt=at)
        .distinct()
    )


def is_away(person: Person, at: datetime) -> bool:
    """Whether the person said to be away at that moment."""
    return person.away_until is not None and person.away_until > at


def present_of_teams(places: Set[tuple[int, int]], *, at: datetime) -> dict[tuple[int, int], list[int]]:
    """The same ids for many pairs of team and client, in two statements however many there are."""
    if not places:
        return {}
    rows = (
        staff()
        .filter(teams__in={team for team, _ in places})
        .exclude(away_until__gt=at)
        .order_by("name", "id")
    )
    people = list(rows.values_list("teams", "pk", "staff_role"))
    serving = set(
        Assignment.objects.filter(
            client__in={client for _, client in places}, person__in={pk for _, pk, _ in people}
        ).values_list("client_id", "person_id")
    )
    return {
        (team, client): [
            pk for own, pk, role in people if own == team and (role in _SEES_ALL or (client, pk) in serving)
        ]
        for team, client in places
    }

"""How many engineers can work for each client, by the team they are in: what coverage is really made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from accounts.models import Assignment, Duty, Team
from contracts.models import Clearance, Contract
from contracts.queries import visible_to
from events.domain.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCover:
    """A contract, how many of its client's engineers are cleared for it, and how many of them by team.

    `is_restricted` says that only the cleared may work; where it is false all who serve the client count.
    """

    contract: Contract
    serving: int
    cleared: int
    is_restricted: bool
    by_team: Mapping[int, int] = field(default_factory=dict)

    @property
    def can_work(self) -> int:
        """How many engineers can be given a ticket of the contract."""
        return self.cleared if self.is_restricted else self.serving


def cover_of_clients(actor: Actor, *, on: date) -> list[ClientCover]:
    """The contracts that the actor sees and that hold on that date, by client; four statements in all."""
    contracts = list(visible_to(actor).in_force(on).select_related("client").order_by("client__name", "id"))
    serving: defaultdict[int, set[int]] = defaultdict(set)
    duties = Assignment.objects.filter(
        client__in={one.client_id for one in contracts}, duty=Duty.SERVES, person__is_active=True
    )
    for client_id, person_id in duties.values_list("client_id", "person_id"):
        serving[client_id].add(person_id)
    cleared: defaultdict[int, set[int]] = defaultdict(set)
    for contract_id, person_id in Clearance.objects.filter(
        contract__in=contracts, ended_at__isnull=True, person__is_active=True
    ).values_list("contract_id", "person_id"):
        cleared[contract_id].add(person_id)
    teams = _teams()
    return [_cover(one, serving[one.client_id], cleared[one.pk], teams) for one in contracts]


def _cover(
    contract: Contract, serving: set[int], cleared: set[int], teams: Mapping[int, Sequence[int]]
) -> ClientCover:
    fit = serving & cleared if contract.restricts_engineers else serving
    by_team: defaultdict[int, int] = defaultdict(int)
    for person_id in fit:
        for team_id in teams.get(person_id, ()):
            by_team[team_id] += 1
    return ClientCover(
        contract=contract,
        serving=len(serving),
        cleared=len(serving & cleared),
        is_restricted=contract.restricts_engineers,
        by_team=dict(by_team),
    )


def _teams() -> dict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for person_id, team_id in Team.people.through.objects.values_list("person_id", "team_id"):
        found[person_id].append(team_id)
    return found

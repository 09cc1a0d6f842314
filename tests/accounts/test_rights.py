"""The table of rights of the domain, cell by cell."""

import pytest

from accounts.domain.rights import ROLES, Reach, Right, reach, role_reach
from events.domain.actor import SYSTEM, Actor

N, O, A = Reach.NONE, Reach.OWN, Reach.ALL  # noqa: E741 - the letters of the table below

#: As the domain states it: member, POC, engineer, lead, CSM, account executive, administrator.
STATED = {
    Right.OPEN_TICKET: (A, A, A, A, A, N, A),
    Right.SEE_TICKETS: (O, A, A, A, A, A, A),
    Right.SEE_INTERNAL_NOTES: (N, N, A, A, A, N, A),
    Right.APPROVE_FOR_CLIENT: (N, A, N, N, N, N, N),
    Right.LOG_TIME: (N, N, O, A, O, N, A),
    Right.MANAGE_CONTRACTS: (N, N, N, N, N, A, A),
    Right.ESCALATE: (O, A, A, A, A, N, A),
}
COLUMNS = ("member", "poc", "engineer", "lead", "csm", "account_executive", "administrator")
CELLS = [
    (right, role, granted)
    for right, row in STATED.items()
    for role, granted in zip(COLUMNS, row, strict=True)
]


def actor_in(role: str, *, kind: str = "person") -> Actor:
    if role in ("member", "poc", "observer"):
        return Actor(kind=kind, name="C", person_id=1, roles={5: role})
    return Actor(kind=kind, name="S", person_id=1, staff_role=role, client_ids=frozenset({5}))


@pytest.mark.parametrize(("right", "role", "granted"), CELLS)
def test_a_role_has_the_right_that_the_domain_states(right: Right, role: str, granted: Reach) -> None:
    assert role_reach(role, right) is granted
    assert reach(actor_in(role), right, 5) is granted


@pytest.mark.parametrize("right", list(Right))
def test_an_observer_only_reads_tickets(right: Right) -> None:
    expected = Reach.ALL if right is Right.SEE_TICKETS else Reach.NONE
    assert role_reach("observer", right) is expected


@pytest.mark.parametrize("right", list(Right))
@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("lead", "administrator")])
def test_no_right_reaches_a_client_that_one_does_not_see(right: Right, role: str) -> None:
    assert reach(actor_in(role), right, 6) is Reach.NONE


@pytest.mark.parametrize("right", list(Right))
def test_a_stranger_has_no_right(right: Right) -> None:
    assert reach(Actor(kind="person", name="X", person_id=9), right, 5) is Reach.NONE


@pytest.mark.parametrize("right", list(Right))
def test_an_integration_has_a_pocs_rights_except_to_decide(right: Right) -> None:
    expected = Reach.NONE if right is Right.APPROVE_FOR_CLIENT else role_reach("poc", right)
    assert reach(actor_in("poc", kind="integration"), right, 5) is expected


@pytest.mark.parametrize("right", list(Right))
def test_the_system_may_do_everything(right: Right) -> None:
    assert reach(SYSTEM, right, 5) is Reach.ALL

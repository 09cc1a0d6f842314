"""Golden rules: both sides propose, a point of contact agrees or declines for the client."""

import pytest
from django.utils import timezone

from contracts.models import SopVersion
from contracts.services import propose_rule
from tests.factories import Desk, actor_of
from tests.web.portal.conftest import EnterAs


@pytest.fixture
def proposed(desk: Desk) -> SopVersion:
    """A rule that the provider proposes."""
    return propose_rule(
        actor=actor_of(desk.csm),
        at=timezone.now(),
        contract=desk.contract,
        title="Ask before restarts",
        body="Always.",
    )


def state(version: SopVersion) -> tuple[bool, bool]:
    """Whether the client has agreed, and whether it was declined."""
    version.refresh_from_db()
    return version.client_agreed_at is not None, version.declined_at is not None


def test_a_point_of_contact_agrees(enter: EnterAs, proposed: SopVersion) -> None:
    assert "Ask before restarts" in enter().page("sops")
    enter().post("agree", version_id=proposed.pk)
    assert state(proposed) == (True, False)


def test_a_point_of_contact_declines_with_a_reason(enter: EnterAs, proposed: SopVersion) -> None:
    enter().post("decline", {"reason": "Too slow for us."}, version_id=proposed.pk)
    assert state(proposed) == (False, True)


@pytest.mark.parametrize("role", ["member", "observer"])
def test_others_read_and_do_not_decide(enter: EnterAs, proposed: SopVersion, role: str) -> None:
    assert "Agree</button>" not in enter(role).page("sops")
    assert enter(role).post("agree", version_id=proposed.pk).status_code == 403
    assert state(proposed) == (False, False)


def test_another_clients_rules_are_not_here(enter: EnterAs, other: Desk, proposed: SopVersion) -> None:
    door = enter(person=other.poc, slug="orca")
    assert "Ask before restarts" not in door.page("sops")
    assert door.post("agree", version_id=proposed.pk).status_code == 404
    assert state(proposed) == (False, False)


def test_a_point_of_contact_proposes(enter: EnterAs, desk: Desk) -> None:
    rule = {"contract": desk.contract.pk, "title": "No changes on Fridays", "body": "From noon on."}
    assert enter().post("sops", rule).status_code == 302
    assert "No changes on Fridays" in enter("observer").page("sops")


def test_nothing_is_proposed_for_another_clients_contract(enter: EnterAs, other: Desk) -> None:
    rule = {"contract": other.contract.pk, "title": "No changes on Fridays", "body": "From noon on."}
    assert enter().post("sops", rule).status_code == 422
    assert not SopVersion.objects.exists()

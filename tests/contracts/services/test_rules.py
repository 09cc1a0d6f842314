"""Golden rules are in force from the moment when both sides have agreed."""

from datetime import timedelta
from typing import Any

import pytest

from contracts.models import SopVersion
from contracts.queries import governing_sops, sops_in_force, sops_visible_to
from contracts.services import agree_to_rule, decline_rule, propose_rule
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.models import Record
from tests.contracts.conftest import Refusal
from tests.factories import MONDAY, Desk, actor_of, make_desk

LATER = MONDAY + timedelta(days=1)


def propose(desk: Desk, by: str = "poc", **facts: Any) -> SopVersion:  # noqa: ANN401 - as the service takes them
    given = {"title": "Fridays", "body": "No changes on Fridays.", **facts}
    return propose_rule(actor=actor_of(desk.person(by)), at=MONDAY, contract=desk.contract, **given)


def agree(desk: Desk, version: SopVersion, by: str) -> SopVersion:
    return agree_to_rule(actor=actor_of(desk.person(by)), at=LATER, version=version)


def in_force(desk: Desk) -> list[str]:
    return [version.body for version in sops_in_force(desk.contract, LATER)]


def test_a_proposal_of_the_client_waits_for_the_provider(desk: Desk) -> None:
    version = propose(desk)
    assert (version.client_agreed_by, version.provider_agreed_by) == (desk.poc, None)
    assert in_force(desk) == []


def test_it_is_in_force_once_both_sides_agreed(desk: Desk) -> None:
    version = agree(desk, propose(desk), by="csm")
    assert version.in_force_at == LATER
    assert in_force(desk) == ["No changes on Fridays."]


def test_a_proposal_of_the_provider_waits_for_the_client(desk: Desk) -> None:
    version = propose(desk, by="csm")
    assert in_force(desk) == []
    assert agree(desk, version, by="poc").in_force_at == LATER


def test_an_engineers_proposal_waits_for_both(desk: Desk) -> None:
    version = propose(desk, by="engineer")
    assert agree(desk, version, by="poc").in_force_at is None
    assert agree(desk, SopVersion.objects.get(pk=version.pk), by="csm").in_force_at == LATER


def test_agreeing_again_changes_nothing(desk: Desk) -> None:
    version = propose(desk)
    agree(desk, version, by="poc")
    assert Record.objects.filter(kind="sop.agreed").count() == 1


def test_rules_are_numbered_within_their_contract(desk: Desk) -> None:
    first, second = propose(desk), propose(desk, title="Approvals")
    assert (first.sop.number, second.sop.number) == (1, 2)


def test_a_new_wording_leaves_the_old_in_force_until_it_is_agreed(desk: Desk) -> None:
    old = agree(desk, propose(desk), by="csm")
    new = propose(desk, body="No changes on Fridays after noon.", sop=old.sop)
    assert (new.number, in_force(desk)) == (2, ["No changes on Fridays."])
    agree(desk, new, by="csm")
    assert in_force(desk) == ["No changes on Fridays after noon."]


def test_older_wordings_stay_readable(desk: Desk) -> None:
    old = agree(desk, propose(desk), by="csm")
    agree(desk, propose(desk, body="Never.", sop=old.sop), by="csm")
    assert [version.body for version in old.sop.versions.all()] == ["Never.", "No changes on Fridays."]


def test_an_overtaken_wording_can_no_longer_be_agreed(desk: Desk, refused: Refusal) -> None:
    stale = propose(desk)
    agree(desk, propose(desk, body="Never.", sop=stale.sop), by="csm")
    with refused(Conflict, "newer wording"):
        agree(desk, stale, by="csm")


def test_a_declined_wording_is_told_with_its_reason_and_stays_out(desk: Desk, refused: Refusal) -> None:
    version = propose(desk)
    decline_rule(actor=actor_of(desk.csm), at=LATER, version=version, reason="Too strict")
    assert Record.objects.get(kind="sop.declined").data == {"number": 1, "reason": "Too strict"}
    with refused(Conflict, "declined"):
        agree(desk, version, by="csm")


def test_declining_needs_a_reason(desk: Desk, refused: Refusal) -> None:
    version = propose(desk)
    with refused(Invalid, "Say why"):
        decline_rule(actor=actor_of(desk.csm), at=LATER, version=version, reason=" ")


def test_what_is_in_force_cannot_be_declined(desk: Desk, refused: Refusal) -> None:
    version = agree(desk, propose(desk), by="csm")
    with refused(Conflict, "in force"):
        decline_rule(actor=actor_of(desk.poc), at=LATER, version=version, reason="No")


def test_a_rule_governs_the_categories_it_names(desk: Desk) -> None:
    agree(desk, propose(desk, categories=["automation"], approval_role="poc"), by="csm")
    found = governing_sops(desk.contract, service_key="automation", at=LATER)
    assert [version.approval_role for version in found] == ["poc"]
    assert governing_sops(desk.contract, service_key="reporting", at=LATER) == []


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"title": " "}, "needs a title"),
        ({"body": ""}, "needs a title"),
        ({"categories": ["cooking"]}, "no service called cooking"),
        ({"approval_role": "king"}, "Nobody has that role"),
    ],
)
def test_a_rule_that_could_not_be_kept_is_refused(
    facts: dict[str, Any], words: str, desk: Desk, refused: Refusal
) -> None:
    with refused(Invalid, words):
        propose(desk, **facts)


@pytest.mark.parametrize("role", ["member", "observer", "account_executive"])
def test_others_propose_nothing(role: str, desk: Desk, refused: Refusal) -> None:
    with refused(NotAllowed, "propose golden rules"):
        propose(desk, by=role)


@pytest.mark.parametrize("role", ["member", "engineer", "lead"])
def test_others_agree_and_decline_nothing(role: str, desk: Desk, refused: Refusal) -> None:
    version = propose(desk)
    with refused(NotAllowed, "agrees for the client"):
        agree(desk, version, by=role)
    with refused(NotAllowed, "declines for the client"):
        decline_rule(actor=actor_of(desk.person(role)), at=LATER, version=version, reason="No")


def test_rules_show_to_the_people_of_their_client_alone(desk: Desk) -> None:
    version = propose(desk)
    assert list(sops_visible_to(actor_of(desk.observer))) == [version.sop]
    assert list(sops_visible_to(actor_of(make_desk("OTHER").poc))) == []

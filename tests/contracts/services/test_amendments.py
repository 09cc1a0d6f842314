"""What is agreed with one client overlays its plan; the plan's version changes by hand alone."""

from typing import Any

import pytest

from contracts.domain.canonical import digest_of, plan_to_json
from contracts.domain.plan import Objective
from contracts.models import Amendment, Contract, PlanVersion
from contracts.queries import contract_for, effective_plan, plan_of_version, version_difference
from contracts.services import amend, move_to_version
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.models import Record
from tests.contracts.conftest import Refusal
from tests.factories import MONDAY, Desk, actor_of, make_plan_version

CRITICAL = "targets.first_response.incident.critical"


def agree(desk: Desk, path: str, value: object, by: str = "administrator", **words: str) -> Amendment:
    said = {"reason": "Launch year", "agreed_by_client": "Ann Smith", **words}
    return amend(
        actor=actor_of(desk.person(by)), at=MONDAY, contract=desk.contract, path=path, value=value, **said
    )


def next_version(version: PlanVersion, **changes: Any) -> PlanVersion:  # noqa: ANN401 - whatever the service takes
    body = {**plan_to_json(plan_of_version(version)), **changes}
    return PlanVersion.objects.create(
        key=version.key,
        number=version.number + 1,
        title=version.title,
        family=version.family,
        body=body,
        digest=digest_of(body),
        loaded_at=MONDAY,
    )


def move(desk: Desk, version: PlanVersion, by: str = "administrator") -> Contract:
    return move_to_version(
        actor=actor_of(desk.person(by)), at=MONDAY, contract=desk.contract, version=version
    )


def test_an_amendment_holds_for_its_contract(desk: Desk) -> None:
    agree(desk, CRITICAL, {"seconds": 900})
    plan = effective_plan(desk.contract)
    target = plan.target(objective=Objective.FIRST_RESPONSE, request_type="incident", urgency="critical")
    assert target is not None
    assert target.seconds == 900


def test_the_plan_version_stays_as_it_was(desk: Desk) -> None:
    agree(desk, "close_after_days", 3)
    assert plan_of_version(desk.contract.plan_version).close_after_days == 7


def test_it_keeps_who_agreed_and_why(desk: Desk) -> None:
    amendment = agree(desk, "close_after_days", 3)
    assert (amendment.agreed_by_provider, amendment.agreed_by_client) == (desk.administrator, "Ann Smith")
    assert Record.objects.get(kind="contract.amended").data == {
        "path": "close_after_days",
        "value": 3,
        "reason": "Launch year",
    }


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("colour", "green", "states nothing"),
        ("title", "Ours", "cannot be agreed otherwise"),
        ("close_after_days", "soon", "not a str"),
        ("calendars", ["lunar"], "unknown calendar"),
        ("urgencies.low", {"rank": 1}, "rank 4 stands 0 times"),
        ("promise_wording", "We guarantee it.", "S18"),
        (CRITICAL, {"seconds": 0}, "above nothing"),
        (CRITICAL, {"seconds": -60}, "above nothing"),
        (CRITICAL, {"calendar": "24x7"}, "unknown calendar '24x7'"),
        ("hours.increment_minutes", 0, "at least 1"),
        ("at_risk_percent", 101, "between 1 and 100"),
        ("commitment", "hope", "not a valid Commitment"),
    ],
)
def test_what_would_break_the_plan_is_refused(
    path: str, value: object, words: str, desk: Desk, refused: Refusal
) -> None:
    with refused(Invalid, words):
        agree(desk, path, value)


@pytest.mark.parametrize("missing", ["reason", "agreed_by_client"])
def test_an_amendment_needs_its_reason_and_who_agreed(missing: str, desk: Desk, refused: Refusal) -> None:
    with refused(Invalid, "needs its reason"):
        agree(desk, "close_after_days", 3, **{missing: " "})


@pytest.mark.parametrize("role", ["poc", "engineer", "csm"])
def test_others_agree_to_nothing(role: str, desk: Desk, refused: Refusal) -> None:
    with refused(NotAllowed, "agrees to amendments"):
        agree(desk, "close_after_days", 3, by=role)


def test_a_counted_channel_is_no_longer_exempt(desk: Desk) -> None:
    desk.contract.counted_channels = ["email"]
    assert effective_plan(desk.contract).exempt_channels == ("phone", "chat")


def test_a_running_contract_keeps_its_version_until_it_is_moved(desk: Desk) -> None:
    newer = next_version(desk.contract.plan_version, close_after_days=3)
    admin = actor_of(desk.administrator)
    assert effective_plan(contract_for(admin, desk.contract.pk)).close_after_days == 7
    move(desk, newer)
    assert effective_plan(contract_for(admin, desk.contract.pk)).close_after_days == 3


def test_the_difference_can_be_shown_before_a_move_and_is_told_with_it(desk: Desk) -> None:
    newer = next_version(desk.contract.plan_version, close_after_days=3)
    shown = version_difference(desk.contract.plan_version, newer)
    assert [(one.path, one.before, one.after) for one in shown] == [("close_after_days", 7, 3)]
    move(desk, newer)
    assert Record.objects.get(kind="contract.moved").data == {
        "before": 1,
        "after": 2,
        "changed": ["close_after_days"],
    }


def test_amendments_go_along(desk: Desk) -> None:
    agree(desk, CRITICAL, {"seconds": 900})
    moved = move(desk, next_version(desk.contract.plan_version, close_after_days=3))
    plan = effective_plan(moved)
    assert (plan.close_after_days, plan.targets[0].seconds) == (3, 900)


def test_a_version_that_an_amendment_does_not_fit_is_refused(desk: Desk, refused: Refusal) -> None:
    agree(desk, "terms.remote-delivery.text", "On site on Mondays.")
    newer = next_version(desk.contract.plan_version, terms=[])
    with refused(Invalid, "does not fit"):
        move(desk, newer)


def test_a_contract_does_not_move_to_another_plan(desk: Desk, refused: Refusal) -> None:
    other = make_plan_version("select")
    with refused(Invalid, "versions of one plan"):
        move(desk, other)


def test_a_contract_does_not_move_to_where_it_is(desk: Desk, refused: Refusal) -> None:
    with refused(Conflict, "already"):
        move(desk, desk.contract.plan_version)


def test_a_csm_does_not_move_contracts(desk: Desk, refused: Refusal) -> None:
    newer = next_version(desk.contract.plan_version)
    with refused(NotAllowed, "move contracts"):
        move(desk, newer, by="csm")

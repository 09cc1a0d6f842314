"""The dry run before filing: what counts, when it is answered, what it costs, who may open it (§3.1, 3.2)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from contracts.models import MaintenanceWindow
from slo.queries import preview
from tests.api.conftest import Caller, caller_of_client
from tests.factories import Desk, make_desk, make_environment, name_contact
from tickets.models import Ticket


@pytest.fixture
def premier(db: None) -> Desk:
    """A client on Premier, with one named contact."""
    desk = make_desk("PREM", plan="premier-support")
    name_contact(desk.contract, desk.poc)
    return desk


def ask(desk: Desk, caller: Caller, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """What the plan answers to a request of the worst level."""
    asked = {"contract": desk.contract.pk, "request_type": "incident", "urgency": "level-1", **more}
    answer = caller.post("coverage", asked)
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def first_due(told: dict[str, Any]) -> datetime:
    """By when the first response would be there."""
    due = next(one["due_at"] for one in told["preview"] if one["objective"] == "first_response")
    return datetime.fromisoformat(due)


@pytest.mark.parametrize(("is_production", "level"), [(True, "level-1"), (False, "level-4")])
def test_outside_production_everything_is_level_4(premier: Desk, is_production: bool, level: str) -> None:
    environment = make_environment(premier.contract, is_production=is_production)
    told = ask(premier, caller_of_client(premier), environment=environment.pk)
    assert told["urgency"] == level


def test_only_named_contacts_open_it_and_they_are_named(premier: Desk) -> None:
    caller = caller_of_client(premier)
    told = ask(premier, caller, requester=premier.poc.email)
    assert told["may_open"] == {"allowed": True, "code": "", "why": "", "way_out": ""}
    assert [one["name"] for one in told["opened_by"]] == [premier.poc.name]
    refused = ask(premier, caller, requester=premier.member.email)["may_open"]
    assert (refused["allowed"], refused["code"]) == (False, "not_named")
    assert premier.poc.name in refused["why"]
    assert "Ask one of them" in refused["way_out"]


def test_where_nobody_is_named_every_member_opens_it(desk: Desk, jira: Caller) -> None:
    told = ask(desk, jira, urgency="low", requester=desk.member.email)
    assert (told["may_open"]["allowed"], told["opened_by"]) == (True, None)
    assert ask(desk, jira, urgency="low")["may_open"] is None


def test_an_observer_is_told_whom_to_ask(desk: Desk, jira: Caller) -> None:
    told = ask(desk, jira, urgency="low", requester=desk.observer.email)
    assert told["may_open"]["code"] == "observer"


def test_people_of_others_are_not_there(desk: Desk, other_desk: Desk, jira: Caller) -> None:
    asked = {
        "contract": desk.contract.pk,
        "request_type": "incident",
        "urgency": "low",
        "requester": other_desk.poc.email,
    }
    answer = jira.post("coverage", asked)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "requester")


@pytest.mark.parametrize(
    ("plan", "urgency", "kind", "draws"),
    [("total-care", "low", "incident", True), ("managed-self-hosted", "low", "outage-incident", False)],
)
def test_it_says_whether_hours_are_drawn(db: None, plan: str, urgency: str, kind: str, draws: bool) -> None:
    desk = make_desk("PLAN", plan=plan)
    told = ask(desk, caller_of_client(desk), urgency=urgency, request_type=kind)
    assert told["draws_hours"] is draws


def test_what_the_plan_leaves_out_draws_nothing_and_promises_nothing(desk: Desk, jira: Caller) -> None:
    told = ask(desk, jira, urgency="low", category="licensing")
    assert (told["covered"], told["draws_hours"], told["preview"]) == (False, False, [])
    assert told["exempt_reason"]
    assert "file it anyway" in told["way_out"]


def test_announced_maintenance_moves_the_answer_as_it_moves_the_clock(db: None) -> None:
    desk = make_desk("HOST", plan="managed-self-hosted")
    environment = make_environment(desk.contract)
    asked = {"urgency": "critical", "request_type": "outage-incident"}
    now = timezone.now()
    MaintenanceWindow.objects.create(
        environment=environment,
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=2),
        announced_at=now - timedelta(days=1),
        announced_by="Bram",
        summary="Upgrade",
    )
    told = ask(desk, caller_of_client(desk), environment=environment.pk, **asked)
    assert abs(first_due(told) - (now + timedelta(hours=2, minutes=30))) < timedelta(minutes=1)
    clocks = preview(desk.contract, at=datetime.now(UTC), environment=environment, **asked)
    clock = next(one for one in clocks if one.objective == "first_response")
    assert clock.due_at is not None
    assert abs(first_due(told) - clock.due_at) < timedelta(minutes=1)


def test_asking_leaves_no_trace(premier: Desk) -> None:
    ask(premier, caller_of_client(premier), requester=premier.poc.email)
    assert not Ticket.objects.exists()

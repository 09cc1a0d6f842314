"""Plans, contracts and what surrounds them; reports; webhooks; the documents."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.test import Client as Browser
from drf_spectacular.settings import patched_settings

from api import schema
from contracts.models import Environment, MaintenanceWindow, OnboardingStep
from events.models import Record
from notify.models import Delivery, Endpoint
from proactive.services.planning import make_programmes
from tests.api.conftest import ROOT, Caller, caller_of_client
from tests.factories import MONDAY, Desk, make_contract, make_environment, make_plan_version, reply
from tickets.models import Ticket


@pytest.fixture
def own(desk: Desk) -> str:
    """The contract's address."""
    return f"contracts/{desk.contract.pk}"


def test_a_plan_states_everything(desk: Desk, jira: Caller) -> None:
    make_plan_version("idalko-premium")
    told = jira.get("plans/idalko-premium").json()
    assert told["commitment"] == "guarantee"
    assert [one["rank"] for one in told["urgencies"]] == [1, 2, 3, 4]
    assert {one["objective"] for one in told["targets"]} == {
        "first_response",
        "intervention",
        "status_update",
    }
    assert {one["seconds"] for one in told["status_updates"]} == {7200}
    assert told["pauses"][0]["status"] == "waiting_on_client"
    assert [one["key"] for one in jira.get("plans").json()["results"]] == ["idalko-premium", "total-care"]
    assert jira.get("plans/gold").status_code == 404


def test_a_contract_says_what_it_is_under(desk: Desk, other_desk: Desk, jira: Caller, own: str) -> None:
    told = jira.get(own).json()
    assert (told["client"], told["plan"], told["version"]) == ("ACME", "total-care", 1)
    assert jira.get(f"contracts/{other_desk.contract.pk}").content == jira.get("contracts/999").content
    assert [one["id"] for one in jira.get("contracts").json()["results"]] == [desk.contract.pk]


def test_coverage_is_asked_without_a_trace(desk: Desk, jira: Caller) -> None:
    asked = {"contract": desk.contract.pk, "request_type": "incident", "urgency": "critical"}
    told = jira.post("coverage", asked).json()
    assert (told["covered"], told["draws_hours"]) == (True, True)
    (promise,) = told["preview"]
    assert (promise["objective"], promise["target_seconds"]) == ("first_response", 1800)
    assert not Ticket.objects.exists()
    answer = jira.post("coverage", {**asked, "category": "no such thing"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "category")


def test_instances_are_kept_by_the_client(desk: Desk, jira: Caller, own: str) -> None:
    told = jira.post(f"{own}/environments", {"name": "Test", "product": "Jira", "is_production": False})
    assert (told.status_code, told.json()["is_production"]) == (201, False)
    address = f"{own}/environments/{told.json()['id']}"
    changed = jira.patch(address, {"version": "10.4"}, If_Match=told["ETag"])
    assert (changed.json()["version"], changed.json()["name"]) == ("10.4", "Test")
    assert jira.patch(address, {"version": "10.5"}, If_Match=told["ETag"]).status_code == 412
    assert jira.delete(address).status_code == 204
    assert Environment.objects.get().retired_at is not None
    assert jira.post(f"{own}/environments", {"name": "Test", "product": "Jira"}).status_code == 409


def test_maintenance_is_announced_and_called_off(desk: Desk, jira: Caller, own: str) -> None:
    environment = make_environment(desk.contract)
    begins = datetime.now(tz=UTC) + timedelta(days=1)
    asked = {
        "environment": environment.pk,
        "starts_at": begins.isoformat(),
        "ends_at": (begins + timedelta(hours=2)).isoformat(),
        "summary": "Upgrade",
        "told": ["Ops"],
    }
    told = jira.post(f"{own}/maintenance-windows", asked)
    assert (told.status_code, told.json()["excludes"]) == (201, True)
    assert (
        jira.post(f"{own}/maintenance-windows", {**asked, "starts_at": "2026-03-02T09:00:00"}).status_code
        == 400
    )
    assert jira.delete(f"{own}/maintenance-windows/{told.json()['id']}").status_code == 204
    assert MaintenanceWindow.objects.get().cancelled_at is not None


def test_golden_rules_are_proposed_and_agreed_by_people(
    own: str, staff: Callable[[str], Caller], jira: Caller
) -> None:
    told = staff("csm").post(f"{own}/sops", {"title": "Never on Fridays", "body": "No change on Fridays."})
    assert told.status_code == 201
    assert told.json()["provider_agreed_at"] is not None
    (rule,) = jira.get(f"{own}/sops").json()["results"]
    assert (rule["title"], len(rule["versions"])) == ("Never on Fridays", 1)
    assert jira.post(f"{own}/sops", {"title": "x", "body": "y"}).status_code == 403


def test_onboarding_steps_are_ticked(desk: Desk, engineer: Caller, jira: Caller, own: str) -> None:
    OnboardingStep.objects.create(
        contract=desk.contract, key="kick-off", label="Kick-off", owner="provider", due_on=MONDAY.date()
    )
    assert jira.post(f"{own}/onboarding", {"step": "kick-off", "state": "done"}).status_code == 403
    assert engineer.post(f"{own}/onboarding", {"step": "kick-off", "state": "done"}).json()["done_at"]
    assert jira.get(f"{own}/onboarding").json()["results"][0]["key"] == "kick-off"
    assert engineer.post(f"{own}/onboarding", {"step": "lunch", "state": "done"}).status_code == 422


def test_programmes_and_their_deliveries_are_shown(desk: Desk, jira: Caller, own: str) -> None:
    make_programmes(at=MONDAY, contract=desk.contract)
    told = jira.get(f"{own}/programmes").json()["results"]
    assert told
    assert {one["service"] for one in jira.get(f"{own}/occurrences?limit=100").json()["results"]} <= {
        one["service"] for one in told
    }


def test_service_levels_are_reported(desk: Desk, ticket: Ticket, jira: Caller) -> None:
    reply(ticket, desk.engineer, at=MONDAY + timedelta(minutes=5))
    told = jira.get("reports/service-levels?from=2026-03-01&to=2026-03-31&group_by=urgency,month").json()
    assert told["results"][0]["group"] == {"urgency": "critical", "month": "2026-03"}
    assert (told["total"]["met"], told["total"]["compliance"]) == (1, 1.0)
    for query in ("from=2026-03-01", "from=2026-03-01&to=soon"):
        assert jira.get(f"reports/service-levels?{query}").status_code == 400
    wrong = jira.get("reports/service-levels?from=2026-03-02&to=2026-03-01&group_by=colour")
    assert {one["field"] for one in wrong.json()["errors"]} == {"to", "group_by"}


@pytest.fixture
def hook(jira: Caller, settings: Any) -> dict[str, Any]:  # noqa: ANN401
    """A webhook of the client's own system."""
    settings.OUTBOUND_ALLOW = ["127.0.0.1"]
    made: dict[str, Any] = jira.post("webhooks", {"url": "https://127.0.0.1/hook"}).json()
    return made


def test_a_client_manages_its_webhooks(hook: dict[str, Any], jira: Caller) -> None:
    address = f"webhooks/{hook['id']}"
    assert "secret" not in jira.get(address).json()
    changed = jira.patch(address, {"label": "Ops", "kinds": ["ticket.opened"], "state": "suspended"}).json()
    assert (changed["label"], changed["kinds"]) == ("Ops", ["ticket.opened"])
    assert changed["suspended_at"] is not None
    assert jira.patch(address, {"state": "active"}).json()["suspended_at"] is None
    assert jira.post(f"{address}/secret").json()["secret"] != hook["secret"]
    assert jira.delete(address).status_code == 204
    assert (jira.get(address).status_code, Endpoint.objects.living().count()) == (404, 0)


def test_webhooks_of_others_are_not_there(
    hook: dict[str, Any], other_desk: Desk, engineer: Caller, staff: Callable[[str], Caller]
) -> None:
    for caller in (caller_of_client(other_desk), engineer):
        assert caller.get(f"webhooks/{hook['id']}").status_code == 404
        assert caller.get("webhooks").json()["results"] == []
    assert [one["id"] for one in staff("administrator").get("webhooks").json()["results"]] == [hook["id"]]


def test_a_key_of_one_contract_manages_that_ones_webhooks(hook: dict[str, Any], desk: Desk) -> None:
    bound = caller_of_client(desk, contract=make_contract(desk.client, "premier-support"))
    assert bound.get(f"webhooks/{hook['id']}").status_code == 404
    assert bound.get("webhooks").json()["results"] == []


def test_a_delivery_is_sent_again(hook: dict[str, Any], ticket: Ticket, jira: Caller) -> None:
    row = Delivery.objects.create(
        record=Record.objects.latest("id"), client_id=ticket.client_id, endpoint_id=hook["id"],
        channel="webhook", target="endpoint", state="failed", message_id="msg_1", created_at=MONDAY,
    )  # fmt: skip
    (told,) = jira.get(f"webhooks/{hook['id']}/deliveries").json()["results"]
    assert (told["id"], told["state"]) == (row.pk, "failed")
    again = jira.post(f"webhooks/{hook['id']}/deliveries/{row.pk}/redeliver")
    assert (again.status_code, again.json()["state"]) == (202, "waiting")


def test_the_clients_document_names_nothing_of_staff(desk: Desk, jira: Caller, engineer: Caller) -> None:
    answer = Browser().get(f"{ROOT}openapi.json")
    document = answer.json()
    assert (answer.status_code, document["openapi"]) == (200, "3.1.0")
    assert "Staff" not in json.dumps(document["components"])
    assert "post" not in document["paths"]["/api/v1/time-entries"]
    assert jira.get("openapi-staff.json").status_code == 404
    assert "StaffTicket" in engineer.get("openapi-staff.json").json()["components"]["schemas"]


def test_signed_in_staff_read_their_document(desk: Desk) -> None:
    browser = Browser()
    assert b"/api/v1/openapi.json" in browser.get("/api/docs").content
    browser.force_login(desk.engineer)
    assert b"/api/v1/openapi-staff.json" in browser.get("/api/docs").content
    assert browser.get(f"{ROOT}openapi-staff.json").status_code == 200
    browser.force_login(desk.poc)
    assert browser.get(f"{ROOT}openapi-staff.json").status_code == 404


@pytest.mark.parametrize(
    ("name", "audience"), [("openapi.json", "ForClients"), ("openapi-staff.json", "ForStaff")]
)
def test_the_documents_are_those_that_the_code_makes(name: str, audience: str) -> None:
    with patched_settings(schema.SETTINGS):
        made = getattr(schema, audience)().get_schema(request=None, public=True)
    stored = json.loads((Path(project.BASE_DIR) / "api" / name).read_text())
    assert json.loads(json.dumps(made)) == stored

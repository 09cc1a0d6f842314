"""Interconnections and webhooks in the portal."""

from __future__ import annotations

import json
import re

import pytest
from django.utils import timezone

from accounts.models import ApiKey
from accounts.queries import actor_by_key
from contracts.models import Interconnection
from contracts.services import assess_interconnection
from events.domain.errors import NotHere
from notify.models import Attempt, Delivery, Endpoint, State
from notify.services import add_endpoint, dispatch
from tests.factories import MONDAY, Desk, actor_of, make_ticket
from tests.factories.joined import SOUND, ask_for_interconnection, make_interconnection
from tests.web.portal.conftest import EnterAs

WISH = {"name": "Jira", "product": "Jira 10", "wishes": "Incidents, both ways."}
SAMPLE = json.dumps({"key": "OPS-1", "fields": {"summary": "Down", "priority": {"name": "Blocker"}}})
FIELDS = "\n".join(
    [
        "external_reference = key",
        "subject = fields.summary",
        "urgency = fields.priority.name",
        "request_type = =incident",
    ]
)
URL = "https://192.0.2.8/in"
HOOK = {"url": URL, "label": "Their bus", "kinds": ["ticket.opened"]}


def secret_in(page: str) -> str:
    """The secret that a page shows."""
    found = re.search(r'id="secret" value="([^"]+)"', page)
    assert found, "no secret is shown"
    return found[1]


def test_a_point_of_contact_asks_for_one_and_agrees_to_the_assessment(desk: Desk, enter: EnterAs) -> None:
    door = enter()
    door.post("interconnections", {**WISH, "contract": desk.contract.pk})
    made = Interconnection.objects.get()
    assert "Waits for assessment" in door.page("interconnections")
    assess_interconnection(actor=actor_of(desk.csm), at=MONDAY, interconnection=made, assessment=SOUND)
    assert "It has an API of its own." in door.page("interconnection", interconnection_id=made.pk)
    door.post("agree_interconnection", interconnection_id=made.pk)
    made.refresh_from_db()
    assert (made.client_agreed_by, made.in_force_at) == (desk.poc, None)


def test_a_wish_without_words_comes_back_with_what_was_typed(desk: Desk, enter: EnterAs) -> None:
    answer = enter().post("interconnections", {**WISH, "contract": desk.contract.pk, "wishes": ""})
    assert answer.status_code == 422
    assert "Jira 10" in answer.content.decode()


def test_a_key_is_shown_once_revoked_and_shut_by_the_end(desk: Desk, enter: EnterAs) -> None:
    door, made = enter(), make_interconnection(desk)
    answer = door.post("interconnection_key", interconnection_id=made.pk)
    secret = secret_in(answer.content.decode())
    assert actor_by_key(secret, at=timezone.now())[0].interconnection_id == made.pk
    assert answer["Cache-Control"] == "no-store"
    door.post("revoke_interconnection_key", interconnection_id=made.pk, key_id=ApiKey.objects.get().pk)
    with pytest.raises(NotHere):
        actor_by_key(secret, at=timezone.now())
    door.post("end_interconnection", {"reason": "We moved."}, interconnection_id=made.pk)
    assert "We moved." in door.page("interconnection", interconnection_id=made.pk)


def test_it_is_not_ended_without_a_reason(desk: Desk, enter: EnterAs) -> None:
    made = make_interconnection(desk)
    assert enter().post("end_interconnection", interconnection_id=made.pk).status_code == 422
    assert Interconnection.objects.get().ended_at is None


def test_an_observer_reads_and_decides_nothing(desk: Desk, enter: EnterAs) -> None:
    made, door = ask_for_interconnection(desk), enter("observer")
    assert "Withdraw it" not in door.page("interconnection", interconnection_id=made.pk)
    assert door.get("interconnection_maps", interconnection_id=made.pk).status_code == 403
    assert enter("member").get("interconnections").status_code == 404


def test_maps_are_tried_as_they_are_typed_and_then_saved(desk: Desk, enter: EnterAs) -> None:
    door, made = enter(), make_interconnection(desk)
    typed = {"fields_": FIELDS, "urgencies": "P1 = critical", "states": "", "sample": SAMPLE}
    tried = door.post("interconnection_maps", {**typed, "act": "try"}, interconnection_id=made.pk)
    assert "stands in no line of the map" in tried.content.decode()
    assert len(Interconnection.objects.get().maps["urgencies"]) == 5
    typed["urgencies"] = "Blocker = critical"
    door.post("interconnection_maps", {**typed, "act": "save"}, interconnection_id=made.pk)
    assert Interconnection.objects.get().maps["urgencies"] == [["Blocker", "critical"]]


@pytest.mark.parametrize(
    "typed", [{"urgencies": "P1"}, {"urgencies": "P1 = boiling"}, {"fields_": "x = y"}, {"sample": "[1]"}]
)
def test_maps_that_cannot_be_read_stay_as_typed(desk: Desk, enter: EnterAs, typed: dict[str, str]) -> None:
    made = make_interconnection(desk)
    answer = enter().post("interconnection_maps", {**typed, "act": "save"}, interconnection_id=made.pk)
    assert answer.status_code == 422
    assert next(iter(typed.values())) in answer.content.decode()
    assert Interconnection.objects.get().maps == made.maps


@pytest.fixture
def hook(desk: Desk) -> Endpoint:
    """A webhook of the client to which one event went, in vain, twice."""
    poc = actor_of(desk.poc)
    made, _ = add_endpoint(actor=poc, at=MONDAY, client=desk.client, url=URL, kinds=["ticket.opened"])
    make_ticket(desk.contract, requester=desk.poc)
    dispatch(at=MONDAY)
    sent = Delivery.objects.get(endpoint=made)
    for detail in ("Status 500.", "Status 503."):
        Attempt.objects.create(delivery=sent, at=MONDAY, outcome="later", detail=detail, duration_ms=7)
    Delivery.objects.filter(pk=sent.pk).update(state=State.FAILED, due_at=None, attempts=2, settled_at=MONDAY)
    return made


def test_a_webhook_is_added_with_a_secret_that_is_shown_once(desk: Desk, enter: EnterAs) -> None:
    door = enter()
    secret = secret_in(door.post("webhooks", HOOK).content.decode())
    made = Endpoint.objects.get()
    assert (made.url, made.kinds) == (URL, ["ticket.opened"])
    assert secret not in door.page("webhooks") + door.page("webhook", endpoint_id=made.pk)
    assert secret_in(door.post("renew_secret", endpoint_id=made.pk).content.decode()) != secret
    assert "The former secret signs too" in door.page("webhook", endpoint_id=made.pk)


def test_every_try_is_shown_and_what_failed_goes_out_again(enter: EnterAs, hook: Endpoint) -> None:
    door, sent = enter(), Delivery.objects.get(endpoint=hook)
    page = door.page("webhook", endpoint_id=hook.pk)
    assert "Status 500." in page
    assert "Status 503." in page
    door.post("webhook_again", endpoint_id=hook.pk, delivery_id=sent.pk)
    sent.refresh_from_db()
    assert sent.state == State.WAITING


def test_a_webhook_is_changed_suspended_resumed_and_removed(enter: EnterAs, hook: Endpoint) -> None:
    door = enter()
    door.post("change_webhook", {**HOOK, "label": "Another"}, endpoint_id=hook.pk)
    door.post("suspend_webhook", {"reason": "Our upgrade"}, endpoint_id=hook.pk)
    page = door.page("webhook", endpoint_id=hook.pk)
    assert "Our upgrade" in page
    assert "Another" in page
    door.post("resume_webhook", endpoint_id=hook.pk)
    hook.refresh_from_db()
    assert hook.suspended_at is None
    door.post("remove_webhook", endpoint_id=hook.pk)
    assert not Endpoint.objects.living().exists()


def test_an_address_that_is_not_called_is_refused_in_the_form(desk: Desk, enter: EnterAs) -> None:
    answer = enter().post("webhooks", {"url": "http://127.0.0.1/x"})
    assert answer.status_code == 422
    assert "http://127.0.0.1/x" in answer.content.decode()


@pytest.mark.parametrize("role", ["member", "observer"])
def test_webhooks_are_for_points_of_contact(enter: EnterAs, hook: Endpoint, role: str) -> None:
    door = enter(role)
    assert door.get("webhooks").status_code == door.get("webhook", endpoint_id=hook.pk).status_code == 404
    assert "Webhooks" not in door.page("home")


def test_the_mail_about_a_suspended_webhook_leads_to_a_page(enter: EnterAs, hook: Endpoint) -> None:
    assert enter().browser.get("/p/acme/webhooks/").status_code == 200

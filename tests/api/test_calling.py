"""Who may call: keys, scopes, limits, and how every refusal reads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client as Browser

from accounts.models import ApiKey
from accounts.services import disable_person, revoke_key
from api.rates import WRONG_KEYS_A_MINUTE, spend
from events.domain.actor import SYSTEM
from tests.api.conftest import PROBLEM, ROOT, Caller, caller_of_client, caller_of_staff, form
from tests.factories import Desk
from tickets.models import Ticket

NOW = datetime(2026, 3, 2, 9, 0, 15, tzinfo=UTC)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer cd_0123456789_x", "Basic YTpi", "Bearer \t"])
def test_nothing_but_a_living_key_opens(db: None, header: str) -> None:
    answer = Browser().get(f"{ROOT}tickets", headers={"Authorization": header} if header else {})
    assert (answer.status_code, answer["Content-Type"]) == (401, PROBLEM)
    assert answer["WWW-Authenticate"] == 'Bearer realm="Caredesk API"'


def test_a_session_opens_nothing(desk: Desk) -> None:
    browser = Browser()
    browser.force_login(desk.administrator)
    assert browser.get(f"{ROOT}tickets").status_code == 401


def test_a_revoked_key_opens_nothing_from_then_on(desk: Desk, jira: Caller) -> None:
    assert jira.get("tickets").status_code == 200
    revoke_key(actor=SYSTEM, at=NOW, key=jira.key)
    assert jira.get("tickets").status_code == 401


def test_the_key_of_somebody_who_left_opens_nothing(desk: Desk, engineer: Caller) -> None:
    disable_person(actor=SYSTEM, at=NOW, person=desk.engineer)
    assert engineer.get("tickets").status_code == 401


def test_the_use_of_a_key_is_noted(jira: Caller) -> None:
    jira.get("plans")
    assert ApiKey.objects.get(pk=jira.key.pk).last_used_at is not None


@pytest.mark.parametrize(
    ("scopes", "reads", "writes"),
    [
        ((), 200, 201),
        (("read",), 200, 403),
        (("write",), 200, 201),
        (("tickets:read",), 200, 403),
        (("tickets:write",), 200, 201),
        (("hours:write",), 403, 403),
    ],
)
def test_a_key_does_what_its_scopes_say(desk: Desk, scopes: tuple[str, ...], reads: int, writes: int) -> None:
    caller = caller_of_client(desk, scopes=scopes)
    assert caller.get("tickets").status_code == reads
    answer = caller.post("tickets", form(desk))
    assert answer.status_code == writes
    assert Ticket.objects.count() == (writes == 201)
    assert writes == 201 or answer.json()["code"] == "missing_scope"


def test_a_dry_run_needs_only_reading(desk: Desk) -> None:
    caller = caller_of_client(desk, scopes=("read",))
    asked = {"contract": desk.contract.pk, "request_type": "request", "urgency": "high"}
    assert caller.post("coverage", asked).status_code == 200


def test_a_key_that_calls_too_often_is_told_when_to_come_again(jira: Caller, settings: object) -> None:
    settings.API_REQUESTS_A_MINUTE = 2  # type: ignore[attr-defined]
    answers = [jira.get("plans") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert "r=1;" in answers[0]["RateLimit"]
    assert answers[0]["RateLimit-Policy"] == '"minute";q=2;w=60'
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
    assert answers[2]["Content-Type"] == PROBLEM


def test_the_limit_of_one_key_is_not_that_of_another(desk: Desk, jira: Caller, settings: object) -> None:
    settings.API_REQUESTS_A_MINUTE = 1  # type: ignore[attr-defined]
    assert [jira.get("plans").status_code for _ in range(2)] == [200, 429]
    assert caller_of_staff(desk.lead).get("plans").status_code == 200


def test_a_new_minute_begins_anew() -> None:
    assert [spend("x", at=NOW, limit=1)[1] for _ in range(2)] == [True, False]
    allowance, is_within = spend("x", at=NOW + timedelta(minutes=1), limit=1)
    assert (is_within, allowance.remaining, allowance.reset_seconds) == (True, 0, 45)


def test_guessing_keys_ends_soon(db: None) -> None:
    told = [
        Browser().get(f"{ROOT}plans", headers={"Authorization": f"Bearer cd_{n:010}_x"}).status_code
        for n in range(WRONG_KEYS_A_MINUTE + 1)
    ]
    assert told == [401] * WRONG_KEYS_A_MINUTE + [429]


def test_without_a_cache_the_desk_goes_on(jira: Caller, settings: object) -> None:
    settings.CACHES = {  # type: ignore[attr-defined]
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 0.1},
        }
    }
    cache.close()
    assert jira.get("plans").status_code == 200


@pytest.mark.parametrize(
    "address", ["nothing", "tickets/", "tickets/ACME", "contracts/0", "contracts/99999999999999999999"]
)
def test_an_address_that_is_none_reads_like_a_foreign_thing(jira: Caller, address: str) -> None:
    answer = jira.get(address)
    assert (answer.status_code, answer.json()) == (404, jira.get("tickets/NONE-1").json())


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE"])
def test_methods_that_are_not_used_are_refused(jira: Caller, method: str) -> None:
    answer = jira.send(method, "tickets")
    assert (answer.status_code, answer["Content-Type"]) == (405, PROBLEM)


def test_a_body_that_is_not_json_is_refused(jira: Caller) -> None:
    assert jira.send("POST", "tickets", b"{").status_code == 400
    headers = {"Authorization": f"Bearer {jira.secret}"}
    assert jira.browser.post(f"{ROOT}tickets", {"subject": "x"}, headers=headers).status_code == 415


def test_a_body_that_is_too_large_is_refused(jira: Caller) -> None:
    answer = jira.send("POST", "tickets", b'"' + b"x" * 6_000_000 + b'"')
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_no_answer_is_to_be_stored(jira: Caller) -> None:
    assert jira.get("tickets")["Cache-Control"] == "no-store"

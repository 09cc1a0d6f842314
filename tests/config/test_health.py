"""Alive, ready, and how old the oldest due thing is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from config import health

NOW = datetime(2026, 10, 13, 7, 48, tzinfo=UTC)


def broken(*_: object) -> None:
    """Stand for a database that has gone away."""
    raise OperationalError("the server closed the connection")


def test_alive_is_answered_without_a_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_ready_names_database_broker_and_ages(client: Client) -> None:
    reply = client.get("/readyz")
    assert reply.status_code == 200
    assert set(reply.json()) == {"status", "database", "broker", "oldest_due_seconds"}
    assert reply.json()["oldest_due_seconds"] == dict.fromkeys(health.DUE, 0)


@pytest.mark.django_db
def test_not_ready_while_the_database_is_away(client: Client) -> None:
    with connection.execute_wrapper(broken):
        reply = client.get("/readyz")
    assert (reply.status_code, reply.json()["status"]) == (503, "unavailable")


@pytest.mark.django_db
def test_ready_but_degraded_while_the_broker_is_away(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    reply = client.get("/readyz")
    assert (reply.status_code, reply.json()["status"], reply.json()["broker"]) == (200, "degraded", "away")


@pytest.mark.services
def test_a_broker_that_answers_is_ok() -> None:
    assert health.broker_state() == "ok"


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}])
def test_another_machine_sees_no_details(client: Client, headers: dict[str, str]) -> None:
    assert set(client.get("/readyz", **headers).json()) == {"status"}  # type: ignore[arg-type]
    assert client.get("/metrics", **headers).status_code == 404  # type: ignore[arg-type]


@pytest.mark.django_db
def test_metrics_give_the_age_of_what_is_due(client: Client) -> None:
    text = client.get("/metrics").content.decode()
    assert "caredesk_database_up 1.0" in text
    assert all(f'caredesk_oldest_due_seconds{{kind="{kind}"}} 0.0' in text for kind in health.DUE)


@pytest.mark.django_db
def test_a_token_opens_metrics_to_its_bearer_and_to_nobody_else(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "t0ken"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer t0ken"}).status_code == 200


@pytest.mark.django_db
def test_metrics_say_that_the_database_is_away(client: Client) -> None:
    with connection.execute_wrapper(broken):
        assert b"caredesk_database_up 0.0" in client.get("/metrics").content


def test_ages_count_from_the_oldest_due_moment() -> None:
    readers = {"late": lambda: NOW - timedelta(seconds=90), "early": lambda: NOW + timedelta(days=1)}
    ages = health.ages_seconds({**readers, "idle": lambda: None}, at=NOW)
    assert ages == {"late": 90, "early": 0, "idle": 0}

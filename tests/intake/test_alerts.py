"""The doors of monitoring systems: the key decides whose alerts they are; nothing is lost (P8)."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from contracts.models import Environment
from contracts.services import retire_environment
from events.domain.actor import SYSTEM
from intake.guessing import WRONG_KEYS_A_MINUTE
from proactive.models import Alert, MonitoringKey, Problem, Receipt
from proactive.services.problems import settle_alerts
from proactive.services.receiving import MOST_REFUSED_KEPT
from proactive.services.watching import issue_monitoring_key, revoke_monitoring_key
from tests.factories import MONDAY
from tests.intake.domain.test_alertmanager import alert, group
from tests.intake.domain.test_nagios import form
from tests.proactive.monitoring.steps import minute, watched
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
NAGIOS = "/intake/alerts/nagios"
ALERTMANAGER = "/intake/alerts/alertmanager"
FORM = "application/x-www-form-urlencoded"


def keyed(environment: Environment) -> tuple[MonitoringKey, str]:
    """A key of the environment, with its secret."""
    return issue_monitoring_key(actor=SYSTEM, at=MONDAY, environment=environment, name="Nagios")


def send(secret: str, body: Any, *, to: str = NAGIOS, kind: str = FORM) -> Any:  # noqa: ANN401
    """Send a body to a door."""
    return Browser().post(to, body, content_type=kind, headers={"Authorization": f"Bearer {secret}"})


def notify(secret: str, **changes: str) -> Any:  # noqa: ANN401
    """Send a notification of Nagios."""
    return send(secret, urlencode(form(**changes)))


def webhook(secret: str, payload: object) -> Any:  # noqa: ANN401
    """Send a group of Alertmanager."""
    return send(secret, json.dumps(payload), to=ALERTMANAGER, kind="application/json")


def test_a_notification_is_kept_raw_before_anything_comes_of_it() -> None:
    _, secret = keyed(watched())
    answer = notify(secret)
    receipt = Receipt.objects.get()
    assert (answer.status_code, answer.json()) == (202, {"receipt": receipt.pk, "alerts": 1})
    assert "SWAP+CRITICAL" in receipt.body
    assert (Alert.objects.get().outcome, Ticket.objects.count()) == ("pending", 0)


def test_the_sweep_makes_the_ticket_of_it() -> None:
    _, secret = keyed(watched())
    notify(secret)
    settle_alerts(at=minute(1))
    assert Ticket.objects.get().subject == "Swap in use: Swap Usage on jira-1"


def test_a_group_of_alertmanager_is_kept_whole() -> None:
    _, secret = keyed(watched())
    answer = webhook(secret, group(alert(), alert(fingerprint="b"), alert(fingerprint="c")))
    assert (answer.status_code, Alert.objects.count(), Receipt.objects.count()) == (202, 3, 1)


def test_the_key_decides_the_client_and_nothing_in_the_payload_does() -> None:
    ours, theirs = watched("ALPHA"), watched("BETA")
    _, secret = keyed(ours)
    labels = {
        "alertname": "Down",
        "client": "BETA",
        "environment": str(theirs.pk),
        "client_id": str(theirs.client_id),
    }
    webhook(secret, group(alert(labels=labels)))
    settle_alerts(at=minute(1))
    assert {problem.environment_id for problem in Problem.objects.all()} == {ours.pk}


def test_a_recovery_sent_with_another_clients_key_ends_nothing() -> None:
    _, ours = keyed(watched("ALPHA"))
    _, theirs = keyed(watched("BETA"))
    notify(ours)
    notify(theirs, type="RECOVERY", state="OK")
    settle_alerts(at=minute(1))
    assert Problem.objects.get().recovered_at is None


def test_a_door_costs_the_same_however_many_alerts_come() -> None:
    _, secret = keyed(watched())
    notify(secret)
    counts = []
    for size in (1, 50):
        with CaptureQueriesContext(connection) as statements:
            webhook(secret, group(*[alert(fingerprint=str(number)) for number in range(size)]))
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 6


@pytest.mark.parametrize("secret", ["", "cd_0123456789_nothing", "Bearer", "é", "cd_"])
def test_without_a_living_key_nothing_is_kept(secret: str) -> None:
    keyed(watched())
    answer = notify(secret)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert Receipt.objects.count() == 0


def test_a_revoked_key_opens_nothing_at_once() -> None:
    key, secret = keyed(watched())
    revoke_monitoring_key(actor=SYSTEM, at=MONDAY, key=key)
    assert notify(secret).status_code == 401
    assert Alert.objects.count() == 0


def test_the_key_of_a_retired_environment_opens_nothing() -> None:
    environment = watched()
    _, secret = keyed(environment)
    retire_environment(actor=SYSTEM, at=MONDAY, environment=environment)
    assert notify(secret).status_code == 401


def test_who_guesses_keys_is_told_to_wait() -> None:
    statuses = [notify("cd_0123456789_x").status_code for _ in range(WRONG_KEYS_A_MINUTE + 2)]
    assert statuses[0] == 401
    assert statuses[-1] == 429


@pytest.mark.parametrize(
    ("body", "kind", "to"),
    [
        ("type=PROBLEM", FORM, NAGIOS),
        ("a=1&a=2", FORM, NAGIOS),
        ("&&&===&", FORM, NAGIOS),
        ("&".join(["x=1"] * 500), FORM, NAGIOS),
        (b"\xff\xfe\x00", FORM, NAGIOS),
        ("{", "application/json", ALERTMANAGER),
        ("[" * 100_000, "application/json", ALERTMANAGER),
        ("null", "application/json", ALERTMANAGER),
        (
            '{"version":"4","alerts":[{"status":"firing","labels":{"alertname":null}}]}',
            "application/json",
            ALERTMANAGER,
        ),
        (b"\xff\xfe\x00", "application/json", ALERTMANAGER),
    ],
)
def test_what_cannot_be_read_is_refused_with_words_and_kept(body: Any, kind: str, to: str) -> None:  # noqa: ANN401
    _, secret = keyed(watched())
    answer = send(secret, body, to=to, kind=kind)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert Receipt.objects.get().fault
    assert Alert.objects.count() == 0


def test_of_a_stream_of_unreadable_messages_the_first_of_an_hour_are_kept() -> None:
    _, secret = keyed(watched())
    for _ in range(MOST_REFUSED_KEPT + 3):
        assert send(secret, "nonsense").status_code == 400
    assert Receipt.objects.count() == MOST_REFUSED_KEPT


def test_a_body_that_is_too_large_is_refused_and_its_beginning_kept() -> None:
    _, secret = keyed(watched())
    answer = send(secret, "x" * 100_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert len(Receipt.objects.get().body) <= 64 * 1024


def test_another_kind_of_body_is_refused() -> None:
    _, secret = keyed(watched())
    assert send(secret, "{}", kind="application/json").status_code == 415


def test_only_post_is_taken() -> None:
    answer = Browser().get(NAGIOS)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE x;--",
        "<script>alert(1)</script>",
        "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
        "\x00\x01",
        "\u202eexe",
        "x" * 5000,
    ],
)
def test_hostile_words_are_kept_as_words(text: str) -> None:
    _, secret = keyed(watched())
    answer = notify(secret, output=text)
    settle_alerts(at=minute(1))
    assert (answer.status_code, Ticket.objects.count()) == (202, 1)
    assert "\x00" not in Alert.objects.get().text


def test_a_lone_surrogate_in_json_breaks_nothing() -> None:
    _, secret = keyed(watched())
    raw = json.dumps(group(alert(annotations={"summary": "\ud800"}, labels={"alertname": "\udfff x"})))
    assert send(secret, raw, to=ALERTMANAGER, kind="application/json").status_code == 202
    assert settle_alerts(at=minute(1)) == 1


def test_when_a_key_was_used_is_remembered() -> None:
    key, secret = keyed(watched())
    notify(secret)
    key.refresh_from_db()
    assert key.last_used_at is not None

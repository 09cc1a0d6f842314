"""A real Nagios and a real Alertmanager, configured to the letter of the documentation (P8)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from contracts.models import Environment
from events.domain.actor import SYSTEM
from proactive.models import Alert, Problem
from proactive.services.problems import settle_alerts
from proactive.services.watching import issue_monitoring_key
from tests.intake.machines import eventually, running_alertmanager, running_nagios, say, send
from tests.proactive.monitoring.steps import watched
from tickets.models import Ticket

pytestmark = pytest.mark.services


@pytest.fixture
def environment(transactional_db: None) -> Environment:
    """A watched environment."""
    return watched()


def secret_of(environment: Environment) -> str:
    """A key of the environment."""
    return issue_monitoring_key(actor=SYSTEM, at=timezone.now(), environment=environment, name="Real")[1]


def settled() -> Problem | None:
    """The problem as it stands after the sweep."""
    settle_alerts(at=timezone.now())
    return Problem.objects.select_related("ticket").first()


def counted(number: int) -> bool:
    """Whether so many alerts were counted on the problem."""
    problem = settled()
    return problem is not None and problem.count >= number


def is_well() -> bool:
    """Whether the problem is over."""
    problem = settled()
    return problem is not None and problem.recovered_at is not None


def test_nagios_opens_one_ticket_its_repeats_are_counted_and_recovery_is_noted(
    environment: Environment, live_server: LiveServer, tmp_path: Path
) -> None:
    say(tmp_path, exit_code=2, words="SWAP CRITICAL - 5% free | swap=102MB;0;0;0;2048")
    with running_nagios(tmp_path, desk=live_server.url, secret=secret_of(environment)):
        eventually(lambda: counted(3), what="three alerts of Nagios")
        say(tmp_path, exit_code=0, words="SWAP OK - 90% free | swap=1843MB;0;0;0;2048")
        eventually(is_well, what="the recovery")
    ticket = Ticket.objects.get()
    assert (ticket.environment, ticket.channel) == (environment, "monitoring")
    assert ticket.subject == "Swap in use: Memory on disk on jira-1"
    assert "95.02 % used" in ticket.messages.order_by("id")[0].body
    assert "well again" in ticket.messages.order_by("id")[1].body


def test_alertmanager_opens_one_ticket_a_problem_and_tells_the_end(
    environment: Environment, live_server: LiveServer, tmp_path: Path
) -> None:
    now = datetime.now(tz=UTC)
    labels = {"alertname": "HostHighLoad", "instance": "jira-1:9100", "severity": "critical"}
    alert = {"labels": labels, "annotations": {"summary": "Load is high", "value": "21.5"}}
    with running_alertmanager(tmp_path, desk=live_server.url, secret=secret_of(environment)) as address:
        send(address, {**alert, "startsAt": now.isoformat()})
        eventually(lambda: counted(1), what="the alert")
        send(
            address,
            {**alert, "startsAt": now.isoformat(), "endsAt": (now + timedelta(seconds=1)).isoformat()},
        )
        eventually(is_well, what="the recovery")
    assert Ticket.objects.get().subject == "Load of the machine: HostHighLoad on jira-1:9100"
    assert {one.value for one in Alert.objects.all()} == {21.5}


def test_a_wrong_key_in_a_real_alertmanager_stores_nothing(
    environment: Environment, live_server: LiveServer, tmp_path: Path
) -> None:
    with running_alertmanager(tmp_path, desk=live_server.url, secret="cd_0123456789_wrong") as address:
        send(address, {"labels": {"alertname": "Down"}})
        log = tmp_path / "output"
        eventually(lambda: "401" in log.read_text(errors="replace"), what="the refusal in its log")
    assert Alert.objects.count() == 0

"""What tests of monitoring begin with: a watched environment, and what it hears."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from contracts.models import Environment
from contracts.services import announce_maintenance_window
from events.domain.actor import SYSTEM
from proactive.domain.checks import Check, Level
from proactive.domain.signals import Signal
from proactive.models import Problem
from proactive.services.problems import settle_alerts
from proactive.services.receiving import keep_signals
from proactive.services.watching import start_watching
from tests.factories import MONDAY, make_client, make_contract, make_environment
from tickets.models import Message, Ticket


def minute(number: float) -> datetime:
    """So many minutes after Monday nine."""
    return MONDAY + timedelta(minutes=number)


def watched(key: str = "ACME", plan: str = "idalko-standard", **facts: Any) -> Environment:  # noqa: ANN401
    """An environment of a client that is watched since Monday nine."""
    client = make_client(key)
    environment = make_environment(make_contract(client, plan), **facts)
    start_watching(actor=SYSTEM, at=MONDAY, environment=environment)
    return environment


def signal(
    *,
    on: bool = True,
    check: Check = Check.WEB,
    host: str = "jira-1",
    **facts: Any,  # noqa: ANN401
) -> Signal:
    """That a check of a host fails, or is well."""
    level = Level.CRITICAL if on else Level.OK
    told = {"stated": level, "text": "Connection refused" if on else "HTTP OK", **facts}
    return Signal(
        source="nagios", identity=f"{host}\n{check}", name=f"{check} on {host}", check=check, **told
    )


def hear(environment: Environment, *signals: Signal, at: datetime = MONDAY) -> None:
    """Hear those signals and let the sweep settle them."""
    keep_signals(at=at, environment=environment, signals=signals)
    settle_alerts(at=at)


def announce(environment: Environment, *, start: datetime, end: datetime, at: datetime) -> None:
    """Announce maintenance of the environment."""
    announce_maintenance_window(
        actor=SYSTEM,
        at=at,
        environment=environment,
        starts_at=start,
        ends_at=end,
        summary="Upgrade",
        told=["POC"],
    )


def only_problem() -> Problem:
    """The one problem that there is."""
    return Problem.objects.select_related("ticket").get()


def bodies(ticket: Ticket | None) -> Sequence[str]:
    """What is written on the ticket after its description."""
    return list(Message.objects.filter(ticket=ticket).order_by("id").values_list("body", flat=True))[1:]

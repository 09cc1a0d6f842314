"""What monitoring and advisories bring in the demo world: problems past and present, a weakness."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from config.demo.desk import Desk
from config.demo.player import Story
from contracts.models import Environment
from proactive.domain.advisories import AdvisoryFacts
from proactive.domain.checks import Check, Level
from proactive.domain.cpe import Range
from proactive.domain.signals import Signal
from proactive.models import Problem, Watch
from proactive.services.advisories import keep_advisories
from proactive.services.problems import settle_alerts
from proactive.services.receiving import keep_signals
from tickets.models import Ticket
from tickets.services import assign, change_status, post_message

_FULL = "The disk of the application's data runs full."
_FREED = "Old exports took the room. They are gone, and a job now removes them every night."


def full_disk(desk: Desk, *, now: datetime) -> Story:
    """A disk that ran full two weeks ago: reported again and again, freed, and well since."""
    system = desk.environments[0]
    at = desk.business.add(now - timedelta(days=15), 3600)
    for value in (9.0, 8.0, 6.0):
        yield at
        hear(system, Check.DISK_DATA, at=at, level=Level.CRITICAL, value=value, text=_FULL)
        at += timedelta(minutes=5)
    problem = Problem.objects.filter(environment=system, check_name=Check.DISK_DATA).first()
    if problem is None or problem.ticket is None:
        return
    yield at
    _answered(desk, problem.ticket, at, words="We see it too and are making room.")
    at = desk.after(at, 50)
    yield at
    hear(system, Check.DISK_DATA, at=at, level=Level.OK, value=41.0, text="41 % free")
    at = desk.after(at, 20)
    yield at
    actor = desk.by(desk.engineers[0])
    change_status(actor=actor, at=at, ticket=problem.ticket, to="resolved", summary=_FREED)


def high_load(desk: Desk, *, now: datetime) -> Story:
    """A machine whose load has been too high for the last half hour."""
    system = desk.environments[0]
    for minutes in (26, 21, 16, 11, 6):
        at = now - timedelta(minutes=minutes)
        yield at
        text = "The load of fifteen minutes is above the threshold."
        hear(system, Check.LOAD, at=at, level=Level.CRITICAL, value=24.0 - minutes / 4, text=text)


def grave_weakness(desks: Sequence[Desk], *, now: datetime) -> Story:
    """An advisory of last week that concerns everybody who runs the product at that version."""
    at = now - timedelta(days=5, hours=2)
    yield at
    facts = AdvisoryFacts(
        name="CVE-2026-90017",
        title="Code can be run by strangers through the import of templates (invented for the demo)",
        score=9.8,
        published_at=at - timedelta(hours=6),
        modified_at=at - timedelta(hours=6),
        url="https://example.com/CVE-2026-90017",
        ranges=(Range(product="atlassian:confluence_data_center", start="9.0", end="9.2.3"),),
    )
    keep_advisories(at=at, facts=[facts])
    opened = Ticket.objects.filter(exposures__advisory__name=facts.name).order_by("id")
    for ticket in list(opened):
        desk = next((one for one in desks if one.contract.pk == ticket.contract_id), None)
        if desk is None:
            continue
        at = max(at, desk.business.add(at, 1500))
        yield at
        _answered(desk, ticket, at, words="We have read it, and plan the update for your next window.")


def is_watched(desk: Desk) -> bool:
    """Whether monitoring looks at the contract's first system."""
    return bool(desk.environments) and Watch.objects.filter(environment=desk.environments[0]).exists()


def hear(system: Environment, check: Check, *, at: datetime, level: Level, value: float, text: str) -> None:
    """Monitoring says how a check is, and the sweep settles it."""
    found = Signal(
        source="nagios",
        identity=f"app-1\n{check}",
        name=f"{check.value.replace('_', ' ').capitalize()} on app-1",
        check=check,
        stated=level,
        value=value,
        text=text,
    )
    keep_signals(at=at, environment=system, signals=[found])
    settle_alerts(at=at)


def _answered(desk: Desk, ticket: Ticket, at: datetime, *, words: str) -> None:
    actor = desk.by(desk.engineers[0])
    assign(actor=actor, at=at, ticket=ticket, assignee=desk.engineers[0])
    post_message(actor=actor, at=at, ticket=ticket, body=words)
    change_status(actor=actor, at=at, ticket=ticket, to="in_progress")

"""What must always hold of planned work; an empty answer is health."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import F, Q
from django.db.models.functions import Now

from events.invariants import Check, named
from proactive.models import (
    Alert,
    ExposedEnvironment,
    Monitor,
    MonitoringKey,
    Occurrence,
    Outcome,
    Probe,
    Problem,
    Programme,
    Receipt,
    State,
    Watch,
)
from proactive.paper_invariants import PAPER_INVARIANTS


def everything_is_of_one_client() -> list[str]:
    """A programme is of its contract's client, a delivery of its programme's."""
    return [
        *named(Programme.objects.exclude(client=F("contract__client")), "is not of its contract's client"),
        *named(Occurrence.objects.exclude(client=F("programme__client")), "is not of its programme's client"),
    ]


def states_agree_with_their_moments() -> list[str]:
    """What is delivered, missed or skipped says when."""
    silent = (
        Q(state=State.DELIVERED, delivered_at__isnull=True)
        | Q(state=State.MISSED, missed_at__isnull=True)
        | Q(state=State.SKIPPED, skipped_at__isnull=True)
    )
    return named(Occurrence.objects.filter(silent), "does not say when")


def watched_things_are_of_their_environments_client() -> list[str]:
    """Monitors, keys, probes, alerts and problems are of the client whose environment they are about."""
    tables = (Watch, Monitor, MonitoringKey, Probe, Receipt, Alert, Problem, ExposedEnvironment)
    return [
        line
        for table in tables
        for line in named(
            table._default_manager.exclude(client=F("environment__client")),
            "is not of its environment's client",
        )
    ]


def problems_have_a_ticket_or_a_reason() -> list[str]:
    """What monitoring found has its ticket, or says why it stays silent."""
    return named(Problem.objects.filter(ticket__isnull=True, silent=""), "has neither a ticket nor a reason")


def alerts_do_not_wait() -> list[str]:
    """What was received is settled within minutes."""
    late = Alert.objects.filter(outcome=Outcome.PENDING, at__lt=Now() - timedelta(minutes=10))
    return named(late, "has waited for more than ten minutes")


INVARIANTS: Final[tuple[tuple[str, Check], ...]] = (
    ("planned work: of one client", everything_is_of_one_client),
    ("planned work: states agree with their moments", states_agree_with_their_moments),
    ("monitoring: of one client", watched_things_are_of_their_environments_client),
    ("monitoring: a ticket or a reason", problems_have_a_ticket_or_a_reason),
    ("monitoring: alerts do not wait", alerts_do_not_wait),
    *PAPER_INVARIANTS,
)

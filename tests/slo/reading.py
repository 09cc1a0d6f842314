"""Short ways to what was written about clocks."""

from datetime import datetime, timedelta

from events.models import Record
from slo.models import Clock, Verdict
from tests.factories import MONDAY
from tickets.models import Ticket


def after(**spans: float) -> datetime:
    """That long after Monday at nine in London."""
    return MONDAY + timedelta(**spans)


def clock_of(ticket: Ticket, objective: str = "first_response", ordinal: int = 1) -> Clock:
    """One clock of the ticket as it is stored."""
    return Clock.objects.get(ticket=ticket, objective=objective, ordinal=ordinal)


def states(ticket: Ticket, objective: str) -> list[str]:
    """The states of the ticket's clocks of one objective, in order."""
    clocks = Clock.objects.filter(ticket=ticket, objective=objective).order_by("ordinal")
    return list(clocks.values_list("state", flat=True))


def said(ticket: Ticket) -> list[str]:
    """The kinds of what was recorded of the ticket's clocks, in sequence."""
    records = Record.objects.filter(subject_type="ticket", subject_id=ticket.pk, kind__startswith="clock.")
    return list(records.order_by("id").values_list("kind", flat=True))


def verdicts(ticket: Ticket) -> list[str]:
    """The verdicts on the ticket's clocks, in the order of writing."""
    return list(Verdict.objects.filter(clock__ticket=ticket).order_by("id").values_list("kind", flat=True))

"""What happens here when a lower floor records something that people wait to hear of."""

from __future__ import annotations

from events.models import Record
from notify.bell import poke
from notify.routing import AT_ONCE
from notify.services import write_mails

#: Kinds to register in the table of reactions with `route`.
ROUTED_AT_ONCE = AT_ONCE


def route(record: Record) -> None:
    """Put the record's mails into the outbox with its cause, so that a receipt is never lost (X5)."""
    write_mails(record=record)


def ring(record: Record) -> None:
    """Wake the worker after the commit; for kinds whose deliveries the sweep makes."""
    poke()

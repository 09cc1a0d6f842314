"""A throw-away database with many open clocks, made in bulk from one ticket that the services opened."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, models  # noqa: E402

from events.domain.actor import SYSTEM  # noqa: E402
from events.models import Record  # noqa: E402
from slo.models import Clock  # noqa: E402
from tests.factories import make_desk  # noqa: E402
from tickets.models import Ticket  # noqa: E402
from tickets.services import open_ticket  # noqa: E402

OPENED_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SWEPT_AT = OPENED_AT + timedelta(hours=8, minutes=1)
LATER = "2036-01-01 00:00:00+00:00"


@contextlib.contextmanager
def database() -> Iterator[None]:
    """A test database beside the one of DATABASE_URL, gone afterwards."""
    settings.DEBUG = False
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def fill(*, clocks: int, due: int, urgency: str = "medium") -> None:
    """That many tickets with one running clock each, of which the first `due` are missed at `SWEPT_AT`.

    A medium ticket is missed without more; a critical one is escalated too.
    """
    desk = make_desk("BENCH", "total-care")
    first = open_ticket(
        actor=SYSTEM, at=OPENED_AT, contract=desk.contract, request_type="incident", urgency=urgency,
        subject="The board does not load", description="Since this morning.",
    )  # fmt: skip
    clock, record = Clock.objects.get(ticket=first), Record.objects.get(kind="ticket.opened")
    number = "CAST({0}.id + series.n AS BIGINT)"
    clone(Ticket, first.pk, clocks - 1, {"number": "series.n + 1", "key": "'BENCH-' || (series.n + 1)"})
    is_due = f"CASE WHEN series.n < {due} THEN slo_clock.check_at ELSE CAST('{LATER}' AS TIMESTAMP) END"
    if connection.vendor == "postgresql":
        is_due = is_due.replace("TIMESTAMP)", "TIMESTAMPTZ)")
    else:
        is_due = is_due.replace(f"CAST('{LATER}' AS TIMESTAMP)", f"'{LATER[:19]}'")
    ticket_of = "CAST(slo_clock.ticket_id + series.n AS BIGINT)"
    clone(Clock, clock.pk, clocks - 1, {"ticket_id": ticket_of, "check_at": is_due})
    subject_of = number.replace("{0}.id", "events_record.subject_id")
    clone(Record, record.pk, due - 1, {"subject_id": subject_of})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def clone(model: type[models.Model], original: int, copies: int, changes: dict[str, str]) -> None:
    """Copy one row so many times, with other values in some columns; ids follow the highest there is."""
    table = model._meta.db_table
    columns = [str(field.column) for field in model._meta.concrete_fields if not field.primary_key]
    values = [changes.get(column, f'{table}."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MAX(id) FROM {table}")  # noqa: S608 - names of our own models
        highest = cursor.fetchone()[0]
        cursor.execute(
            f"WITH RECURSIVE series(n) AS (SELECT 1 WHERE {copies} > 0 UNION ALL "  # noqa: S608
            f"SELECT n + 1 FROM series WHERE n < {copies}) "
            f"INSERT INTO {table} (id, {names}) SELECT {highest} + series.n, {', '.join(values)} "
            f"FROM {table}, series WHERE {table}.id = {original}"
        )
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {highest + copies + 1})")

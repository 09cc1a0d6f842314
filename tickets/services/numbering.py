"""Giving ticket numbers: per client, without a gap, never twice."""

from __future__ import annotations

from django.db import connection

from accounts.models import Client
from tickets.models import TicketCounter

_NEXT = """
    INSERT INTO {table} (client_id, last_number) VALUES (%s, 1)
    ON CONFLICT (client_id) DO UPDATE SET last_number = {table}.last_number + 1
    RETURNING last_number
"""


def next_number(client: Client) -> int:
    """The client's next number; its counter stays locked until the transaction ends (one statement).

    Others who open a ticket for the same client wait here, so a number taken back by a rollback is given to
    the next one and no gap remains.
    """
    table = connection.ops.quote_name(TicketCounter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(_NEXT.format(table=table), [client.pk])
        (number,) = cursor.fetchone()
    return int(number)

"""A database of its own with contracts, tickets and engineers, for the benchmarks of paid time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, connections  # noqa: E402 - Django must be set up first
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from contracts.models import Contract  # noqa: E402
from events.domain.actor import Actor  # noqa: E402
from events.domain.errors import DomainError  # noqa: E402
from tests.factories import actor_of, make_client, make_contract, make_staff  # noqa: E402
from tickets.models import Ticket  # noqa: E402

STARTS_ON = date(2016, 1, 1)
AT = datetime(2016, 1, 4, 9, tzinfo=UTC)


@contextmanager
def database() -> Iterator[None]:
    """Make a test database beside the one of DATABASE_URL, and drop it afterwards.

    SQLite's is kept in a file: in memory its threads would share one cache, and be refused, not wait.
    """
    with TemporaryDirectory(prefix="caredesk-benchmark-") as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "test.sqlite3")
        old = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
        try:
            yield
        finally:
            connections.close_all()
            teardown_databases(old, verbosity=0)


def contract_of(key: str, *, reserved_minutes: int, starts_on: date = STARTS_ON) -> Contract:
    """A client with one contract that grants so many minutes a month."""
    terms = {"hours_period": "month", "hours_per_period_minutes": reserved_minutes}
    return make_contract(make_client(key), starts_on=starts_on, **terms)  # type: ignore[arg-type]


def tickets_of(contract: Contract, count: int) -> list[Ticket]:
    """So many tickets of the contract, stored as rows."""
    rows = [
        Ticket(
            client=contract.client,
            contract=contract,
            number=number,
            key=f"{contract.client.key}-{number}",
            urgency="high",
            rank=2,
            request_type="request",
            channel="portal",
            subject="Work",
            opened_at=AT,
            updated_at=AT,
        )
        for number in range(1, count + 1)
    ]
    return Ticket.objects.bulk_create(rows)


def engineers_of(contracts: Sequence[Contract], count: int) -> list[Actor]:
    """So many engineers who serve all those clients."""
    clients = tuple(contract.client for contract in contracts)
    return [actor_of(make_staff("engineer", clients=clients)) for _ in range(count)]


class Crowd:
    """Threads with a connection each, that start every round at the same instant."""

    def __init__(self, size: int) -> None:
        """Start so many threads."""
        self.size = size
        self._pool = ThreadPoolExecutor(size)

    def play(self, acts: Sequence[Callable[[], Any]]) -> list[Any]:
        """Do all acts at once; gives results and refusals in their order. Not more acts than threads."""
        barrier = Barrier(len(acts))

        def run(act: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the act gives
            barrier.wait(60)
            try:
                return act()
            except DomainError as refused:
                return refused

        return list(self._pool.map(run, acts))

    def leave(self) -> None:
        """Close every thread's connection and end the threads."""
        barrier = Barrier(self.size)

        def close(_: int) -> None:
            barrier.wait(60)
            connection.close()

        list(self._pool.map(close, range(self.size)))
        self._pool.shutdown()

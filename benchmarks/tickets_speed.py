"""Tickets: opening and answering by service and API, reading queue, ticket, lists and search (T1 to T12).

python -m benchmarks.tickets_speed [--tickets 10000] [--clients 40] [--rounds 30]

Everything runs in this process over a database of its own, pages and API through Django's own handler: the
figures are those of our code and the database, without a network. Statements are exact, times are not.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from time import perf_counter
from typing import Any

from benchmarks.hours_world import database

from django.conf import settings  # isort: skip - the world sets Django up
from django.db import connection
from django.test import Client as Browser

from accounts.models import Person
from accounts.services import issue_key
from config.demo.crowd import add_tickets, found_crowd
from config.demo.desk import Desk
from config.demo.founding import House, found_house
from config.demo.script import script
from contracts.services import load_plans
from events.domain.actor import SYSTEM
from events.queries import database_now
from tickets.models import Ticket
from tickets.services import open_ticket, post_message

Act = Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of the table: milliseconds of each round, and the statements of one."""

    name: str
    milliseconds: list[float]
    statements: int

    def __str__(self) -> str:
        """Median, minimum and maximum, rate and statements."""
        middle = statistics.median(self.milliseconds)
        span = f"{min(self.milliseconds):,.1f}-{max(self.milliseconds):,.1f}"
        return (
            f"{self.name:<34} {middle:>9,.1f} ms ({span:>15}) {1000 / middle:>7,.0f}/s {self.statements:>4}"
        )


class Counter:
    """Counts the statements that go to the database."""

    def __init__(self) -> None:
        """Begin at none."""
        self.statements = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: ANN401
        """Let a statement pass and count it."""
        self.statements += 1
        return execute(sql, params, many, context)


def measured(name: str, act: Act, *, rounds: int) -> Figure:
    """Do it once to count its statements and warm up, then so many times by the clock."""
    act()
    with connection.execute_wrapper(seen := Counter()):
        act()
    taken = []
    for _ in range(rounds):
        since = perf_counter()
        act()
        taken.append((perf_counter() - since) * 1000)
    return Figure(name=name, milliseconds=taken, statements=seen.statements)


def writing(desk: Desk, *, rounds: int) -> Iterator[Figure]:
    """Opening and answering, by service and by API."""
    number, plan = count(1), desk.plan
    facts: dict[str, Any] = {
        "request_type": plan.request_types[0].code,
        "urgency": plan.urgencies[0].code,
        "subject": "Pages take half a minute",
        "description": "Since this morning every list takes long.",
    }
    poc, engineer = desk.by(desk.pocs[0]), desk.by(desk.engineers[0])

    def opened() -> Ticket:
        return open_ticket(
            actor=poc, at=database_now(), contract=desk.contract, submission_id=f"b{next(number)}", **facts
        )

    yield measured("open a ticket, service", opened, rounds=rounds)
    ticket = opened()
    words = "We are looking at it."
    yield measured(
        "reply, service",
        lambda: post_message(actor=engineer, at=database_now(), ticket=ticket, body=words),
        rounds=rounds,
    )
    _, secret = issue_key(actor=SYSTEM, at=database_now(), name="Benchmark", client=desk.client)
    caller = Browser(headers={"Authorization": f"Bearer {secret}"})
    yield measured("open a ticket, API", _posting(caller, "/api/v1/tickets", facts), rounds=rounds)
    address = f"/api/v1/tickets/{ticket.key}/messages"
    said = {"body": words, "visibility": "public"}
    yield measured("reply, API", _posting(caller, address, said), rounds=rounds)
    for name, path in (
        ("ticket, API", f"/api/v1/tickets/{ticket.key}"),
        ("list of 25, API", "/api/v1/tickets"),
    ):
        yield measured(name, _getting(caller, path), rounds=rounds)


def reading(house: House, desk: Desk, *, rounds: int) -> Iterator[Figure]:
    """The pages that people live in, and the same lists a word or a filter narrower."""
    ticket = Ticket.objects.filter(contract=desk.contract, status="closed").latest("id")
    slug = desk.client.slug
    engineer, lead = _signed_in(house.first("engineer")), _signed_in(house.first("lead"))
    contact = _signed_in(desk.pocs[0])
    pages = (
        ("queue, engineer, page", engineer, "/desk/"),
        ("queue, all clients, page", lead, "/desk/"),
        ("search a word, page", lead, "/desk/search/?q=certificate"),
        ("ticket, desk page", engineer, f"/desk/tickets/{ticket.key}/"),
        ("home, portal page", contact, f"/p/{slug}/"),
        ("tickets, portal page", contact, f"/p/{slug}/tickets/"),
        ("ticket, portal page", contact, f"/p/{slug}/tickets/{ticket.key}/"),
    )
    for name, browser, path in pages:
        yield measured(name, _getting(browser, path), rounds=rounds)


def _posting(browser: Browser, path: str, body: dict[str, Any]) -> Act:
    def post() -> None:
        reply = browser.post(path, body, content_type="application/json")
        assert reply.status_code == 201, (path, reply.status_code, reply.content[:300])

    return post


def _getting(browser: Browser, path: str) -> Act:
    def get() -> None:
        reply = browser.get(path)
        assert reply.status_code == 200, (path, reply.status_code)

    return get


def _signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser


@contextmanager
def world(*, clients: int, tickets: int) -> Iterator[tuple[House, list[Desk]]]:
    """A database with so many clients on every plan in turn, and their tickets in bulk."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with database():
        now = database_now()
        load_plans(actor=SYSTEM, at=now)
        house = found_house(script(), at=now)
        desks = found_crowd(house, beyond=0, upto=clients, now=now)
        since = perf_counter()
        add_tickets(desks, tickets=tickets, now=now, progress=lambda done, total: None)
        spent = perf_counter() - since
        print(f"{tickets:,} tickets in bulk {spent:>20,.0f} s, {tickets / spent:,.0f}/s")
        yield house, desks


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=30)
    given = parser.parse_args()
    with world(clients=given.clients, tickets=given.tickets) as (house, desks):
        desk = next(one for one in desks if one.plan.hours.periods)
        print(f"{'act':<34} {'median':>12} ({'min-max':>15}) {'rate':>9} {'SQL':>4}")
        for figure in (*writing(desk, rounds=given.rounds), *reading(house, desk, rounds=given.rounds)):
            print(figure, flush=True)


if __name__ == "__main__":
    main()

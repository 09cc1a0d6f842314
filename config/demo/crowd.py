"""Any number of further clients and tickets, in bulk and for measuring.

The one place beside the services that writes rows of other apps: a hundred thousand tickets through them
would take hours. It writes what they would have written (tickets, messages, events) and lets the
service-level floor fold the clocks from the events, so that clocks, queues and reports of the crowd are as
true as any. It logs no time and sends nothing, and no escalation follows from what the crowd missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from django.db import transaction

from config.demo.desk import Desk
from config.demo.founding import House, found_desks
from config.demo.script import ClientPart, ContactPart, ContractPart, script
from config.demo.sketch import Sketch, sketch
from config.reactions import REACTIONS
from contracts.domain.plan import Plan
from contracts.queries import offered_plans
from events.models import Record
from events.services import install_reactions
from notify.services import forget_history
from slo.services import project_many
from tickets.models import Message, Ticket, TicketCounter
from tickets.services.finding import learn_words, store_words, words_of_message, words_of_ticket

BATCH = 500
LOOKING_BACK = timedelta(days=420)
_ZONES = (("Europe/London", "GB"), ("America/New_York", "US"), ("Europe/Berlin", "DE"), ("Asia/Tokyo", "JP"))
_FIRST = (
    "Amber",
    "Birch",
    "Cobalt",
    "Dune",
    "Ember",
    "Fjord",
    "Gorse",
    "Heath",
    "Iris",
    "Juniper",
    "Kelp",
    "Larch",
)
_SECOND = (
    "wharf",
    "mere",
    "stow",
    "garth",
    "holm",
    "fold",
    "reach",
    "combe",
    "dyke",
    "ridge",
    "moor",
    "beck",
)

Progress = Callable[[int, int], None]


def found_crowd(house: House, *, beyond: int, upto: int, now: datetime) -> list[Desk]:
    """Take on clients numbered from `beyond` + 1 up to `upto`, on every plan in turn; nobody can sign in."""
    rng = Random(11)  # noqa: S311 - a demo, not a secret
    plans = offered_plans()
    made = []
    for number in range(beyond + 1, upto + 1):
        part = _part(number, plans[number % len(plans)])
        made += found_desks(house, part, at=now - LOOKING_BACK, rng=rng, password=None)
    return made


def add_tickets(desks: Sequence[Desk], *, tickets: int, now: datetime, progress: Progress) -> None:
    """Spread so many tickets over the contracts, in transactions of some hundreds."""
    rng = Random(13)  # noqa: S311 - a demo, not a secret
    cases = script().cases
    rows = (
        sketch(desks[index % len(desks)], rng.choice(cases), rng=rng, now=now) for index in range(tickets)
    )
    done = 0
    install_reactions({})
    try:
        while batch := list(islice(rows, BATCH)):
            _write(batch, now=now)
            done += len(batch)
            progress(done, tickets)
    finally:
        install_reactions(REACTIONS)
    forget_history(before=now + timedelta(seconds=1), at=now)
    learn_words()


@transaction.atomic
def _write(batch: Sequence[Sketch], *, now: datetime) -> None:
    numbers = _numbers(batch)
    tickets = Ticket.objects.bulk_create([one.ticket(next(numbers[one.desk.client.pk])) for one in batch])
    pairs = list(zip(batch, tickets, strict=True))
    said = [one.messages(ticket) for one, ticket in pairs]
    written = Message.objects.bulk_create([message for messages in said for message in messages])
    store_words(*map(words_of_ticket, tickets), *map(words_of_message, written))
    records = [
        record
        for (one, ticket), messages in zip(pairs, said, strict=True)
        for record in one.records(ticket, messages)
    ]
    Record.objects.bulk_create(records, batch_size=1000)
    project_many([ticket.pk for ticket in tickets], at=now)


def _numbers(batch: Sequence[Sketch]) -> dict[int, Iterator[int]]:
    """The next numbers of each client of the batch, taken from its counter."""
    wanted: dict[int, int] = {}
    for one in batch:
        wanted[one.desk.client.pk] = wanted.get(one.desk.client.pk, 0) + 1
    given = {}
    for client_id, amount in wanted.items():
        counter, _ = TicketCounter.objects.select_for_update().get_or_create(client_id=client_id)
        given[client_id] = iter(range(counter.last_number + 1, counter.last_number + amount + 1))
        TicketCounter.objects.filter(pk=client_id).update(last_number=counter.last_number + amount)
    return given


def _part(number: int, plan: Plan) -> ClientPart:
    zone, country = _ZONES[number % len(_ZONES)]
    key = f"C{number:05d}"
    name = f"{_FIRST[number % len(_FIRST)]}{_SECOND[number // len(_FIRST) % len(_SECOND)]} {number}"
    contacts = [("poc", "Robin"), ("member", "Sasha"), ("member", "Noor")]
    terms = {"hours_period": "month", "hours_per_period_minutes": 600} if plan.hours.periods else {}
    return ClientPart(
        key=key,
        name=name,
        zone=zone,
        country=country,
        open="09:00",
        close="17:00",
        contacts=tuple(
            ContactPart(
                name=f"{first} {key.title()}", role=role, email=f"{first.lower()}@{key.lower()}.example"
            )
            for role, first in contacts
        ),
        contracts=(
            ContractPart(
                plan=plan.key,
                tickets=0,
                terms=terms,
                environments=(
                    {"name": "Production", "product": "Jira", "version": "10.3", "maintenance_days": 900},
                ),
                named=plan.contacts is not None,
            ),
        ),
    )

"""From records to rows: who must hear of what, written once however often it is tried (X5)."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from accounts.models import Client, Person
from events.fail_points import crash_here
from events.models import Record
from events.services import mark_dispatched
from notify.bell import poke
from notify.channels.inapp import notice_for
from notify.circle import CLIENT_PARTS, Circle, circle_of
from notify.models import Channel, Choice, Delivery, Endpoint, Notice, Preference, State
from notify.payloads import concerns, is_public
from notify.routing import ADDRESSED, BELL, MAIL, Route, routes_for
from tickets.models import Ticket

Told = tuple[Record, Route, int, str]

_FOLLOWS_A_MESSAGE = frozenset({"ticket.status_changed"})


def write_mails(*, record: Record) -> None:
    """Put the mails of one record into the outbox, in the transaction of their cause: two statements.

    Notices and webhooks of the record follow by `dispatch`, which also finds these mails written already.
    """
    circle = _circle([record])
    mails = [*_mails([record], circle, at=record.at), *_addressed([record], at=record.at)]
    if mails:
        Delivery.objects.bulk_create(mails, ignore_conflicts=True)
    poke()


@transaction.atomic
def dispatch(*, at: datetime, limit: int = 500) -> int:
    """Make the rows of records that nobody was told of yet, oldest first; gives how many records were done.

    Safe to run twice at once and to be killed: a delivery is unique by record, channel and target, a notice
    by record and person.
    """
    records = _undispatched(limit)
    if not records:
        return 0
    news = _without_repeats(records)
    circle = _circle(news)
    deliveries = [*_mails(news, circle, at=at), *_addressed(news, at=at), *_hooks(records, at=at)]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True, batch_size=500)
    Notice.objects.bulk_create(_notices(news, circle), ignore_conflicts=True, batch_size=500)
    crash_here("dispatching")
    mark_dispatched(records, at=at)
    if deliveries:
        poke()
    return len(records)


@transaction.atomic
def forget_history(*, before: datetime, at: datetime) -> int:
    """Let nobody be told of what happened before that moment: for a made-up or restored history.

    Records count as dispatched, mails and webhooks under way end as not sent; gives how many of these.
    """
    Record.objects.undispatched().filter(at__lt=before).order_by().update(dispatched_at=at)
    return (
        Delivery.objects.under_way()
        .filter(record__at__lt=before)
        .update(state=State.WITHDRAWN, due_at=None, settled_at=at, outcome="It happened too long ago.")
    )


def tell_nobody(*, ticket: Ticket, at: datetime) -> None:
    """Let nobody hear of what this transaction did to a ticket: for what is taken over from another desk.

    Only what nobody was told of yet; it works within the transaction of the cause, where no worker sees it.
    """
    Record.objects.undispatched().of("ticket", ticket.pk).order_by().update(dispatched_at=at)
    Delivery.objects.under_way().filter(ticket=ticket).update(
        state=State.WITHDRAWN, due_at=None, settled_at=at, outcome="Taken over from another desk."
    )


def _undispatched(limit: int) -> list[Record]:
    rows = Record.objects.undispatched()
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    return list(rows[:limit])


def _without_repeats(records: Sequence[Record]) -> list[Record]:
    """After a standstill many intervals of one recurring objective end at once: people hear of the last."""
    last = {
        (record.kind, record.subject_id, record.data.get("objective")): record.id
        for record in records
        if record.data.get("repeats")
    }
    told = set(last.values())
    return [record for record in records if not record.data.get("repeats") or record.id in told]


def _circle(records: Sequence[Record]) -> Circle:
    parts = {part for record in records for route in routes_for(record) for part in route.parts(record.data)}
    return circle_of(records, parts=parts)


def _told(records: Iterable[Record], circle: Circle, way: str) -> Iterator[Told]:
    """Each person once a record, by the first row of the table that names them.

    A reply that also moves the ticket is one act: who hears of the message does not hear of the move as well.
    """
    heard: defaultdict[object, set[int]] = defaultdict(set)
    for record in sorted(records, key=lambda record: record.kind in _FOLLOWS_A_MESSAGE):
        act = (record.subject_id, record.actor_id, record.at)
        seen = set(heard[act]) if record.actor_id and record.kind in _FOLLOWS_A_MESSAGE else set()
        for route in routes_for(record):
            if way not in route.by:
                continue
            for person, part in route.people(record, circle):
                if person not in seen:
                    seen.add(person)
                    heard[act].add(person)
                    yield record, route, person, part


def _mails(records: Iterable[Record], circle: Circle, *, at: datetime) -> list[Delivery]:
    return [
        _delivery(
            record,
            at=at,
            target=f"person:{person}",
            person_id=person,
            template=route.template,
            reason="tier" if part.startswith("tier") else part,
            is_bulk=route.is_bulk,
        )
        for record, route, person, part in _told(records, circle, MAIL)
    ]


def _addressed(records: Iterable[Record], *, at: datetime) -> list[Delivery]:
    made = []
    for record in records:
        if record.kind in ADDRESSED:
            template, fact = ADDRESSED[record.kind]
            target = f"address:{record.data[fact]}"
            made.append(_delivery(record, at=at, target=target, template=template, reason="invited"))
    return made


def _hooks(records: Sequence[Record], *, at: datetime) -> list[Delivery]:
    public = [record for record in records if is_public(record)]
    if not public:
        return []
    clients = {record.client_id for record in public}
    living = Endpoint.objects.living().filter(client__in=clients).select_related("interconnection")
    endpoints = list(living.prefetch_related("interconnection__api_keys"))
    return [
        _hook(record, endpoint, at=at)
        for endpoint in endpoints
        for record in public
        if concerns(record, endpoint)
    ]


def _hook(record: Record, endpoint: Endpoint, *, at: datetime) -> Delivery:
    hook = _delivery(record, at=at, target=f"endpoint:{endpoint.id}", template="", reason="endpoint")
    hook.channel = Channel.WEBHOOK
    hook.endpoint = endpoint
    if endpoint.suspended_at is not None:
        hook.state, hook.due_at = State.SUSPENDED, None
    return hook


def _delivery(
    record: Record,
    *,
    at: datetime,
    target: str,
    template: str,
    reason: str,
    person_id: int | None = None,
    is_bulk: bool = False,
) -> Delivery:
    return Delivery(
        record=record,
        client_id=record.client_id,
        ticket_id=record.subject_id if record.subject_type == "ticket" else None,
        channel=Channel.EMAIL,
        target=target,
        person_id=person_id,
        template=template,
        reason=reason,
        is_bulk=is_bulk,
        due_at=at,
        created_at=at,
        message_id=f"<delivery-{uuid.uuid4().hex}@{settings.MAIL_DOMAIN}>",
    )


def _notices(records: Sequence[Record], circle: Circle) -> list[Notice]:
    """The bell's lines; none for closed accounts, nor for groups that somebody turned off for the bell."""
    told = list(_told(records, circle, BELL))
    if not told:
        return []
    ids = {person for _, _, person, _ in told}
    people = Person.objects.filter(id__in=ids, is_active=True).in_bulk()
    clients = Client.objects.in_bulk({record.client_id for record, *_ in told if record.client_id})
    off = set(
        Preference.objects.filter(person__in=ids, channel=BELL, choice=Choice.OFF).values_list(
            "person_id", "group"
        )
    )
    return [
        notice_for(record, person=people[person], client=clients.get(record.client_id or 0))
        for record, route, person, part in told
        if person in people and (person, route.group) not in off and _may_be_told(people[person], route, part)
    ]


def _may_be_told(person: Person, route: Route, part: str) -> bool:
    """A last fence: contacts never hear of what is internal, nor do account executives."""
    if not route.is_internal:
        return True
    return person.works_here and person.staff_role != "account_executive" and part not in CLIENT_PARTS

"""Recording what happened, and waking the reactions to it in the same transaction."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import update_wrapper
from itertools import repeat

from django.db import connection

from events.domain.actor import Actor
from events.domain.event import Event
from events.models import Record


class ForMany:
    """A reaction that answers all records of one kind that were appended together, in few statements.

    It is given them in sequence, once; of what it records itself it names the causes (`record_many`).
    """

    def __init__(self, react: Callable[[Sequence[Record]], None]) -> None:
        """Wrap the function; used as a decorator."""
        self._react = react
        update_wrapper(self, react)

    def __call__(self, records: Sequence[Record]) -> None:
        """Answer those records."""
        self._react(records)


Reaction = Callable[[Record], None] | ForMany
Reactions = Mapping[str, Sequence[Reaction]]

_table: dict[str, tuple[Reaction, ...]] = {}
_gathering: set[str] = set()
_pending: ContextVar[deque[list[Record]] | None] = ContextVar("pending_records", default=None)
_cause: ContextVar[Record | None] = ContextVar("causing_record", default=None)


class OutsideTransaction(RuntimeError):  # noqa: N818 - says what it is
    """An event was to be recorded outside the transaction of its cause."""


def install_reactions(table: Reactions) -> None:
    """Set which event wakes which functions; called once at start with `config.reactions.REACTIONS`."""
    _table.clear()
    _table.update({kind: tuple(reactions) for kind, reactions in table.items()})
    _gathering.clear()
    _gathering.update(kind for kind, row in _table.items() if any(isinstance(one, ForMany) for one in row))


def record(event: Event, *, at: datetime, actor: Actor) -> Record:
    """Append the event to the log and run its reactions, in table order, in the caller's transaction.

    Events recorded by a reaction are handled after the present one, first in, first out, and name it as their
    cause. Raises `OutsideTransaction` when no transaction is open: no effect may exist without its cause.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(event.kind)
    row = _row(event, at=at, actor=actor, cause=_cause.get())
    row.save(force_insert=True)
    _wake([row])
    return row


def record_many(
    events: Iterable[Event], *, at: datetime, actor: Actor, causes: Iterable[Record] | None = None
) -> list[Record]:
    """Append several events with one statement, then run the reactions of each in order.

    For sweeps that find many things due at once; the same rules hold as for `record`. What answers many at
    once (`ForMany`) is given all records of its kind together, where the first of them stands. `causes`
    names the cause of each event, for reactions that answer many.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("record_many")
    pairs = zip(events, causes, strict=True) if causes is not None else zip(events, repeat(_cause.get()))
    rows = Record.objects.bulk_create(
        [_row(event, at=at, actor=actor, cause=cause) for event, cause in pairs]
    )
    _wake(rows)
    return rows


def mark_dispatched(records: Sequence[Record], *, at: datetime) -> int:
    """Note that everybody who must hear of these records has a delivery row; repeating it changes nothing."""
    ids = [row.id for row in records]
    return Record.objects.filter(id__in=ids, dispatched_at__isnull=True).update(dispatched_at=at)


def _row(event: Event, *, at: datetime, actor: Actor, cause: Record | None) -> Record:
    return Record(
        client_id=event.client_id,
        kind=event.kind,
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        actor_kind=actor.kind,
        actor_id=actor.person_id,
        actor_name=actor.name,
        actor_key_id=actor.api_key_id,
        at=at,
        data=event.to_data(),
        cause=cause,
    )


def _wake(rows: Sequence[Record]) -> None:
    """Run what reacts to the rows, or let them wait for their turn while reactions run already."""
    waiting = _pending.get()
    for together in _gathered(rows):
        if waiting is not None:
            waiting.append(together)
        else:
            _run_reactions(together)


def _gathered(rows: Sequence[Record]) -> list[list[Record]]:
    """The rows one by one, save kinds that something answers together: these where the first one stands."""
    gathered: list[list[Record]] = []
    by_kind: dict[str, list[Record]] = {}
    for row in rows:
        if row.kind in by_kind:
            by_kind[row.kind].append(row)
        elif row.kind in _table:
            gathered.append([row])
            if row.kind in _gathering:
                by_kind[row.kind] = gathered[-1]
    return gathered


def _run_reactions(first: list[Record]) -> None:
    queue: deque[list[Record]] = deque([first])
    pending_token = _pending.set(queue)
    try:
        while queue:
            together = queue.popleft()
            for reaction in _table.get(together[0].kind, ()):
                _react(reaction, together)
    finally:
        _pending.reset(pending_token)


def _react(reaction: Reaction, rows: Sequence[Record]) -> None:
    """Let it answer the rows, each as the cause of what it records; of several it names them."""
    if isinstance(reaction, ForMany):
        with _caused_by(rows[0] if len(rows) == 1 else None):
            reaction(rows)
        return
    for row in rows:
        with _caused_by(row):
            reaction(row)


@contextmanager
def _caused_by(row: Record | None) -> Iterator[None]:
    token = _cause.set(row)
    try:
        yield
    finally:
        _cause.reset(token)

"""What must always hold of the log, and of every reference between tenants; an empty answer is health."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, ForeignKey, Model, Q, QuerySet

from events.domain.event import known_kinds
from events.models import Record

#: Names what breaks the rule, one line a fault, a bounded number of them.
Check = Callable[[], list[str]]
MOST_NAMED: Final = 20


def nothing_crosses_clients() -> list[str]:
    """No row of one client points to a row of another, in any table of ours that names a client.

    Found from the models themselves, so that a new table is covered on the day it is made.
    """
    return [
        line
        for model, field in tenant_references()
        for line in named(_crossing(model, field), f"and its {field} belong to two clients")
    ]


def kinds_are_declared() -> list[str]:
    """Every recorded kind has an event class, so that the log can be read."""
    kinds = set(Record.objects.order_by().values_list("kind", flat=True).distinct())
    return [f"Nobody declares the recorded kind {kind}." for kind in sorted(kinds - known_kinds())]


def causes_come_first() -> list[str]:
    """What caused a record stands before it, and is of the same client or of none."""
    late = Record.objects.filter(cause__isnull=False, cause_id__gte=F("id"))
    foreign = Record.objects.filter(cause__client__isnull=False, client__isnull=False).exclude(
        client=F("cause__client")
    )
    return [*named(late, "stands before its cause"), *named(foreign, "was caused at another client")]


def tenant_references() -> Iterator[tuple[type[Model], str]]:
    """Every foreign key of ours between two tables that both name a client."""
    for model in apps.get_models():
        if not _has_client(model):
            continue
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and field.name != "client" and _has_client(field.related_model):
                yield model, field.name


def named(rows: QuerySet[Model], words: str) -> list[str]:
    """One line for each of those rows, up to a bound."""
    name = rows.model.__name__
    return [f"{name} {pk} {words}." for pk in rows.order_by("pk").values_list("pk", flat=True)[:MOST_NAMED]]


INVARIANTS: Final[tuple[tuple[str, Check], ...]] = (
    ("tenancy: nothing crosses clients", nothing_crosses_clients),
    ("log: every kind is declared", kinds_are_declared),
    ("log: causes come first", causes_come_first),
)


def _crossing(model: type[Model], field: str) -> QuerySet[Model]:
    rows = model._default_manager.filter(Q(client__isnull=False), **{f"{field}__client__isnull": False})
    return rows.exclude(client=F(f"{field}__client"))


def _has_client(model: type[Model] | str) -> bool:
    if isinstance(model, str):
        return False
    try:
        field = model._meta.get_field("client")
    except FieldDoesNotExist:
        return False
    return isinstance(field, ForeignKey) and field.related_model is apps.get_model("accounts", "Client")

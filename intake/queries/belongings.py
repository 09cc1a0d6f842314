"""Everything that belongs to one client, table by table, found from the models themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model, QuerySet

from accounts.models import Client, Person

#: Columns that open something; they leave with nobody.
_SECRET = re.compile(r"secret|digest|nonce|password|token")
#: Tables whose digests prove what they say, and open nothing.
_PROVEN = frozenset({"hours.statement", "proactive.review", "slo.clock", "contracts.calendarversion"})
#: Columns that say where things lie on our machines.
_PLACES = frozenset({"tickets.attachment.path", "intake.receivedmail.path"})
#: Our own bookkeeping, and what our people have not said yet.
_OURS = frozenset(
    {
        "api.storedanswer",
        "hours.timer",
        "intake.clientexport",
        "notify.notice",
        "tickets.draft",
        "tickets.presence",
        "tickets.ticketwords",
    }
)
_AT_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """One table: the model, and the way from it to its client."""

    model: type[Model]
    way: str

    @property
    def name(self) -> str:
        """What its files are called."""
        return self.model._meta.label_lower.replace(".", "_")

    def columns(self) -> list[Field[Any, Any]]:
        """The columns that leave with it."""
        return [field for field in self.model._meta.concrete_fields if self._leaves(field.name)]

    def _leaves(self, column: str) -> bool:
        label = self.model._meta.label_lower
        is_secret = _SECRET.search(column) is not None and label not in _PROVEN
        return not is_secret and f"{label}.{column}" not in _PLACES

    def rows(self, client: Client) -> QuerySet[Any, tuple[Any, ...]]:
        """The client's rows, oldest first, column by column."""
        found = self.model._default_manager.filter(**{self.way: client.pk}).order_by("pk")
        names = [field.attname for field in self.columns()]
        rows: QuerySet[Any, tuple[Any, ...]] = found.values_list(*names)
        return rows


def belongings() -> list[Belongings]:
    """Every table of ours whose rows lead to a client; a new one is covered on the day it is made."""
    found = {model: way for model in apps.get_models() if (way := _way(model, _AT_MOST)) is not None}
    tables = [Belongings(model=model, way=way) for model, way in found.items()]
    return sorted(tables, key=lambda one: one.name)


def people_of(client: Client) -> Iterator[tuple[int, str, str]]:
    """Who belongs, or belonged, to the client: ids, names and addresses."""
    people = Person.objects.filter(memberships__client=client).distinct().order_by("pk")
    yield from people.values_list("pk", "name", "email")


def _way(model: type[Model], steps: int) -> str | None:
    """The look-up that leads from a model to its client, over few tables; None without one."""
    if model is Client:
        return "pk"
    if model._meta.label_lower in _OURS or model is Person:
        return None
    parents = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    for field in parents:
        if field.related_model is Client and field.name == "client":
            return "client_id"
    if not steps:
        return None
    ways = [
        f"{field.name}__{way}"
        for field in parents
        if _is_owner(model, field) and (way := _way(field.related_model, steps - 1)) is not None
    ]
    return min(ways, key=lambda way: (way.count("__"), ways.index(way)), default=None)


def _is_owner(model: type[Model], field: ForeignKey[Any, Any]) -> bool:
    """Whether the row belongs to what it points to: always there, and not a row of the same table."""
    return not field.null and field.related_model is not model

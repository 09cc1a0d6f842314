"""Long lists by keyset pages, whose cursors are signed and bound to caller, address and filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import F, Q, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import Unfit
from api.operations import Resource
from events.domain.actor import Actor

PAGE = 25
PAGE_AT_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order of rows: by one column, and by id within it; a `nullable` column has its empty ones last."""

    column: str = "id"
    is_descending: bool = False
    is_nullable: bool = False

    def sorted(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows in this order."""
        by_id = "-id" if self.is_descending else "id"
        if self.column == "id":
            return rows.order_by(by_id)
        by = F(self.column)
        first = (
            by.desc(nulls_last=self.is_nullable or None)
            if self.is_descending
            else by.asc(nulls_last=self.is_nullable or None)
        )
        return rows.order_by(first, by_id)

    def after(self, value: Any, row_id: int) -> Q:  # noqa: ANN401 - whatever the column holds
        """What stands behind the row with that value and id."""
        step = "lt" if self.is_descending else "gt"
        behind_id = Q(**{f"id__{step}": row_id})
        if self.column == "id":
            return behind_id
        if value is None:
            return behind_id & Q(**{f"{self.column}__isnull": True})
        behind = Q(**{f"{self.column}__{step}": value}) | (Q(**{self.column: value}) & behind_id)
        return behind | Q(**{f"{self.column}__isnull": True}) if self.is_nullable else behind


NEWEST_FIRST = Order(is_descending=True)
OLDEST_FIRST = Order()


def page(view: Resource, request: Request, rows: QuerySet[Any], order: Order = OLDEST_FIRST) -> Response:
    """One page of the rows, with the address of the next; one statement beside what the rows fetch along."""
    size = _size(request)
    salt = _salt(view.actor, request, order)
    cursor = request.GET.get("cursor")
    if cursor is not None:
        rows = rows.filter(order.after(*_read(cursor, salt)))
    found = list(order.sorted(rows)[: size + 1])
    shown = found[:size]
    following = _address(request, _written(shown[-1], order, salt)) if len(found) > size else None
    return Response({"results": view.told(shown, many=True), "next": following})


def _size(request: Request) -> int:
    text = request.GET.get("limit", str(PAGE))
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= PAGE_AT_MOST):
        words = f"Give a whole number from 1 to {PAGE_AT_MOST}."
        raise Unfit(words, fields={"limit": words})
    return int(text)


def _salt(actor: Actor, request: Request, order: Order) -> str:
    caller = [actor.kind, actor.person_id, actor.contract_id, sorted(actor.roles)]
    bound = repr([caller, request.path, sorted(_filters(request).items()), order])
    return f"api.cursor:{sha256(bound.encode(errors='surrogatepass')).hexdigest()}"


def _filters(request: Request) -> Mapping[str, str]:
    return {name: str(value) for name, value in request.GET.items() if name not in ("cursor", "limit")}


def _written(row: Any, order: Order, salt: str) -> str:  # noqa: ANN401 - any row
    value = getattr(row, order.column)
    kept = value.isoformat() if isinstance(value, date | datetime) else value
    kind = "at" if isinstance(value, datetime) else "on" if isinstance(value, date) else ""
    return signing.dumps([kind, kept, row.pk], salt=salt)


def _read(cursor: str, salt: str) -> tuple[Any, int]:
    try:
        kind, value, row_id = signing.loads(cursor, salt=salt)
    except signing.BadSignature:
        words = "This cursor belongs to another list; begin with its first page."
        raise Unfit(words, code="bad_cursor", fields={"cursor": words}) from None
    if kind == "at":
        return datetime.fromisoformat(value), row_id
    return (date.fromisoformat(value) if kind == "on" else value), row_id


def _address(request: Request, cursor: str) -> str:
    query = {**request.GET.dict(), "cursor": cursor}
    return request.build_absolute_uri(f"{request.path}?{urlencode(query)}")

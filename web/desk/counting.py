"""Counting lists that may be long: as far as a reader cares, and several at once in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from accounts.models import Person
from events.models import Record

COUNTED_AT_MOST = 1000


class CappedCount(Subquery):
    """The number of rows of a cut query, as a value in another one."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) capped)"
    output_field = IntegerField()


def counts_of(
    lists: Mapping[str, QuerySet[Any]], *, person_id: int | None, last: QuerySet[Record] | None = None
) -> dict[str, int]:
    """How many rows each list holds, one more than `COUNTED_AT_MOST` at most; one statement for all.

    The person is the reader, whose own row the numbers are read beside. Of the records in `last`, the id of
    the newest is told as `last`, 0 where there is none.
    """
    if not lists and last is None:
        return {}
    columns = {
        f"count_{number}": CappedCount(found.order_by().values("pk")[: COUNTED_AT_MOST + 1])
        for number, found in enumerate(lists.values())
    }
    names = [*lists]
    asked: dict[str, Any] = {**columns}
    if last is not None:
        names.append("last")
        asked["newest"] = Subquery(last.order_by("-id").values("pk")[:1])
    counted = Person.objects.filter(pk=person_id or 0).annotate(**asked).values_list(*asked)
    row = counted.first() or [0] * len(asked)
    return {name: value or 0 for name, value in zip(names, row, strict=True)}


def count_words(count: int) -> str:
    """A count as it is shown: exact up to a thousand."""
    return f"{COUNTED_AT_MOST:,}+" if count > COUNTED_AT_MOST else f"{count:,}"

"""Several lists read in one statement, for pages that show a little of many things."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

#: How many values one call of the database's function that makes a JSON list can take; 127 is SQLite's limit.
_AT_ONCE = 90

#: What JSON cannot say, by the kind of column, where the database has types of its own.
_FROM_JSON: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "TimeField": time.fromisoformat,
    "DecimalField": Decimal,
    "FloatField": float,
    "UUIDField": UUID,
    "JSONField": json.dumps,
}


def read_together(*lists: QuerySet[Any]) -> None:
    """Read those lists in one statement, each in its order; they are then iterated without another.

    For short lists: every row goes through JSON. Lists of rows, of `values` and of `values_list` can be read,
    with what is selected along; what is prefetched still costs its statement, where there are rows. A list
    that was read before is left as it is. Columns of bytes, durations and arrays cannot be read so.
    """
    asked = [(one, query) for one in lists if one._result_cache is None and (query := _compiled(one))]
    if not asked:
        return
    statement = ", ".join(query.statement for _, query in asked)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {statement}", [value for _, query in asked for value in query.params])
        told: Sequence[str] = cursor.fetchone()
    for (one, query), rows in zip(asked, told, strict=True):
        query.fill(one, json.loads(rows, parse_float=Decimal))


class _Query:
    """One list as a value of the statement, and the way back from the value to its rows."""

    def __init__(self, found: QuerySet[Any]) -> None:
        self._compiler = found.query.get_compiler(connection=connection)
        inner, self.params = self._compiler.as_sql(with_col_aliases=True)
        quoted = connection.ops.quote_name
        names = [f"part.{quoted(alias)}" for _, _, alias in self._compiler.select]
        is_postgres = connection.vendor == "postgresql"
        row, rows = ("json_build_array", "json_agg") if is_postgres else ("json_array", "json_group_array")
        groups = [names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE)]
        made = ", ".join(f"{row}({', '.join(group)})" for group in groups)
        listed = f"SELECT {rows}({row}({made})) FROM ({inner}) part"  # noqa: S608 - names of our own columns
        special = _FROM_JSON if is_postgres else {}
        self._readers = [special.get(kind, _as_it_is) for kind in self._kinds()]
        self.statement = f"coalesce(CAST(({listed}) AS text), '[]')"

    def fill(self, found: QuerySet[Any], told: Iterable[list[list[Any]]]) -> None:
        """Give the list its rows, as if it had read them itself."""
        compiler, query = self._compiler, found.query
        rows = [self._row(list(chain.from_iterable(groups))) for groups in told]
        compiler.execute_sql = lambda *_, **__: [rows]
        query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        try:
            read: Iterable[Any] = found._iterable_class(found)  # type: ignore[assignment]
            found._result_cache = list(read)
        finally:
            del query.get_compiler

    def _row(self, values: list[Any]) -> tuple[Any, ...]:
        pairs = zip(values, self._readers, strict=True)
        return tuple(None if value is None else read(value) for value, read in pairs)

    def _kinds(self) -> list[str]:
        columns = [one.output_field for one, _, _ in self._compiler.select]
        return [getattr(column, "target_field", column).get_internal_type() for column in columns]


def _as_it_is(value: Any) -> Any:  # noqa: ANN401  whatever a column holds
    return value


def _compiled(found: QuerySet[Any]) -> _Query | None:
    """The list as a part of the statement; None where it is known to be empty, which is noted at once."""
    try:
        return _Query(found)
    except EmptyResultSet:
        found._result_cache = []
        return None

"""One statement that changes many rows, each to values of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

_BATCH = 500


def update_rows(model: type[Model], *, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Set those fields of the rows named first in each tuple by id; one statement for up to 500 of them.

    `bulk_update` would write a branch for every row and column, and an upsert would write whole rows. Runs in
    the caller's transaction, which holds the locks; ids that are gone are passed over.
    """
    fields = [model._meta.get_field(name) for name in columns]
    values = [_prepared(model, fields, row) for row in rows]
    for start in range(0, len(values), _BATCH):
        _update(model, fields, values[start : start + _BATCH])


def _prepared(model: type[Model], fields: Sequence[Any], row: tuple[Any, ...]) -> list[Any]:
    values = (field.get_db_prep_save(value, connection) for field, value in zip(fields, row[1:], strict=True))
    return [row[0], *values]


def _update(model: type[Model], fields: Sequence[Any], rows: Sequence[list[Any]]) -> None:
    quoted = connection.ops.quote_name
    table, names = quoted(model._meta.db_table), [quoted(field.column) for field in fields]
    source = _arrays if connection.vendor == "postgresql" else _values
    changed, params = source(["bigint", *(field.db_type(connection) for field in fields)], rows)
    changes = ", ".join(f"{name} = changed.{name}" for name in names)
    statement = (
        f"WITH changed (id, {', '.join(names)}) AS ({changed}) "  # noqa: S608 - names of our own columns
        f"UPDATE {table} SET {changes} FROM changed WHERE {table}.id = changed.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def _arrays(types: Sequence[str], rows: Sequence[list[Any]]) -> tuple[str, list[Any]]:
    """A typed array a column: quick to read, and never taken for text where all of it is NULL."""
    arrays = ", ".join(f"CAST(%s AS {name}[])" for name in types)
    return f"SELECT * FROM unnest({arrays})", [list(column) for column in zip(*rows, strict=True)]  # noqa: S608


def _values(types: Sequence[str], rows: Sequence[list[Any]]) -> tuple[str, list[Any]]:
    one = f"({', '.join(['%s'] * len(types))})"
    return f"VALUES {', '.join([one] * len(rows))}", [value for row in rows for value in row]

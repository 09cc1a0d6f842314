"""Reading the files of another desk: comma-separated, UTF-8, the first line naming the columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from events.domain.errors import Invalid
from intake.domain.moving import TABLES, Row, Table

CELL_LIMIT = 1_000_000


def read_tables(folder: Path) -> list[Row]:
    """Every row of the files that are there, in the order in which they build on one another.

    Raises `Invalid` with all that is wrong with the files themselves; what is wrong with a row stays its own.
    """
    faults: list[str] = []
    rows: list[Row] = []
    csv.field_size_limit(CELL_LIMIT)
    for table in TABLES:
        path = folder / table.file
        if path.is_file():
            rows += _read(table, path, faults)
    if not rows and not faults:
        faults.append(f"{folder} holds none of {', '.join(table.file for table in TABLES)}.")
    if faults:
        raise Invalid(" ".join(faults))
    return rows


def _read(table: Table, path: Path, faults: list[str]) -> list[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file, strict=True)
            header = [name.strip() for name in next(lines, [])]
            if fault := table.header_fault(header):
                faults.append(fault)
                return []
            return list(_rows(table, header, lines))
    except (csv.Error, UnicodeDecodeError) as fault:
        faults.append(f"{table.file} is no comma-separated text in UTF-8: {fault}.")
        return []


def _rows(table: Table, header: list[str], lines: Iterator[list[str]]) -> Iterator[Row]:
    for number, cells in enumerate(lines, start=2):
        if any(cell.strip() for cell in cells):
            values = dict(zip(header, cells, strict=False))
            yield Row(table=table, line=number, values=values)

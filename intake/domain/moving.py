"""The tables of another desk: which files there are, what stands in their columns, and how a row is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One file: what a row is, the columns it must have and may have, and those that name it."""

    kind: str
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    named_by: tuple[str, ...]

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.kind}s.csv"

    def header_fault(self, header: Sequence[str]) -> str:
        """What is wrong with the first line; empty where nothing is."""
        missing = [name for name in self.needed if name not in header]
        unknown = [name for name in header if name not in (*self.needed, *self.optional)]
        if missing:
            return f"{self.file} lacks the columns {', '.join(missing)}."
        if unknown:
            known = ", ".join((*self.needed, *self.optional))
            return f"{self.file} has columns that are not known: {', '.join(unknown)}. Known are: {known}."
        if len(set(header)) != len(header):
            return f"{self.file} names a column twice."
        return ""

    def reference(self, values: Mapping[str, str]) -> str:
        """How a row is called, for good; letter case does not matter."""
        return "/".join(values.get(name, "").strip().lower() for name in self.named_by)


#: In the order in which they build on one another.
TABLES = (
    Table(kind="client", needed=("key", "name"), optional=("zone",), named_by=("key",)),
    Table(
        kind="contact",
        needed=("client", "email", "name"),
        optional=("role", "zone"),
        named_by=("client", "email"),
    ),
    Table(
        kind="contract",
        needed=("client", "reference", "plan", "name", "starts_on"),
        optional=("ends_on", "calendar", "hours_period", "hours_per_period_minutes"),
        named_by=("client", "reference"),
    ),
    Table(
        kind="ticket",
        needed=("client", "reference", "subject", "description", "request_type", "urgency"),
        optional=("contract", "category", "requester", "assignee", "status", "opened_at"),
        named_by=("client", "reference"),
    ),
    Table(
        kind="message",
        needed=("client", "ticket", "reference", "author", "body"),
        optional=("at", "visibility"),
        named_by=("client", "ticket", "reference"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of one file, with its number there (the first line of data is 2)."""

    table: Table
    line: int
    values: Mapping[str, str]

    @property
    def reference(self) -> str:
        """How it is called, for good."""
        return self.table.reference(self.values)

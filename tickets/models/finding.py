"""The words by which tickets are found: a row of each ticket, one of each message, public and internal apart.

PostgreSQL keeps them as `tsvector` under GIN indexes; on SQLite an FTS5 table follows the rows by triggers.
Both are made by a migration, and both hold the words of `tickets.domain.finding`, which no database parses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.sql.compiler import SQLCompiler

from tickets.domain.finding import finds_beginnings

#: The FTS5 table that follows the rows on SQLite; its columns have the names of the fields.
FOLLOWER = "tickets_ticketwords_found"
_STORED = re.compile(r"\w+")


class WordsField(models.Field):  # type: ignore[type-arg]
    """Different words, in no order that counts; asked with `__has="word"`."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """The column's type."""
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value: Any, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> str:  # noqa: ANN401
        """Words go in as they are: nothing parses them, cuts them or takes them for operators."""
        return "array_to_tsvector(%s::text[])" if connection.vendor == "postgresql" else "%s"

    def get_db_prep_value(
        self, value: Sequence[str] | None, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:  # noqa: ANN401
        """A list for PostgreSQL, words with blanks between them for SQLite."""
        if value is None:
            return None
        return list(value) if connection.vendor == "postgresql" else " ".join(value)

    def from_db_value(self, value: str | None, *_: object) -> list[str] | None:
        """The words, in the order of the alphabet."""
        return None if value is None else sorted(_STORED.findall(value))


@WordsField.register_lookup
class Has(models.Lookup):
    """Whether a word of `tickets.domain.finding` is among the words, or begins one of them."""

    lookup_name = "has"
    prepare_rhs = False

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """By the column's GIN index."""
        column, params = self.process_lhs(compiler, connection)
        beginning = ":*" if finds_beginnings(self.rhs) else ""
        return f"{column} @@ %s::tsquery", [*params, f"'{self.rhs}'{beginning}"]

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """By the FTS5 table, in the column of the same name alone."""
        column, params = self.process_lhs(compiler, connection)
        table, _, name = column.rpartition(".")
        beginning = "*" if finds_beginnings(self.rhs) else ""
        asked = f'{name.strip(chr(34))} : "{self.rhs}" {beginning}'
        matching = f"SELECT rowid FROM {FOLLOWER} WHERE {FOLLOWER} MATCH %s"  # noqa: S608  no text of anybody
        return f'{table}."id" IN ({matching})', [*params, asked]


class TicketWords(models.Model):
    """What one text of a ticket is found by: `public` for everybody who reads it, `internal` for staff alone.

    Without message and document it is the ticket's own row: key, subject and the client's reference are
    public, tags and the maker's reference internal. A message fills one of the two, and has no row once it is
    redacted. Of a document the wording that the client was given last is public, a draft internal.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="words")
    message = models.OneToOneField(
        "tickets.Message", null=True, on_delete=models.CASCADE, related_name="words"
    )
    document = models.OneToOneField(
        "tickets.Document", null=True, on_delete=models.CASCADE, related_name="words"
    )
    public = WordsField(null=True)
    internal = WordsField(null=True)

    class Meta:
        """One row of the ticket itself; one client's rows stand together."""

        constraints = (
            models.UniqueConstraint(
                fields=("ticket",),
                condition=Q(message__isnull=True, document__isnull=True),
                name="words_of_ticket_once",
            ),
        )
        indexes = (models.Index(fields=("client", "ticket"), name="words_of_client"),)

    def __str__(self) -> str:
        """What is found by it."""
        return f"ticket {self.ticket_id}, message {self.message_id}, document {self.document_id}"

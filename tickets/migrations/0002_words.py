"""The words by which tickets are found, and what each database searches them by (tickets.models.finding)."""

from typing import Any

from django.db import migrations

TABLE = "tickets_ticketwords"
COLUMNS = ("public", "internal")

#: A short list of entries still to be sorted in, for a search reads all of it each time.
GIN = """
CREATE INDEX {table}_{column} ON {table} USING gin ({column}) WITH (gin_pending_list_limit = 512)
"""

FTS5 = """
CREATE VIRTUAL TABLE tickets_ticketwords_found USING fts5(
    public, internal, content='tickets_ticketwords', content_rowid='id', detail='column', prefix='3 4',
    tokenize='unicode61 remove_diacritics 0'
);;
CREATE TRIGGER tickets_ticketwords_found_in AFTER INSERT ON tickets_ticketwords BEGIN
    INSERT INTO tickets_ticketwords_found(rowid, public, internal)
    VALUES (new.id, new.public, new.internal);
END;;
CREATE TRIGGER tickets_ticketwords_found_out AFTER DELETE ON tickets_ticketwords BEGIN
    INSERT INTO tickets_ticketwords_found(tickets_ticketwords_found, rowid, public, internal)
    VALUES ('delete', old.id, old.public, old.internal);
END;;
CREATE TRIGGER tickets_ticketwords_found_anew AFTER UPDATE ON tickets_ticketwords BEGIN
    INSERT INTO tickets_ticketwords_found(tickets_ticketwords_found, rowid, public, internal)
    VALUES ('delete', old.id, old.public, old.internal);
    INSERT INTO tickets_ticketwords_found(rowid, public, internal)
    VALUES (new.id, new.public, new.internal);
END
"""


def make_searchable(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401
    if schema_editor.connection.vendor == "postgresql":
        for column in COLUMNS:
            schema_editor.execute(GIN.format(table=TABLE, column=column), params=None)
            schema_editor.execute(f"ALTER TABLE {TABLE} ALTER {column} SET STATISTICS 500", params=None)
    else:
        for statement in FTS5.split(";;"):
            schema_editor.execute(statement, params=None)


def forget(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute("DROP TABLE tickets_ticketwords_found", params=None)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]

    operations = [migrations.RunPython(make_searchable, forget)]

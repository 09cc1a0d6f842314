"""On PostgreSQL whoever records says so before taking a number, so that a feed can wait for slow transactions.

Numbers are taken when a row is written and seen when its transaction ends: a lower one can appear after a
higher one. Each transaction therefore holds, until it ends, a shared lock that carries the last number given
out before its own; `events.queries.settled_sequence` reads them. SQLite has one writer and needs none.
"""

from typing import Any

from django.db import migrations

ANNOUNCE = """
CREATE FUNCTION events_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF COALESCE(current_setting('caredesk.records', true), '') = '' THEN
        PERFORM pg_advisory_xact_lock_shared((17220::bigint << 48) + last_value) FROM events_record_id_seq;
        PERFORM set_config('caredesk.records', 'yes', true);
    END IF;
    RETURN NULL;
END $$;
"""

BEFORE_EACH = """
CREATE TRIGGER events_record_announced BEFORE INSERT ON events_record
FOR EACH STATEMENT EXECUTE FUNCTION events_announce();
"""


def announce(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ANNOUNCE, params=None)
        schema_editor.execute(BEFORE_EACH, params=None)


def be_silent(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER events_record_announced ON events_record", params=None)
        schema_editor.execute("DROP FUNCTION events_announce()", params=None)


class Migration(migrations.Migration):
    dependencies = [("events", "0002_key_that_acted")]

    operations = [migrations.RunPython(announce, be_silent)]

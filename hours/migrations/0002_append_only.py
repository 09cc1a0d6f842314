"""On PostgreSQL the ledger refuses to be changed, whoever asks; SQLite keeps to the services alone (H2).

The application's role needs no right to change these tables either: see REVOKE in docs/operations.md.
"""

from typing import Any

from django.db import migrations

FROZEN = ("hours_ledgerentry", "hours_bucket", "hours_statement")

#: What may change of a time entry while it waits; every other column is as frozen as the ledger.
MOVING = ("state", "overage_id", "settled_reason")

REFUSE = """
CREATE FUNCTION hours_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are appended, never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""

REFUSE_AMOUNTS = """
CREATE FUNCTION hours_refuse_amounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(NEW) - %(moving)s) IS DISTINCT FROM (to_jsonb(OLD) - %(moving)s) THEN
        RAISE EXCEPTION 'amounts of % are corrected by a reversal, never changed', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


def freeze(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401
    if schema_editor.connection.vendor != "postgresql":
        return
    moving = "ARRAY[" + ", ".join(f"'{column}'" for column in MOVING) + "]::text[]"
    schema_editor.execute(REFUSE, params=None)
    schema_editor.execute(REFUSE_AMOUNTS.replace("%(moving)s", moving), params=None)
    for table in FROZEN:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION hours_refuse_change()",
            params=None,
        )
    schema_editor.execute(
        "CREATE TRIGGER hours_timeentry_kept BEFORE DELETE ON hours_timeentry "
        "FOR EACH ROW EXECUTE FUNCTION hours_refuse_change()"
    )
    schema_editor.execute(
        "CREATE TRIGGER hours_timeentry_frozen BEFORE UPDATE ON hours_timeentry "
        "FOR EACH ROW EXECUTE FUNCTION hours_refuse_amounts()"
    )


def thaw(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in FROZEN:
        schema_editor.execute(f"DROP TRIGGER {table}_frozen ON {table}")
    schema_editor.execute("DROP TRIGGER hours_timeentry_kept ON hours_timeentry")
    schema_editor.execute("DROP TRIGGER hours_timeentry_frozen ON hours_timeentry")
    schema_editor.execute("DROP FUNCTION hours_refuse_change()")
    schema_editor.execute("DROP FUNCTION hours_refuse_amounts()")


class Migration(migrations.Migration):
    dependencies = [("hours", "0001_initial")]

    operations = [migrations.RunPython(freeze, thaw)]

"""The words of documents beside those of tickets and messages, and SQLite's triggers on the table made anew."""

from importlib import import_module
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

FTS5: str = import_module("tickets.migrations.0002_words").FTS5


def follow_again(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401
    """SQLite makes a table anew to change it, and forgets the triggers of the old one."""
    if schema_editor.connection.vendor == "postgresql":
        return
    for statement in FTS5.split(";;")[1:]:
        schema_editor.execute(
            statement.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS"), params=None
        )


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_words")]

    operations = [
        migrations.RemoveConstraint(model_name="ticketwords", name="words_of_ticket_once"),
        migrations.AddField(
            model_name="ticketwords",
            name="document",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="words",
                to="tickets.document",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticketwords",
            constraint=models.UniqueConstraint(
                condition=models.Q(("document__isnull", True), ("message__isnull", True)),
                fields=("ticket",),
                name="words_of_ticket_once",
            ),
        ),
        migrations.RunPython(follow_again, migrations.RunPython.noop),
    ]

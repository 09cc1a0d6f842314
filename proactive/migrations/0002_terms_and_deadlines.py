"""Deadlines that can move, the day from which a programme's terms hold, and who gave a delivery up."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What stands already is owed since its contract began, until its window ends."""
    occurrences = apps.get_model("proactive", "Occurrence")
    occurrences.objects.update(deadline_on=F("window_last_on"))
    programmes = apps.get_model("proactive", "Programme")
    for programme in programmes.objects.select_related("contract").iterator():
        programmes.objects.filter(pk=programme.pk).update(counts_from=programme.contract.starts_on)


class Migration(migrations.Migration):
    dependencies = [("proactive", "0001_initial"), ("contracts", "0001_initial")]

    operations = [
        migrations.AddField("occurrence", "deadline_on", models.DateField(null=True)),
        migrations.AddField(
            "occurrence",
            "waived_by",
            models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField("programme", "counts_from", models.DateField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("occurrence", "deadline_on", models.DateField()),
        migrations.AlterField("programme", "counts_from", models.DateField()),
        migrations.RemoveIndex("occurrence", "occurrence_open"),
        migrations.AddIndex(
            "occurrence",
            models.Index(
                condition=models.Q(("state__in", ("planned", "in_progress"))),
                fields=["deadline_on"],
                name="occurrence_open",
            ),
        ),
    ]

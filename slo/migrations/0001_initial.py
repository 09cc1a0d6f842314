import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_who_belongs_where"),
        ("contracts", "0001_initial"),
        ("tickets", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Clock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("objective", models.CharField(max_length=20)),
                ("ordinal", models.PositiveIntegerField(default=1)),
                ("label", models.CharField(max_length=80)),
                ("repeats", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("paused", "Paused"),
                            ("met", "Met"),
                            ("missed", "Missed"),
                            ("exempt", "Exempt"),
                            ("cancelled", "Not counted"),
                        ],
                        max_length=12,
                    ),
                ),
                ("commitment", models.CharField(max_length=16)),
                ("plan", models.CharField(max_length=60)),
                ("urgency", models.CharField(max_length=40)),
                ("rank", models.PositiveSmallIntegerField()),
                ("request_type", models.CharField(max_length=40)),
                ("calendar", models.CharField(blank=True, max_length=120)),
                ("calendar_digest", models.CharField(blank=True, max_length=64)),
                ("target_seconds", models.PositiveBigIntegerField()),
                ("started_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("due_on", models.DateField()),
                ("warn_at", models.DateTimeField(null=True)),
                ("at_risk_at", models.DateTimeField(null=True)),
                ("met_at", models.DateTimeField(null=True)),
                ("missed_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("paused_since", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("check_at", models.DateTimeField(null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clocks",
                        to="contracts.contract",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clocks",
                        to="tickets.ticket",
                    ),
                ),
            ],
            options={
                "ordering": ("ticket", "objective", "ordinal"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("check_at__isnull", False)),
                        fields=["check_at"],
                        name="clock_to_check",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ("running", "paused"))),
                        fields=["contract", "calendar"],
                        name="clock_open_of_contract",
                    ),
                    models.Index(fields=["client", "due_on"], name="clock_by_due_date"),
                    models.Index(fields=["due_on"], name="clock_by_date"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("ticket", "objective", "ordinal"), name="clock_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DueChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("before", models.DateTimeField(null=True)),
                ("after", models.DateTimeField(null=True)),
                ("reason", models.CharField(max_length=300)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="due_changes",
                        to="slo.clock",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("at_risk", "At risk"), ("met", "Met"), ("missed", "Missed")], max_length=8
                    ),
                ),
                ("at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="verdicts", to="slo.clock"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("clock", "kind"), name="verdict_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ("met", "missed"))),
                        fields=("clock",),
                        name="verdict_met_or_missed",
                    ),
                ],
            },
        ),
    ]

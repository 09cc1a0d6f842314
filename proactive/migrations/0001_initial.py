import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_who_belongs_where"),
        ("accounts", "__first__"),
        ("contracts", "0001_initial"),
        ("tickets", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Advisory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True)),
                ("title", models.CharField(max_length=500)),
                ("score", models.FloatField()),
                ("published_at", models.DateTimeField()),
                ("modified_at", models.DateTimeField()),
                ("url", models.CharField(blank=True, max_length=500)),
                ("ranges", models.JSONField(default=list)),
                ("read_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("-published_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("summary", models.TextField(blank=True)),
                ("begun_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                        related_name="%(class)ss",
                        to="contracts.contract",
                    ),
                ),
            ],
            options={
                "ordering": ("-begun_at", "-id"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AssessedEnvironment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("product", models.CharField(max_length=80)),
                ("version", models.CharField(blank=True, max_length=40)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "environment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.environment",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="proactive.assessment",
                    ),
                ),
            ],
            options={
                "ordering": ("name", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "environment"), name="assessed_environment_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(max_length=80)),
                ("text", models.CharField(max_length=300)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("fine", "In order"),
                            ("finding", "Something found"),
                            ("not_here", "Does not apply"),
                            ("not_seen", "Could not be seen"),
                        ],
                        max_length=16,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="proactive.assessment",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="proactive.assessedenvironment",
                    ),
                ),
            ],
            options={
                "ordering": ("place__name", "place_id", "position"),
                "constraints": [models.UniqueConstraint(fields=("place", "position"), name="check_once")],
            },
        ),
        migrations.CreateModel(
            name="Exposure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("found_at", models.DateTimeField()),
                (
                    "advisory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exposures",
                        to="proactive.advisory",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exposures",
                        to="accounts.client",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exposures",
                        to="tickets.ticket",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "constraints": [models.UniqueConstraint(fields=("client", "advisory"), name="exposure_once")],
            },
        ),
        migrations.CreateModel(
            name="ExposedEnvironment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.CharField(max_length=40)),
                ("found_at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "environment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.environment",
                    ),
                ),
                (
                    "exposure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="environments",
                        to="proactive.exposure",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("exposure", "environment"), name="exposed_environment_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=500)),
                ("slot", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("entries", models.PositiveIntegerField(default=0)),
                ("kept", models.PositiveIntegerField(default=0)),
                ("opened", models.PositiveIntegerField(default=0)),
                ("fault_count", models.PositiveIntegerField(default=0)),
                ("faults", models.JSONField(default=list)),
                ("is_complete", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("-id",),
                "constraints": [models.UniqueConstraint(fields=("source", "slot"), name="feed_read_once")],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("critical", "Critical"),
                            ("high", "High"),
                            ("medium", "Medium"),
                            ("low", "Low"),
                            ("note", "Worth knowing"),
                        ],
                        max_length=10,
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=80)),
                ("title", models.CharField(max_length=200)),
                ("detail", models.TextField()),
                ("recommendation", models.TextField()),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accept", "Do it"),
                            ("plan", "Plan it for later"),
                            ("decline", "Leave it as it is"),
                        ],
                        max_length=10,
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_note", models.TextField(blank=True)),
                ("planned_on", models.DateField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_note", models.TextField(blank=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="proactive.assessment",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="proactive.assessedenvironment",
                    ),
                ),
                (
                    "ticket",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="finding",
                        to="tickets.ticket",
                    ),
                ),
            ],
            options={
                "ordering": ("assessment_id", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "number"), name="finding_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("decision", ""), ("decided_at__isnull", False), _connector="OR"),
                        name="finding_decision_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LicenceReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("summary", models.TextField(blank=True)),
                ("begun_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("renewal_on", models.DateField()),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                        related_name="%(class)ss",
                        to="contracts.contract",
                    ),
                ),
            ],
            options={
                "ordering": ("-begun_at", "-id"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LicenceLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("product", models.CharField(max_length=120)),
                ("entitled", models.PositiveIntegerField()),
                ("used", models.PositiveIntegerField()),
                ("active", models.PositiveIntegerField()),
                ("used_before", models.PositiveIntegerField(null=True)),
                ("forecast", models.PositiveIntegerField()),
                ("note", models.TextField(blank=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="proactive.licencereview",
                    ),
                ),
            ],
            options={
                "ordering": ("product",),
                "constraints": [
                    models.UniqueConstraint(fields=("review", "product"), name="licence_line_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Monitor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "check_name",
                    models.CharField(
                        choices=[
                            ("web", "Web service over http and https"),
                            ("certificate", "Certificate of the web service"),
                            ("users", "Logged-in users"),
                            ("load", "Load of the machine"),
                            ("swap", "Swap in use"),
                            ("processes", "Number of processes"),
                            ("disk_root", "Free disk space of root"),
                            ("disk_data", "Free disk space of the application's data"),
                            ("disk_home", "Free disk space of the application's home"),
                            ("other", "Any other alert"),
                        ],
                        max_length=16,
                    ),
                ),
                ("warning", models.FloatField(blank=True, null=True)),
                ("critical", models.FloatField(blank=True, null=True)),
                (
                    "opens_from",
                    models.PositiveSmallIntegerField(choices=[(1, "Warning"), (2, "Critical")], default=2),
                ),
                ("is_on", models.BooleanField(default=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "environment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="monitors",
                        to="contracts.environment",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("environment", "check_name"), name="monitor_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="MonitoringKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("prefix", models.CharField(max_length=12, unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("last_used_at", models.DateTimeField(null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "environment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="monitoring_keys",
                        to="contracts.environment",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Occurrence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("window_first_on", models.DateField()),
                ("window_last_on", models.DateField()),
                ("due_on", models.DateField()),
                ("deadline_on", models.DateField()),
                ("planned_on", models.DateField(null=True)),
                ("is_initial", models.BooleanField(default=False)),
                ("requested_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("in_progress", "In progress"),
                            ("delivered", "Delivered"),
                            ("missed", "Missed"),
                            ("skipped", "Skipped"),
                        ],
                        default="planned",
                        max_length=12,
                    ),
                ),
                ("started_at", models.DateTimeField(null=True)),
                ("delivered_at", models.DateTimeField(null=True)),
                ("missed_at", models.DateTimeField(null=True)),
                ("skipped_at", models.DateTimeField(null=True)),
                ("proof", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("waived_by", models.CharField(blank=True, max_length=200)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("due_on", "id"),
            },
        ),
        migrations.AddField(
            model_name="licencereview",
            name="occurrence",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)s",
                to="proactive.occurrence",
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="occurrence",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)s",
                to="proactive.occurrence",
            ),
        ),
        migrations.CreateModel(
            name="Probe",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.CharField(max_length=500)),
                ("due_at", models.DateTimeField()),
                ("probed_at", models.DateTimeField(null=True)),
                ("is_up", models.BooleanField(null=True)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("took_ms", models.PositiveIntegerField(null=True)),
                ("fault", models.CharField(blank=True, max_length=200)),
                ("certificate_ends_at", models.DateTimeField(null=True)),
                ("certificate_level", models.PositiveSmallIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "environment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="probes",
                        to="contracts.environment",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)), fields=["due_at"], name="probe_due"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("environment", "url"), name="probe_once")],
            },
        ),
        migrations.CreateModel(
            name="ProbeDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("measured", models.PositiveIntegerField(default=0)),
                ("failed", models.PositiveIntegerField(default=0)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "probe",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="days", to="proactive.probe"
                    ),
                ),
            ],
            options={
                "ordering": ("day",),
                "constraints": [
                    models.UniqueConstraint(fields=("probe", "day"), name="probe_day_once"),
                    models.CheckConstraint(
                        condition=models.Q(("failed__lte", models.F("measured"))),
                        name="probe_day_failed_of_measured",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Problem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=40)),
                ("source", models.CharField(max_length=16)),
                ("name", models.CharField(max_length=200)),
                (
                    "check_name",
                    models.CharField(
                        choices=[
                            ("web", "Web service over http and https"),
                            ("certificate", "Certificate of the web service"),
                            ("users", "Logged-in users"),
                            ("load", "Load of the machine"),
                            ("swap", "Swap in use"),
                            ("processes", "Number of processes"),
                            ("disk_root", "Free disk space of root"),
                            ("disk_data", "Free disk space of the application's data"),
                            ("disk_home", "Free disk space of the application's home"),
                            ("other", "Any other alert"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(choices=[(0, "Ok"), (1, "Warning"), (2, "Critical")]),
                ),
                ("count", models.PositiveIntegerField(default=0)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("recovered_at", models.DateTimeField(null=True)),
                ("turns", models.JSONField(default=list)),
                ("is_flapping", models.BooleanField(default=False)),
                ("text", models.CharField(blank=True, max_length=500)),
                ("value", models.FloatField(null=True)),
                ("in_storm", models.BooleanField(default=False)),
                ("silent", models.CharField(blank=True, max_length=200)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problems",
                        to="accounts.client",
                    ),
                ),
                (
                    "environment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problems",
                        to="contracts.environment",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problems",
                        to="tickets.ticket",
                    ),
                ),
            ],
            options={
                "ordering": ("-last_at", "-id"),
                "indexes": [
                    models.Index(fields=["client", "-last_at", "-id"], name="problem_of_client"),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["last_at"],
                        name="problem_living",
                    ),
                    models.Index(fields=["ticket"], name="problem_of_ticket"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("environment", "fingerprint"),
                        name="problem_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.SlugField(max_length=60)),
                ("label", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=40)),
                ("cadence_kind", models.CharField(max_length=20)),
                ("every_months", models.PositiveSmallIntegerField(null=True)),
                ("limit", models.PositiveSmallIntegerField(null=True)),
                ("count_a_year", models.PositiveSmallIntegerField(default=0)),
                ("at_onboarding", models.BooleanField(default=False)),
                ("planned_until", models.DateField(null=True)),
                ("counts_from", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="accounts.client",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="contracts.contract",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("label",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["planned_until"],
                        name="programme_to_plan",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "service"), name="programme_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="occurrence",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="occurrences",
                to="proactive.programme",
            ),
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=16)),
                ("received_at", models.DateTimeField()),
                ("body", models.TextField()),
                ("fault", models.CharField(blank=True, max_length=500)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "environment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.environment",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="proactive.monitoringkey",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("fault", ""), _negated=True),
                        fields=["environment", "id"],
                        name="receipt_refused",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=16)),
                ("fingerprint", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                (
                    "check_name",
                    models.CharField(
                        choices=[
                            ("web", "Web service over http and https"),
                            ("certificate", "Certificate of the web service"),
                            ("users", "Logged-in users"),
                            ("load", "Load of the machine"),
                            ("swap", "Swap in use"),
                            ("processes", "Number of processes"),
                            ("disk_root", "Free disk space of root"),
                            ("disk_data", "Free disk space of the application's data"),
                            ("disk_home", "Free disk space of the application's home"),
                            ("other", "Any other alert"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "stated",
                    models.PositiveSmallIntegerField(choices=[(0, "Ok"), (1, "Warning"), (2, "Critical")]),
                ),
                ("value", models.FloatField(null=True)),
                ("text", models.CharField(blank=True, max_length=500)),
                ("is_news", models.BooleanField(default=True)),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("pending", "Not looked at yet"),
                            ("firing", "Counted on its problem"),
                            ("recovered", "Ended its problem"),
                            ("below", "Under the threshold"),
                            ("noted", "Kept; changes nothing"),
                            ("off", "This check is switched off"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "environment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="contracts.environment",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="proactive.receipt",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "pending")),
                        fields=["environment", "id"],
                        name="alert_pending",
                    ),
                    models.Index(fields=["environment", "fingerprint", "id"], name="alert_of_problem"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("summary", models.TextField(blank=True)),
                ("begun_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                ("pack", models.JSONField(default=dict)),
                ("digest", models.CharField(max_length=64)),
                ("prepared_at", models.DateTimeField()),
                ("held_on", models.DateField(null=True)),
                ("attendees", models.CharField(blank=True, max_length=500)),
                ("minutes", models.TextField(blank=True)),
                ("minuted_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                        related_name="%(class)ss",
                        to="contracts.contract",
                    ),
                ),
                (
                    "occurrence",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s",
                        to="proactive.occurrence",
                    ),
                ),
            ],
            options={
                "ordering": ("-begun_at", "-id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_on__gte", models.F("from_on"))), name="review_period_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minuted_at__isnull", True), ("held_on__isnull", False), _connector="OR"
                        ),
                        name="review_minuted_was_held",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300)),
                (
                    "side",
                    models.CharField(
                        choices=[("provider", "Ours"), ("client", "The client's")], max_length=10
                    ),
                ),
                ("owner", models.CharField(max_length=200)),
                ("due_on", models.DateField()),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.CharField(blank=True, max_length=200)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="proactive.review",
                    ),
                ),
            ],
            options={
                "ordering": ("review_id", "number"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["client", "due_on"],
                        name="review_action_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "number"), name="review_action_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="VendorRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("quote", "Quote"),
                            ("procurement", "Purchase"),
                            ("roadmap", "Roadmap"),
                            ("planning", "Planning"),
                        ],
                        max_length=12,
                    ),
                ),
                ("vendor", models.CharField(max_length=120)),
                ("subject", models.CharField(max_length=200)),
                ("detail", models.TextField(blank=True)),
                ("reference", models.CharField(blank=True, max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "To be taken up"),
                            ("waiting", "With the vendor"),
                            ("quoted", "Quoted, to be decided"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("closed", "Closed"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("asked_by", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("follow_up_on", models.DateField(null=True)),
                ("quote_minor_units", models.PositiveBigIntegerField(null=True)),
                ("quote_currency", models.CharField(blank=True, max_length=3)),
                ("quote_valid_until", models.DateField(null=True)),
                ("decided_by", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
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
                        related_name="vendor_requests",
                        to="contracts.contract",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-asked_at", "-id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["follow_up_on"],
                        name="vendor_follow_up",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("accepted", "declined")), _negated=True),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="vendor_decision_says_when",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VendorNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by_name", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="proactive.vendorrequest",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "environment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="watch",
                        to="contracts.environment",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.AddIndex(
            model_name="occurrence",
            index=models.Index(
                condition=models.Q(("state__in", ("planned", "in_progress"))),
                fields=["deadline_on"],
                name="occurrence_open",
            ),
        ),
        migrations.AddIndex(
            model_name="occurrence",
            index=models.Index(fields=["client", "due_on"], name="occurrence_of_client"),
        ),
        migrations.AddConstraint(
            model_name="occurrence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("requested_on__isnull", True)),
                fields=("programme", "window_first_on", "is_initial"),
                name="occurrence_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="occurrence",
            constraint=models.CheckConstraint(
                condition=models.Q(("window_last_on__gte", models.F("window_first_on"))),
                name="occurrence_window_in_order",
            ),
        ),
    ]

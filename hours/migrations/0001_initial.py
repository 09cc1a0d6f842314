import django.db.models.deletion
import django.db.models.expressions
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
            name="Bucket",
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
                        choices=[
                            ("category", "Hours of an add-on"),
                            ("reserved", "Reserved hours"),
                            ("pack", "Prepaid pack"),
                            ("overage", "Approved overage"),
                        ],
                        max_length=10,
                    ),
                ),
                ("category", models.CharField(blank=True, max_length=60)),
                ("label", models.CharField(max_length=120)),
                ("minutes", models.PositiveIntegerField()),
                ("opened_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(null=True)),
                ("period_on", models.DateField(null=True)),
                ("origin_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("price_minor_units", models.PositiveBigIntegerField(null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
            ],
            options={
                "ordering": ("opened_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_number", models.PositiveIntegerField(default=0)),
                ("open_month", models.DateField()),
                ("open_since", models.DateTimeField(null=True)),
                ("next_due_at", models.DateTimeField(null=True)),
                ("month_closes_at", models.DateTimeField(null=True)),
                ("cycle", models.PositiveIntegerField(default=0)),
                ("capacity", models.PositiveIntegerField(default=0)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "contract",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hours_account",
                        to="contracts.contract",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_due_at__isnull", False)),
                        fields=["next_due_at"],
                        name="account_period_due",
                    ),
                    models.Index(
                        condition=models.Q(("month_closes_at__isnull", False)),
                        fields=["month_closes_at"],
                        name="account_month_due",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BucketBalance",
            fields=[
                (
                    "bucket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="balance",
                        serialize=False,
                        to="hours.bucket",
                    ),
                ),
                ("remaining", models.PositiveIntegerField()),
                ("returnable", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name="bucket",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="buckets", to="hours.account"
            ),
        ),
        migrations.AddField(
            model_name="bucket",
            name="client",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
            ),
        ),
        migrations.CreateModel(
            name="OverageRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("held", "Work went beyond the balance"),
                            ("emergency", "Emergency work"),
                            ("ahead", "Asked before the work"),
                        ],
                        max_length=10,
                    ),
                ),
                ("minutes", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waiting for an answer"),
                            ("approved", "Approved"),
                            ("declined", "Declined"),
                            ("settled", "Not needed any more"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("approved_minutes", models.PositiveIntegerField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("expires_on", models.DateField(null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
                ("request_key", models.CharField(max_length=64, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "bucket",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overage",
                        to="hours.bucket",
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
                        related_name="overages",
                        to="contracts.contract",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overages",
                        to="tickets.ticket",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "asked")), fields=["client"], name="overage_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("origin", "held"), ("state", "asked")),
                        fields=("contract",),
                        name="overage_held_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("ticket", "origin"),
                        name="overage_asked_once",
                    ),
                    models.UniqueConstraint(fields=("contract", "request_key"), name="overage_sent_once"),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gt", 0)), name="overage_of_some_minutes"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("opening", models.PositiveIntegerField()),
                ("closing", models.PositiveIntegerField()),
                ("body", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("previous_digest", models.CharField(blank=True, max_length=64)),
                ("closed_at", models.DateTimeField()),
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
                        related_name="statements",
                        to="contracts.contract",
                    ),
                ),
            ],
            options={
                "ordering": ("contract", "month"),
                "constraints": [models.UniqueConstraint(fields=("contract", "month"), name="statement_once")],
            },
        ),
        migrations.CreateModel(
            name="TimeEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("worked_on", models.DateField()),
                ("worked_minutes", models.IntegerField()),
                ("billed_minutes", models.IntegerField()),
                ("activity", models.CharField(max_length=40)),
                ("category", models.CharField(blank=True, max_length=60)),
                ("note", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drawn", "Drawn"),
                            ("held", "Held"),
                            ("declined", "Declined by the client"),
                            ("not_billed", "Not billed"),
                            ("reversed", "Taken back"),
                            ("reversal", "Takes an entry back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("not_billed_reason", models.CharField(blank=True, max_length=300)),
                ("emergency_reason", models.CharField(blank=True, max_length=300)),
                ("settled_reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("request_key", models.CharField(max_length=64, null=True)),
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
                        related_name="time_entries",
                        to="contracts.contract",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="hours.timeentry",
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "overage",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="hours.overagerequest",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="time_entries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversal",
                        to="hours.timeentry",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="time_entries",
                        to="tickets.ticket",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "time entries",
                "ordering": ("id",),
                "indexes": [
                    models.Index(fields=["ticket", "id"], name="time_of_ticket"),
                    models.Index(fields=["person", "worked_on"], name="time_of_person"),
                    models.Index(fields=["contract", "at"], name="time_of_contract"),
                    models.Index(
                        condition=models.Q(("state", "held")), fields=["contract", "id"], name="time_held"
                    ),
                    models.Index(
                        condition=models.Q(("state", "declined")), fields=["client"], name="time_declined"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("logged_by", "request_key"), name="time_entry_sent_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("billed_minutes__gte", models.F("worked_minutes")),
                                ("reverses__isnull", True),
                                ("worked_minutes__range", (1, 1440)),
                            ),
                            models.Q(
                                ("billed_minutes__lte", models.F("worked_minutes")),
                                ("reverses__isnull", False),
                                ("worked_minutes__range", (-1440, -1)),
                            ),
                            _connector="OR",
                        ),
                        name="time_entry_minutes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("asked_by_name", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("answered", "Answered"), ("corrected", "Corrected")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
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
                        related_name="questions",
                        to="contracts.contract",
                    ),
                ),
                (
                    "correction",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="hours.timeentry",
                    ),
                ),
                (
                    "time_entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="hours.timeentry",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["client"], name="question_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("time_entry",),
                        name="question_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("grant", "Granted"),
                            ("top_up", "Bought"),
                            ("overage", "Overage approved"),
                            ("draw", "Work"),
                            ("reversal", "Taken back"),
                            ("transfer", "Carried over"),
                            ("expiry", "Expired"),
                        ],
                        max_length=10,
                    ),
                ),
                ("minutes", models.IntegerField()),
                ("before", models.PositiveIntegerField()),
                ("after", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("actor_name", models.CharField(blank=True, max_length=200)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ledger", to="hours.account"
                    ),
                ),
                (
                    "bucket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="hours.bucket",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "time_entry",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="hours.timeentry",
                    ),
                ),
            ],
            options={
                "ordering": ("account", "number"),
                "indexes": [models.Index(fields=["account", "at"], name="ledger_by_time")],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "number"), name="ledger_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "after",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("before"), "+", models.F("minutes")
                                ),
                            )
                        ),
                        name="ledger_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ("draw", "expiry")), ("minutes__lt", 0)),
                            models.Q(
                                ("kind__in", ("grant", "top_up", "overage", "reversal")), ("minutes__gt", 0)
                            ),
                            models.Q(("kind", "transfer"), models.Q(("minutes", 0), _negated=True)),
                            _connector="OR",
                        ),
                        name="ledger_sign",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Timer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("running_since", models.DateTimeField(null=True)),
                ("counted_seconds", models.PositiveIntegerField(default=0)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("note", models.TextField(blank=True)),
                ("activity", models.CharField(max_length=40)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="timers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="timers",
                        to="tickets.ticket",
                    ),
                ),
                (
                    "time_entry",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="timer",
                        to="hours.timeentry",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("reminded_at__isnull", True), ("running_since__isnull", False)),
                        fields=["running_since"],
                        name="timer_to_remind",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("running_since__isnull", False)),
                        fields=("person",),
                        name="timer_running_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("person", "ticket"),
                        name="timer_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TopUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pack", models.CharField(max_length=60)),
                ("label", models.CharField(max_length=120)),
                ("minutes", models.PositiveIntegerField()),
                ("price_minor_units", models.PositiveBigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("expires_after_months", models.PositiveSmallIntegerField(null=True)),
                ("note", models.TextField(blank=True)),
                ("requested_by_name", models.CharField(max_length=200)),
                ("requested_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waiting for an answer"),
                            ("approved", "Approved"),
                            ("declined", "Declined"),
                            ("settled", "Not needed any more"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("request_key", models.CharField(max_length=64, null=True)),
                (
                    "bucket",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="top_up",
                        to="hours.bucket",
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
                        related_name="top_ups",
                        to="contracts.contract",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "asked")), fields=["client"], name="top_up_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "request_key"), name="top_up_sent_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="UseWarning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cycle", models.PositiveIntegerField()),
                ("percent", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("overtaken", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="warnings",
                        to="hours.account",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("account", "cycle", "percent"), name="warning_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="bucketbalance",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="balances", to="hours.account"
            ),
        ),
        migrations.AddField(
            model_name="bucketbalance",
            name="client",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.client"
            ),
        ),
        migrations.AddConstraint(
            model_name="bucket",
            constraint=models.UniqueConstraint(
                condition=models.Q(("period_on__isnull", False)),
                fields=("account", "kind", "category", "period_on", "origin_on"),
                name="bucket_once_a_period",
            ),
        ),
        migrations.AddIndex(
            model_name="bucketbalance",
            index=models.Index(
                condition=models.Q(("remaining__gt", 0), ("returnable__gt", 0), _connector="OR"),
                fields=["account"],
                name="bucket_living",
            ),
        ),
        migrations.AddConstraint(
            model_name="bucketbalance",
            constraint=models.CheckConstraint(
                condition=models.Q(("remaining__gte", 0), ("returnable__gte", 0)),
                name="bucket_not_below_zero",
            ),
        ),
    ]

"""The account of a contract: its buckets, what is left in each, and which warnings were given."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from hours.domain.ledger import BucketKind as Kind


class BucketKind(models.TextChoices):
    """What a bucket is made of, in the order of drawing (H3)."""

    CATEGORY = Kind.CATEGORY.value, "Hours of an add-on"
    RESERVED = Kind.RESERVED.value, "Reserved hours"
    PACK = Kind.PACK.value, "Prepaid pack"
    OVERAGE = Kind.OVERAGE.value, "Approved overage"


class Account(models.Model):
    """The one row that is locked before any minute of a contract moves.

    `last_number` numbers the ledger's lines without gaps. `next_due_at` is when the next period starts or a
    bucket ends, `month_closes_at` when the statement of `open_month` is closed; empty where nothing is due.
    `open_since` is where the last closed month ended, so that a new time zone opens no gap between the two.
    `capacity` is what could be drawn when the present round of warnings began: at a grant or a top-up, which
    starts round `cycle` (H6).
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    contract = models.OneToOneField(
        "contracts.Contract", on_delete=models.PROTECT, related_name="hours_account"
    )
    last_number = models.PositiveIntegerField(default=0)
    open_month = models.DateField()
    open_since = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)
    month_closes_at = models.DateTimeField(null=True)
    cycle = models.PositiveIntegerField(default=0)
    capacity = models.PositiveIntegerField(default=0)

    class Meta:
        """The two sweeps find what is due by an index each."""

        indexes = (
            models.Index(
                fields=("next_due_at",), condition=Q(next_due_at__isnull=False), name="account_period_due"
            ),
            models.Index(
                fields=("month_closes_at",),
                condition=Q(month_closes_at__isnull=False),
                name="account_month_due",
            ),
        )

    def __str__(self) -> str:
        """Whose account it is."""
        return f"Hours of {self.contract}"


class Bucket(models.Model):
    """Minutes that were granted together: the facts, which never change; what is left is its balance.

    `period_on` is the first day of the period for which it was granted, `origin_on` that of the period from
    which the minutes came: earlier where they were carried over. `ends_on` is the day after the period.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="buckets")
    kind = models.CharField(max_length=10, choices=BucketKind.choices)
    category = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=120)
    minutes = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    period_on = models.DateField(null=True)
    origin_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    price_minor_units = models.PositiveBigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        """Hours of a period are granted once, however often the sweep runs (H4)."""

        ordering = ("opened_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("account", "kind", "category", "period_on", "origin_on"),
                condition=Q(period_on__isnull=False),
                name="bucket_once_a_period",
            ),
        )

    def __str__(self) -> str:
        """The words on the statement."""
        return self.label


class BucketBalanceQuerySet(models.QuerySet["BucketBalance"]):
    """Chainable questions to what is left."""

    def living(self) -> Self:
        """Those that still hold minutes, or may have expired ones given back."""
        return self.filter(Q(remaining__gt=0) | Q(returnable__gt=0))


class BucketBalance(models.Model):
    """What is left in a bucket; it cannot go below zero (H5).

    `returnable` is what expired of it and may be given back for work done within its period, until the month
    of its end is closed.
    """

    bucket = models.OneToOneField(Bucket, primary_key=True, on_delete=models.PROTECT, related_name="balance")
    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="balances")
    remaining = models.PositiveIntegerField()
    returnable = models.PositiveIntegerField(default=0)

    objects = BucketBalanceQuerySet.as_manager()

    class Meta:
        """Never below zero, said in a constraint of our own besides the column's."""

        constraints = (
            models.CheckConstraint(
                condition=Q(remaining__gte=0, returnable__gte=0), name="bucket_not_below_zero"
            ),
        )
        indexes = (
            models.Index(
                fields=("account",),
                condition=Q(remaining__gt=0) | Q(returnable__gt=0),
                name="bucket_living",
            ),
        )

    def __str__(self) -> str:
        """Minutes left."""
        return f"{self.remaining} min"


class UseWarning(models.Model):
    """That a share of the balance was used up; `overtaken` ones were told of by a higher one (H6)."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="warnings")
    cycle = models.PositiveIntegerField()
    percent = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    overtaken = models.BooleanField(default=False)

    class Meta:
        """Once a round and percentage."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("account", "cycle", "percent"), name="warning_once"),)

    def __str__(self) -> str:
        """The share."""
        return f"{self.percent} %"

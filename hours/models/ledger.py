"""The ledger: every movement of paid minutes, appended and never changed (H2)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q


class Movement(models.TextChoices):
    """Why minutes moved."""

    GRANT = "grant", "Granted"
    TOP_UP = "top_up", "Bought"
    OVERAGE = "overage", "Overage approved"
    DRAW = "draw", "Work"
    REVERSAL = "reversal", "Taken back"
    TRANSFER = "transfer", "Carried over"
    EXPIRY = "expiry", "Expired"


class LedgerQuerySet(models.QuerySet["LedgerEntry"]):
    """Chainable questions to the ledger."""

    def of_contract(self, contract_id: int) -> Self:
        """The movements of one contract, in order."""
        return self.filter(account__contract_id=contract_id).order_by("number")


class LedgerEntry(models.Model):
    """One movement: signed minutes of one bucket, with what it held before and after.

    `at` is the moment at which it is booked: never in a month whose statement is closed. On PostgreSQL a
    trigger refuses every change and deletion.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("hours.Account", on_delete=models.PROTECT, related_name="ledger")
    number = models.PositiveIntegerField()
    bucket = models.ForeignKey("hours.Bucket", on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=10, choices=Movement.choices)
    minutes = models.IntegerField()
    before = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    time_entry = models.ForeignKey(
        "hours.TimeEntry", null=True, on_delete=models.PROTECT, related_name="movements"
    )
    actor_name = models.CharField(max_length=200, blank=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        """Numbered without gaps; each line adds up, and the kinds that take never give."""

        ordering = ("account", "number")
        constraints = (
            models.UniqueConstraint(fields=("account", "number"), name="ledger_number_once"),
            models.CheckConstraint(condition=Q(after=F("before") + F("minutes")), name="ledger_adds_up"),
            models.CheckConstraint(
                condition=Q(kind__in=("draw", "expiry"), minutes__lt=0)
                | Q(kind__in=("grant", "top_up", "overage", "reversal"), minutes__gt=0)
                | (Q(kind="transfer") & ~Q(minutes=0)),
                name="ledger_sign",
            ),
        )
        indexes = (models.Index(fields=("account", "at"), name="ledger_by_time"),)

    def __str__(self) -> str:
        """Number, kind and minutes."""
        return f"{self.number} {self.kind} {self.minutes}"

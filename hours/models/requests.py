"""What the client is asked, and what it orders: overage and top-ups."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class RequestState(models.TextChoices):
    """Where a request stands; `settled` ones were overtaken: nothing is held any more."""

    ASKED = "asked", "Waiting for an answer"
    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Declined"
    SETTLED = "settled", "Not needed any more"


class Origin(models.TextChoices):
    """Why overage is asked for."""

    HELD = "held", "Work went beyond the balance"
    EMERGENCY = "emergency", "Emergency work"
    AHEAD = "ahead", "Asked before the work"


class OverageRequest(models.Model):
    """A question to the client, whether so many minutes may be worked beyond the balance (H5).

    Held entries of one contract share one open request, whose `minutes` follow what is missing.
    `expires_on` is the last day on which approved minutes can be drawn; empty: no end.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="overages")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="overages")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    minutes = models.PositiveIntegerField()
    text = models.TextField()
    asked_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.ASKED)
    approved_minutes = models.PositiveIntegerField(null=True)
    answer = models.TextField(blank=True)
    expires_on = models.DateField(null=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    bucket = models.OneToOneField("hours.Bucket", null=True, on_delete=models.PROTECT, related_name="overage")
    request_key = models.CharField(max_length=64, null=True)

    class Meta:
        """One open question a contract for held work, one a ticket for emergencies and for work to come."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("contract",), condition=Q(state="asked", origin="held"), name="overage_held_once"
            ),
            models.UniqueConstraint(
                fields=("ticket", "origin"), condition=Q(state="asked"), name="overage_asked_once"
            ),
            models.UniqueConstraint(fields=("contract", "request_key"), name="overage_sent_once"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="overage_of_some_minutes"),
        )
        indexes = (models.Index(fields=("client",), condition=Q(state="asked"), name="overage_open"),)

    def __str__(self) -> str:
        """Minutes and state."""
        return f"{self.minutes} min, {self.state}"


class TopUp(models.Model):
    """A pack that a point of contact ordered and an account executive confirms (H11).

    Label, minutes and price are those of the catalogue at the time of the order; money is in minor units.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="top_ups")
    pack = models.CharField(max_length=60)
    label = models.CharField(max_length=120)
    minutes = models.PositiveIntegerField()
    price_minor_units = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    expires_after_months = models.PositiveSmallIntegerField(null=True)
    note = models.TextField(blank=True)
    requested_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    requested_by_name = models.CharField(max_length=200)
    requested_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.ASKED)
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    bucket = models.OneToOneField("hours.Bucket", null=True, on_delete=models.PROTECT, related_name="top_up")
    request_key = models.CharField(max_length=64, null=True)

    class Meta:
        """An order sent twice is one order."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("contract", "request_key"), name="top_up_sent_once"),)
        indexes = (models.Index(fields=("client",), condition=Q(state="asked"), name="top_up_open"),)

    def __str__(self) -> str:
        """What is ordered."""
        return f"{self.label}, {self.state}"

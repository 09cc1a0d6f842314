"""Engineers booked for planned work at a weekend (E8)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class BookingState(models.TextChoices):
    """Where a booking stands."""

    ASKED = "asked", "Asked for"
    CONFIRMED = "confirmed", "Confirmed"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Booking(models.Model):
    """Planned work for which a client wants an engineer at a weekend, and who comes.

    `answer` is a word with the confirmation, or why it was declined.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="bookings")
    environment = models.ForeignKey(
        "contracts.Environment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    summary = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=BookingState.choices, default=BookingState.ASKED)
    asked_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    engineer = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    submission_id = models.CharField(max_length=64, null=True)

    class Meta:
        """By their beginning; a form sent twice books once; who is confirmed has a name."""

        ordering = ("starts_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("client", "submission_id"), name="booking_submission_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(engineer__isnull=False), name="booking_names_who_comes"
            ),
        )
        indexes = (
            models.Index(fields=("client", "starts_at"), name="booking_of_client"),
            models.Index(
                fields=("starts_at",), condition=Q(state__in=("asked", "confirmed")), name="booking_ahead"
            ),
        )

    def __str__(self) -> str:
        """What is done when."""
        return f"{self.summary}, {self.starts_at:%Y-%m-%d %H:%M}"

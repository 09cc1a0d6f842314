"""Closed months, and what clients ask about their lines (H9)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Statement(models.Model):
    """The statement of one closed month; it never changes, and its digest chains to the month before."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="statements")
    month = models.DateField()
    opening = models.PositiveIntegerField()
    closing = models.PositiveIntegerField()
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    previous_digest = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField()

    class Meta:
        """A month is closed once."""

        ordering = ("contract", "month")
        constraints = (models.UniqueConstraint(fields=("contract", "month"), name="statement_once"),)

    def __str__(self) -> str:
        """The month."""
        return f"{self.month:%Y-%m}"


class QuestionState(models.TextChoices):
    """Where a question about a line stands."""

    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"
    CORRECTED = "corrected", "Corrected"


class Question(models.Model):
    """A client's question about one time entry, with the answer or the correction it led to."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="questions")
    time_entry = models.ForeignKey("hours.TimeEntry", on_delete=models.PROTECT, related_name="questions")
    text = models.TextField()
    asked_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=QuestionState.choices, default=QuestionState.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    correction = models.ForeignKey(
        "hours.TimeEntry", null=True, on_delete=models.PROTECT, related_name="answers"
    )

    class Meta:
        """One open question an entry."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("time_entry",), condition=Q(state="open"), name="question_open_once"
            ),
        )
        indexes = (models.Index(fields=("client",), condition=Q(state="open"), name="question_open"),)

    def __str__(self) -> str:
        """What is asked."""
        return self.text[:80]

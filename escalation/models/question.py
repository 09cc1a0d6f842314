"""Questions to the account executive, and everything said on them (E4)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class QuestionState(models.TextChoices):
    """Where a commercial question stands."""

    ASKED = "asked", "Waiting for an answer"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"


class QuestionTopic(models.TextChoices):
    """What a commercial question is about."""

    PRICING = "pricing", "Prices"
    CONTRACT = "contract", "Our contract"
    RENEWAL = "renewal", "Renewal"
    LICENCES = "licences", "Licences"
    ROADMAP = "roadmap", "Roadmap of a product"


class CommercialQuestion(models.Model):
    """One matter for the account executive; `turned_at` is since when it stands as it does.

    `ticket` is the one from which somebody was led here. What was said are its lines.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey("contracts.Contract", null=True, on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", null=True, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=12, choices=QuestionTopic.choices)
    subject = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=QuestionState.choices, default=QuestionState.ASKED)
    asked_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    turned_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    submission_id = models.CharField(max_length=64, null=True)

    class Meta:
        """The newest first; a form sent twice asks once; what waits is found by its age."""

        ordering = ("-asked_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("client", "submission_id"), name="question_submission_once"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="question_closed_says_when",
            ),
        )
        indexes = (
            models.Index(
                fields=("client", "turned_at"), condition=~Q(state="closed"), name="question_of_client"
            ),
        )

    def __str__(self) -> str:
        """What it is about."""
        return self.subject


class QuestionLine(models.Model):
    """What one side said on a question, appended and never changed."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(CommercialQuestion, on_delete=models.PROTECT, related_name="lines")
    is_staff = models.BooleanField()
    by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        """In the order in which it was said."""

        ordering = ("id",)

    def __str__(self) -> str:
        """Who said it."""
        return f"{self.by_name}, {self.at:%Y-%m-%d}"

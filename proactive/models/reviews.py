"""Service reviews: the figures as they were frozen, the meeting, and what both sides took on (P3)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from proactive.models.papers import Paper


class Side(models.TextChoices):
    """Whose an action is."""

    PROVIDER = "provider", "Ours"
    CLIENT = "client", "The client's"


class Review(Paper):
    """A review of one contract over a period of dates, both included.

    `pack` holds the figures as JSON, worked out at `prepared_at`; from publishing on neither it nor its
    `digest` changes. `summary` is the agenda. The minutes follow the meeting; `minuted_at` makes them final.
    """

    from_on = models.DateField()
    to_on = models.DateField()
    pack = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    prepared_at = models.DateTimeField()
    held_on = models.DateField(null=True)
    attendees = models.CharField(max_length=500, blank=True)
    minutes = models.TextField(blank=True)
    minuted_at = models.DateTimeField(null=True)

    class Meta(Paper.Meta):
        """A period ends after it begins; minutes say when the meeting was."""

        abstract = False
        constraints = (
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="review_period_in_order"),
            models.CheckConstraint(
                condition=Q(minuted_at__isnull=True) | Q(held_on__isnull=False),
                name="review_minuted_was_held",
            ),
        )


class ReviewAction(models.Model):
    """Something that one side took on, with who sees to it and until when."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    side = models.CharField(max_length=10, choices=Side.choices)
    owner = models.CharField(max_length=200)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, blank=True)

    class Meta:
        """Numbered within its review; open ones are found by their day."""

        ordering = ("review_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("review", "number"), name="review_action_number_once"),
        )
        indexes = (
            models.Index(
                fields=("client", "due_on"), condition=Q(done_at__isnull=True), name="review_action_open"
            ),
        )

    def __str__(self) -> str:
        """What is to be done."""
        return self.text

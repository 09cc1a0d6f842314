"""Health assessments: what was looked at, point by point, and what was found (P2)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from proactive.domain.assessing import Decision, Outcome, Severity
from proactive.models.papers import Paper


class Assessment(Paper):
    """A look through a contract's environments against the checklists of their products."""


class AssessedEnvironment(models.Model):
    """One environment in the scope, as it was when the assessment began."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="places")
    environment = models.ForeignKey("contracts.Environment", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    product = models.CharField(max_length=80)
    version = models.CharField(max_length=40, blank=True)

    class Meta:
        """An environment stands once in an assessment."""

        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=("assessment", "environment"), name="assessed_environment_once"),
        )

    def __str__(self) -> str:
        """Name, product and version."""
        return f"{self.name} ({self.product} {self.version})".replace(" )", ")")


class Check(models.Model):
    """One point of a checklist, looked at on one environment."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="checks")
    place = models.ForeignKey(AssessedEnvironment, on_delete=models.PROTECT, related_name="checks")
    topic = models.CharField(max_length=80)
    text = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=16, choices=Outcome.choices(), blank=True)
    note = models.TextField(blank=True)

    class Meta:
        """In the order of the checklist, once a place."""

        ordering = ("place__name", "place_id", "position")
        constraints = (models.UniqueConstraint(fields=("place", "position"), name="check_once"),)

    def __str__(self) -> str:
        """What is looked at."""
        return self.text


class Finding(models.Model):
    """Something found: how grave it is, what we advise, what the client decided, and what came of it.

    `settled_at` is when it was put right without a ticket; with one, the ticket says so.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="findings")
    place = models.ForeignKey(
        AssessedEnvironment, null=True, on_delete=models.PROTECT, related_name="findings"
    )
    number = models.PositiveSmallIntegerField()
    severity = models.CharField(max_length=10, choices=Severity.choices())
    topic = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    detail = models.TextField()
    recommendation = models.TextField()
    decision = models.CharField(max_length=10, choices=Decision.choices(), blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(blank=True)
    planned_on = models.DateField(null=True)
    ticket = models.OneToOneField(
        "tickets.Ticket", null=True, on_delete=models.PROTECT, related_name="finding"
    )
    settled_at = models.DateTimeField(null=True)
    settled_note = models.TextField(blank=True)

    class Meta:
        """Numbered within its assessment; a decision says when it was made."""

        ordering = ("assessment_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("assessment", "number"), name="finding_number_once"),
            models.CheckConstraint(
                condition=Q(decision="") | Q(decided_at__isnull=False), name="finding_decision_says_when"
            ),
        )

    def __str__(self) -> str:
        """Number and title."""
        return f"{self.number}. {self.title}"

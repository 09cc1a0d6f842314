"""The escalations that climb a path, and their steps."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    """Where an escalation stands."""

    WAITING = "waiting", "Waiting for acknowledgement"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    RESOLVED = "resolved", "Resolved"


class Escalation(models.Model):
    """A call for a higher tier on one ticket; one is open at a time (E3).

    `facts` are what the system attached: clocks, messages, urgency history, earlier escalations.
    `asked` is who of the present tier is on duty, `asked_because` why it is not the first of it (E1); None
    means everybody of the tier. `told_at` is when the present tier was told; `acknowledge_due_at` is empty
    once it answered, and at the top when nobody stands above.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="escalations")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="escalations")
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="escalations")
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    level = models.PositiveSmallIntegerField()
    ground = models.CharField(max_length=32)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    raised_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    raised_by_name = models.CharField(max_length=200)
    raised_at = models.DateTimeField()
    told_at = models.DateTimeField()
    asked = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    asked_because = models.CharField(max_length=200, blank=True)
    acknowledge_due_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, blank=True)
    outcome_text = models.TextField(blank=True)
    resolved_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        """One open escalation a ticket; the sweep reads those whose answer is overdue."""

        ordering = ("-raised_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("ticket",), condition=~Q(state="resolved"), name="escalation_open_once"
            ),
        )
        indexes = (
            models.Index(
                fields=("acknowledge_due_at",),
                condition=Q(acknowledge_due_at__isnull=False),
                name="escalation_due",
            ),
            models.Index(fields=("client",), condition=~Q(state="resolved"), name="escalation_of_client"),
        )

    def __str__(self) -> str:
        """Ticket and level."""
        return f"{self.ticket_id} at tier {self.level}"


class Step(models.Model):
    """One step of an escalation, appended as it happens; the history that both sides read."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    escalation = models.ForeignKey(Escalation, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=16)
    level = models.PositiveSmallIntegerField()
    by_name = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        """In the order in which they happened."""

        ordering = ("id",)

    def __str__(self) -> str:
        """What happened at which level."""
        return f"{self.kind} at tier {self.level}"

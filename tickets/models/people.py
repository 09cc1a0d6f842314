"""Who takes part in a ticket, and what people are asked to decide on it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Participant(models.Model):
    """A contact who reads a ticket and replies on it besides the requester."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="participations")
    added_at = models.DateTimeField()

    class Meta:
        """A person takes part once."""

        constraints = (models.UniqueConstraint(fields=("ticket", "person"), name="participant_once"),)

    def __str__(self) -> str:
        """Who takes part in what."""
        return f"{self.person_id} in {self.ticket_id}"


class Watcher(models.Model):
    """A member of staff who hears of a ticket without owning it."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="watchers")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        """A person watches once."""

        constraints = (models.UniqueConstraint(fields=("ticket", "person"), name="watcher_once"),)

    def __str__(self) -> str:
        """Who watches what."""
        return f"{self.person_id} on {self.ticket_id}"


class Approval(models.Model):
    """A decision asked of somebody on a ticket: a golden rule's approval, an exception, on-site work."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="approvals")
    kind = models.CharField(max_length=20)
    question = models.TextField()
    asked_of_role = models.CharField(max_length=24, blank=True)
    asked_of = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    rule_version = models.ForeignKey(
        "contracts.SopVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=12, default="asked")
    decided_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    comment = models.TextField(blank=True)

    class Meta:
        """In the order of asking."""

        ordering = ("id",)
        indexes = (models.Index(fields=("client",), condition=Q(state="asked"), name="approval_open"),)

    def __str__(self) -> str:
        """What is asked."""
        return self.question


class UrgencyProposal(models.Model):
    """Staff's proposal of another urgency, which the client accepts or declines; both views stand."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="urgency_proposals")
    before = models.CharField(max_length=40)
    proposed = models.CharField(max_length=40)
    reason = models.TextField()
    proposed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=12, default="proposed")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """One open proposal a ticket."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("ticket",), condition=Q(state="proposed"), name="proposal_open_once"
            ),
        )

    def __str__(self) -> str:
        """What is proposed."""
        return f"{self.before} to {self.proposed}"

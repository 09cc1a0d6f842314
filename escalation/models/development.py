"""Tickets that wait for a maker's or product team's fix (E5)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Development(models.Model):
    """That a ticket waits for a fix, and by when somebody asks again; gone when it no longer waits.

    The maker's reference stands on the ticket. `priority` is the plan's place in the queue when the wait
    began, or when the contract last changed. `overdue_at` is the end of `follow_up_on` at the client;
    `told_at` is when the sweep told of it.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    ticket = models.OneToOneField("tickets.Ticket", on_delete=models.PROTECT, related_name="development")
    priority = models.PositiveSmallIntegerField()
    since = models.DateTimeField()
    vendor = models.CharField(max_length=120, blank=True)
    follow_up_on = models.DateField()
    overdue_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    asked_by_name = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        """The sweep reads those that nobody was told of, by when they are late."""

        indexes = (
            models.Index(
                fields=("overdue_at",), condition=Q(told_at__isnull=True), name="development_to_tell"
            ),
        )

    def __str__(self) -> str:
        """Which ticket, and by when somebody asks."""
        return f"{self.ticket_id}, ask by {self.follow_up_on}"

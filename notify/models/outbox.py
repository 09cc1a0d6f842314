"""The outbox: one row for each mail and each webhook that has to go out, and the attempts made."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q


class Channel(models.TextChoices):
    """By which way somebody is told."""

    EMAIL = "email", "E-mail"
    WEBHOOK = "webhook", "Webhook"


class State(models.TextChoices):
    """Where a delivery stands; the first three are still under way."""

    WAITING = "waiting", "Not yet delivered"
    SENDING = "sending", "Being sent"
    UNKNOWN = "unknown", "Answer lost, perhaps delivered"
    DONE = "done", "Delivered"
    FAILED = "failed", "Not delivered"
    WITHDRAWN = "withdrawn", "Not sent"
    SUSPENDED = "suspended", "Waits for the endpoint"


class Outcome(models.TextChoices):
    """How one attempt ended."""

    DONE = "done", "Accepted"
    LATER = "later", "To be tried again"
    FAILED = "failed", "Refused for good"
    UNKNOWN = "unknown", "Answer lost"
    CRASHED = "crashed", "Our process ended"
    WITHDRAWN = "withdrawn", "Not sent"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Chainable questions to the outbox."""

    def under_way(self) -> Self:
        """Those that are still to be sent, now or later."""
        return self.filter(due_at__isnull=False)

    def due(self, at: datetime) -> Self:
        """Those to send now: their moment has come, and nothing earlier holds them back.

        Mails of one person about one ticket keep their order; an endpoint that rests holds only its own back.
        """
        earlier = Delivery.objects.filter(
            channel=Channel.EMAIL,
            person_id=OuterRef("person_id"),
            ticket_id=OuterRef("ticket_id"),
            due_at__isnull=False,
            is_bundled=False,
            id__lt=OuterRef("id"),
        )
        is_free = Q(endpoint__isnull=True) | Q(endpoint__resting_until__isnull=True)
        return self.filter(is_free | Q(endpoint__resting_until__lte=at), due_at__lte=at).exclude(
            Q(channel=Channel.EMAIL, ticket_id__isnull=False) & Exists(earlier)
        )


class Delivery(models.Model):
    """One mail or webhook to one target because of one record; delivered until done or given up (X5).

    What it says is made from the record when it is sent. `due_at` is when the next attempt is due, or when a
    claim runs out, and empty once nothing more is to do. `handed_over_at` is set just before a mail's text
    goes over the wire: a process that dies after it leaves a doubt, one that dies before it leaves none.
    What is `is_bulk` goes out when nothing else is due.
    """

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(
        "events.Record", on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    client = models.ForeignKey(
        "accounts.Client", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ticket = models.ForeignKey(
        "tickets.Ticket", null=True, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    channel = models.CharField(max_length=8, choices=Channel.choices)
    target = models.CharField(max_length=280)
    person = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="deliveries"
    )
    endpoint = models.ForeignKey(
        "notify.Endpoint", null=True, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    template = models.CharField(max_length=40)
    reason = models.CharField(max_length=24)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    crashes = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0)
    handed_over_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=120)
    outcome = models.CharField(max_length=300, blank=True)
    is_bundled = models.BooleanField(default=False)
    is_bulk = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        """A target hears of a record once a channel; the sweep reads only what is under way."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("record", "channel", "target"), name="delivery_once"),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "sending", "unknown")) | Q(due_at__isnull=True),
                name="delivery_settled_is_not_due",
            ),
        )
        indexes = (
            models.Index(fields=("due_at", "id"), condition=Q(due_at__isnull=False), name="delivery_due"),
            models.Index(
                fields=("due_at", "id"),
                condition=Q(due_at__isnull=False, is_bulk=False),
                name="delivery_due_soon",
            ),
            models.Index(
                fields=("person", "ticket", "id"),
                condition=Q(due_at__isnull=False),
                name="delivery_in_order",
            ),
            models.Index(fields=("ticket", "id"), name="delivery_of_ticket"),
            models.Index(fields=("endpoint", "-id"), name="delivery_of_endpoint"),
            models.Index(
                fields=("endpoint", "due_at", "id"),
                condition=Q(due_at__isnull=False),
                name="delivery_due_of_endpoint",
            ),
        )

    def __str__(self) -> str:
        """To whom, and how it stands."""
        return f"{self.channel} to {self.target}: {self.state}"


class Attempt(models.Model):
    """One try to deliver: when, how it ended, what the other side said (status and reason alone)."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    detail = models.CharField(max_length=300, blank=True)
    duration_ms = models.PositiveIntegerField(default=0)

    class Meta:
        """In the order of trying."""

        ordering = ("id",)

    def __str__(self) -> str:
        """How it ended."""
        return f"{self.outcome}: {self.detail}"

"""The ticket itself, its number and its links."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from tickets.domain.lifecycle import OPEN_STATUSES, Status


class TicketCounter(models.Model):
    """The last ticket number given to a client, locked while one is given: none is lost or doubled."""

    client = models.OneToOneField(
        "accounts.Client", primary_key=True, on_delete=models.PROTECT, related_name="ticket_counter"
    )
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        """The last number."""
        return str(self.last_number)


class TicketQuerySet(models.QuerySet["Ticket"]):
    """Chainable questions to the tickets."""

    def open(self) -> Self:
        """Those on which something is still to be done or confirmed."""
        return self.filter(status__in=OPEN_STATUSES)

    def by_next_due(self) -> Self:
        """The next due clock first, those without a running clock last, oldest first within."""
        return self.order_by(models.F("next_due_at").asc(nulls_last=True), "id")


class Ticket(models.Model):
    """A request or incident of a client, under exactly one contract.

    `urgency`, `request_type` and `category` are codes of the contract's plan version; `rank` is the urgency's
    rank (1 worst). `next_due_at` and `at_risk` are kept by the service-level floor. `exempt_reason` says why
    no clock runs (S11). `interconnection` is the one by which another system keeps the ticket too, under
    `external_reference`.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="tickets")
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="tickets")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=24, unique=True)
    status = models.CharField(max_length=20, choices=Status.choices(), default=Status.NEW.value)
    urgency = models.CharField(max_length=40)
    rank = models.PositiveSmallIntegerField()
    request_type = models.CharField(max_length=40)
    category = models.CharField(max_length=60, blank=True)
    environment = models.ForeignKey(
        "contracts.Environment", null=True, blank=True, on_delete=models.PROTECT, related_name="tickets"
    )
    channel = models.CharField(max_length=16)
    subject = models.CharField(max_length=250)
    requester = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="requested_tickets"
    )
    assignee = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="assigned_tickets"
    )
    team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="tickets"
    )
    tags = models.JSONField(default=list)
    external_reference = models.CharField(max_length=120, blank=True)
    interconnection = models.ForeignKey(
        "contracts.Interconnection", null=True, blank=True, on_delete=models.PROTECT, related_name="tickets"
    )
    vendor_reference = models.CharField(max_length=120, blank=True)
    coverage = models.CharField(max_length=12, default="included")
    flags = models.JSONField(default=list)
    exempt_reason = models.CharField(max_length=200, blank=True)
    next_due_at = models.DateTimeField(null=True)
    at_risk = models.BooleanField(default=False)
    waiting_on = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    waiting_for = models.CharField(max_length=300, blank=True)
    scheduled_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    close_due_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    rating_comment = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    submission_id = models.CharField(max_length=64, null=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        """Number and form id stand once a client; queue, lists and closing sweep have their indexes."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("client", "number"), name="ticket_number_once"),
            models.UniqueConstraint(fields=("client", "submission_id"), name="ticket_submission_once"),
            models.UniqueConstraint(
                fields=("interconnection", "external_reference"),
                condition=Q(interconnection__isnull=False) & ~Q(external_reference=""),
                name="ticket_reference_once",
            ),
        )
        indexes = (
            models.Index(
                fields=("next_due_at", "id"), condition=Q(closed_at__isnull=True), name="ticket_queue"
            ),
            models.Index(fields=("client", "status", "next_due_at", "id"), name="ticket_of_client"),
            models.Index(fields=("client", "-updated_at", "-id"), name="ticket_by_change"),
            models.Index(
                fields=("assignee", "next_due_at"), condition=Q(closed_at__isnull=True), name="ticket_mine"
            ),
            models.Index(
                fields=("close_due_at",), condition=Q(close_due_at__isnull=False), name="ticket_to_close"
            ),
            models.Index(fields=("client", "external_reference"), name="ticket_by_reference"),
        )

    def __str__(self) -> str:
        """Key and subject."""
        return f"{self.key} {self.subject}"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done or confirmed."""
        return self.status in OPEN_STATUSES


class Link(models.Model):
    """How two tickets of one client relate."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=16)
    made_at = models.DateTimeField()

    class Meta:
        """Two tickets are linked once a kind."""

        constraints = (models.UniqueConstraint(fields=("source", "target", "kind"), name="link_once"),)

    def __str__(self) -> str:
        """The relation."""
        return f"{self.source_id} {self.kind} {self.target_id}"

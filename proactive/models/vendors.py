"""Talking with makers for a client: what is asked, quoted and decided, and when to ask again (P7)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class VendorState(models.TextChoices):
    """Where a request to a maker stands."""

    ASKED = "asked", "To be taken up"
    WAITING = "waiting", "With the vendor"
    QUOTED = "quoted", "Quoted, to be decided"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    CLOSED = "closed", "Closed"


class VendorTopic(models.TextChoices):
    """What a maker is asked about."""

    QUOTE = "quote", "Quote"
    PROCUREMENT = "procurement", "Purchase"
    ROADMAP = "roadmap", "Roadmap"
    PLANNING = "planning", "Planning"


class VendorRequest(models.Model):
    """One matter with one maker; `follow_up_on` is the day by which somebody asks again."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(
        "contracts.Contract", on_delete=models.PROTECT, related_name="vendor_requests"
    )
    topic = models.CharField(max_length=12, choices=VendorTopic.choices)
    vendor = models.CharField(max_length=120)
    subject = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    reference = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=VendorState.choices, default=VendorState.ASKED)
    owner = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    follow_up_on = models.DateField(null=True)
    quote_minor_units = models.PositiveBigIntegerField(null=True)
    quote_currency = models.CharField(max_length=3, blank=True)
    quote_valid_until = models.DateField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first; follow-ups are found by their day; a decision says when."""

        ordering = ("-asked_at", "-id")
        indexes = (
            models.Index(
                fields=("follow_up_on",), condition=Q(closed_at__isnull=True), name="vendor_follow_up"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(state__in=("accepted", "declined")) | Q(decided_at__isnull=False),
                name="vendor_decision_says_when",
            ),
        )

    def __str__(self) -> str:
        """Vendor and subject."""
        return f"{self.vendor}: {self.subject}"


class VendorNote(models.Model):
    """A step of the matter, appended and never changed; the client reads it."""

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(VendorRequest, on_delete=models.PROTECT, related_name="notes")
    by_name = models.CharField(max_length=200)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        """In the order in which it happened."""

        ordering = ("id",)

    def __str__(self) -> str:
        """Who noted it."""
        return f"{self.by_name}, {self.at:%Y-%m-%d}"

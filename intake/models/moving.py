"""What came of each row that was taken over from another desk, and clients that leave whole."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class RowOutcome(models.TextChoices):
    """What came of a row."""

    MADE = "made", "Made"
    THERE = "there", "There already"
    REFUSED = "refused", "Refused"


class ImportedRow(models.Model):
    """The outcome of one row of another desk's tables: written with its effect, so that none comes twice.

    `source` names the other desk, `reference` the row there; a refused one is tried again the next time.
    """

    source = models.CharField(max_length=80)
    kind = models.CharField(max_length=12)
    reference = models.CharField(max_length=400)
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8, choices=RowOutcome.choices)
    detail = models.CharField(max_length=500, blank=True)
    client = models.ForeignKey("accounts.Client", null=True, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        """A row of a desk has one outcome."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("source", "kind", "reference"), name="imported_row_once"),
        )

    def __str__(self) -> str:
        """Which row, and what came of it."""
        return f"{self.kind} {self.reference}: {self.outcome}"


class ExportState(models.TextChoices):
    """How far an export is; it can be fetched once."""

    WAITING = "waiting", "Waits for its turn"
    RUNNING = "running", "Is being made"
    READY = "ready", "Ready to fetch"
    FETCHED = "fetched", "Fetched"
    FAILED = "failed", "Failed"
    EXPIRED = "expired", "Not fetched in time"


class ClientExport(models.Model):
    """Everything of one client as one file, made in the background and fetched once by an administrator.

    `due_at` is when the work on it begins, or when a claim runs out; `done` of `total` tables and files.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="exports")
    asked_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ExportState.choices, default=ExportState.WAITING)
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    path = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    fault = models.CharField(max_length=300, blank=True)
    finished_at = models.DateTimeField(null=True)
    fetched_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    fetched_at = models.DateTimeField(null=True)

    class Meta:
        """One at a time a client; the sweep finds what is under way."""

        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("client",),
                condition=Q(state__in=("waiting", "running", "ready")),
                name="export_one_at_a_time",
            ),
        )
        indexes = (models.Index(fields=("due_at",), condition=Q(due_at__isnull=False), name="export_due"),)

    def __str__(self) -> str:
        """Whose, and how far it is."""
        return f"{self.client}: {self.state}"

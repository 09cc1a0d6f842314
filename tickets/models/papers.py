"""What a ticket owes on paper, and the steps of a planned change."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class DocumentQuerySet(models.QuerySet["Document"]):
    """Chainable questions to the documents."""

    def owed(self) -> Self:
        """Those that the client waits for, the earliest due first."""
        return self.filter(published_at__isnull=True, due_at__isnull=False).order_by("due_at", "id")

    def overdue(self, at: datetime) -> Self:
        """Those whose moment has passed; a document published exactly then is in time."""
        return self.owed().filter(due_at__lt=at)


class Document(models.Model):
    """A document that the plan owes after an incident: a root cause, a post-incident investigation.

    `due_at` stands while the incident is solved; while it is worked on again nothing is due. The draft is for
    staff alone; what the client reads are the editions. `overdue_at` is when lateness was recorded.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="documents")
    kind = models.SlugField(max_length=40)
    label = models.CharField(max_length=120)
    due_at = models.DateTimeField(null=True)
    draft = models.TextField(blank=True)
    drafted_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        """A ticket owes each kind once; what is owed is found by its moment."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("ticket", "kind"), name="document_once"),)
        indexes = (
            models.Index(fields=("due_at",), condition=Q(published_at__isnull=True), name="document_owed"),
        )

    def __str__(self) -> str:
        """What is owed."""
        return self.label


class DocumentEdition(models.Model):
    """One wording that the client was given; a correction is the next edition, and both stay."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    body = models.TextField()
    published_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        """Editions are numbered within their document, the newest first."""

        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("document", "number"), name="edition_once"),)

    def __str__(self) -> str:
        """The document and the edition."""
        return f"{self.document}, edition {self.number}"


class ChangeStep(models.Model):
    """One step of a planned change, copied from its template: who ticked it off, when, with what remark.

    The client reads steps and remarks.
    """

    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="change_steps")
    template = models.SlugField(max_length=40)
    title = models.CharField(max_length=120)
    stage = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        """A template is copied once a ticket; its steps keep their order."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("ticket", "template", "position"), name="change_step_once"),
        )

    def __str__(self) -> str:
        """What is to do."""
        return self.label

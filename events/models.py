"""The event log: one append-only row for everything that happened."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from events.domain.event import Event, event_class


class RecordQuerySet(models.QuerySet["Record"]):
    """Chainable questions to the log, in sequence."""

    def of(self, subject_type: str, subject_id: int) -> Self:
        """What happened to one thing."""
        return self.filter(subject_type=subject_type, subject_id=subject_id)

    def after(self, sequence: int) -> Self:
        """What came later than that sequence number."""
        return self.filter(id__gt=sequence)

    def undispatched(self) -> Self:
        """What nobody has been told of yet, oldest first."""
        return self.filter(dispatched_at__isnull=True).order_by("id")


class ActorKind(models.TextChoices):
    """Who caused an event."""

    PERSON = "person"
    INTEGRATION = "integration"
    SYSTEM = "system"


class Record(models.Model):
    """A fact of the business: what, about which thing, by whom, when; its id is the sequence.

    The same row is the ticket's history, the audit trail, the source of notices and webhooks, and the API's
    event feed. Rows are never changed, save for `dispatched_at`.
    """

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey("accounts.Client", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    actor_kind = models.CharField(max_length=16, choices=ActorKind.choices, default=ActorKind.SYSTEM)
    actor = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=200, blank=True)
    actor_key = models.ForeignKey(
        "accounts.ApiKey", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    data = models.JSONField(default=dict)
    cause = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    dispatched_at = models.DateTimeField(null=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        """Indexes for the three questions: a thing's history, a client's feed, what is still to dispatch."""

        ordering = ("id",)
        indexes = (
            models.Index(fields=("subject_type", "subject_id", "id"), name="record_of_subject"),
            models.Index(fields=("client", "id"), name="record_of_client"),
            models.Index(fields=("id",), condition=Q(dispatched_at__isnull=True), name="record_undispatched"),
        )

    def __str__(self) -> str:
        """The kind and the subject, for the admin and logs."""
        return f"{self.kind} {self.subject_type}/{self.subject_id}"

    def event(self) -> Event:
        """The typed event that this row stores; raises `UnknownKind` for a kind nobody declares."""
        return event_class(self.kind).from_data(
            client_id=self.client_id, subject_id=self.subject_id, data=self.data
        )

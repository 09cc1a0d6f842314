"""Events that clients are invited to, and who comes (P6)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q


class WebinarState(models.TextChoices):
    """Where an event stands."""

    DRAFT = "draft", "Draft"
    ANNOUNCED = "announced", "Announced"
    CALLED_OFF = "called_off", "Called off"


class Webinar(models.Model):
    """An event on the screen, with its hour and host; `clients` are those whose people are invited.

    `address` is where one takes part; only who registered reads it. `edition` grows with each change, so that
    calendars know which is newer.
    """

    title = models.CharField(max_length=200)
    description = models.TextField()
    host = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=64, default="UTC")
    address = models.CharField(max_length=500, blank=True)
    seats = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10, choices=WebinarState.choices, default=WebinarState.DRAFT)
    edition = models.PositiveSmallIntegerField(default=0)
    author = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    clients = models.ManyToManyField("accounts.Client", related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """By their hour, the latest first."""

        ordering = ("-starts_at", "-id")
        indexes = (models.Index(fields=("starts_at",), name="webinar_by_hour"),)

    def __str__(self) -> str:
        """The title."""
        return self.title

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


class Registration(models.Model):
    """A contact's word to come, as of that client, and whether they came; None while nobody noted it."""

    webinar = models.ForeignKey(Webinar, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey("accounts.Client", on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    came = models.BooleanField(null=True)

    class Meta:
        """One a person; those that stand are found by their event."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("webinar", "person"), name="registration_once"),)
        indexes = (
            models.Index(
                fields=("webinar", "person"), condition=Q(withdrawn_at__isnull=True), name="registration_open"
            ),
        )

    def __str__(self) -> str:
        """Who for what."""
        return f"person {self.person_id} for {self.webinar_id}"

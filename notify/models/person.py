"""What a person wants to hear of and how, and what waits for them inside the product."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q


class Choice(models.TextChoices):
    """How a person hears of a group of events."""

    ON = "on", "At once"
    DIGEST = "digest", "Once a day"
    OFF = "off", "Not at all"


class Preference(models.Model):
    """One person's choice for one group of events and one channel; where there is none, at once."""

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="preferences")
    group = models.CharField(max_length=24)
    channel = models.CharField(max_length=8)
    choice = models.CharField(max_length=8, choices=Choice.choices)

    class Meta:
        """A choice is made once a group and channel."""

        constraints = (
            models.UniqueConstraint(fields=("person", "group", "channel"), name="preference_once"),
        )

    def __str__(self) -> str:
        """What is chosen for what."""
        return f"{self.group} by {self.channel}: {self.choice}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Chainable questions to the notices."""

    def unread(self) -> Self:
        """Those that nobody has opened yet."""
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """A line under a person's bell: what happened, and where to look; it holds no text of a conversation."""

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="notices")
    client = models.ForeignKey("accounts.Client", null=True, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey("events.Record", on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=300)
    link = models.CharField(max_length=200)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        """A person is told of a record once; the newest comes first."""

        ordering = ("-id",)
        constraints = (models.UniqueConstraint(fields=("person", "record"), name="notice_once"),)
        indexes = (
            models.Index(fields=("person", "-id"), name="notice_of_person"),
            models.Index(fields=("person",), condition=Q(read_at__isnull=True), name="notice_unread"),
        )

    def __str__(self) -> str:
        """The line."""
        return self.text

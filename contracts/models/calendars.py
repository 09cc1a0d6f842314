"""Calendars by name, the provider's and the clients', in immutable versions."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q


class BusinessCalendar(models.Model):
    """A calendar by name; what it says stands in its versions.

    Without a client it is one of the provider's, named as plan files name it.
    """

    client = models.ForeignKey(
        "accounts.Client", null=True, blank=True, on_delete=models.PROTECT, related_name="calendars"
    )
    name = models.CharField(max_length=120)

    class Meta:
        """A client's calendars are told apart by name, and so are the provider's."""

        constraints = (
            models.UniqueConstraint(fields=("client", "name"), name="calendar_name_once"),
            models.UniqueConstraint(
                fields=("name",), condition=Q(client__isnull=True), name="shared_calendar_name_once"
            ),
        )

    def __str__(self) -> str:
        """The name people know."""
        return self.name


class CalendarVersionQuerySet(models.QuerySet["CalendarVersion"]):
    """Chainable questions to calendar versions."""

    def current(self) -> Self:
        """The newest version of each calendar."""
        later = CalendarVersion.objects.filter(calendar=OuterRef("calendar"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))


class CalendarVersion(models.Model):
    """One immutable state of a calendar: windows, zone, public holidays, own closings, all materialised.

    `content` is what `Calendar.from_dict` takes; `country`, `region`, `closings` are what it was made from.
    An edit adds a version, and the newest counts (S14); `digest` tells equal contents.
    """

    calendar = models.ForeignKey(BusinessCalendar, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    country = models.CharField(max_length=8, blank=True)
    region = models.CharField(max_length=16, blank=True)
    closings = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    objects = CalendarVersionQuerySet.as_manager()

    class Meta:
        """A version number stands once a calendar; the newest comes first."""

        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("calendar", "number"), name="calendar_version_once"),)

    def __str__(self) -> str:
        """The calendar and the version."""
        return f"{self.calendar}, version {self.number}"

"""The outbox in Django's administration: to read, never to write."""

from __future__ import annotations

from django.contrib import admin

from events.admin import ReadOnly
from notify.models import Attempt, Delivery, Endpoint


@admin.register(Delivery)
class DeliveryPages(ReadOnly):
    """What goes out, newest first."""

    list_display = ("id", "channel", "target", "template", "state", "due_at", "attempts", "doubts", "outcome")
    list_filter = ("channel", "state")
    ordering = ("-id",)


@admin.register(Attempt)
class AttemptPages(ReadOnly):
    """Each try and how it ended, newest first."""

    list_display = ("id", "delivery", "at", "outcome", "detail", "duration_ms")
    ordering = ("-id",)


@admin.register(Endpoint)
class EndpointPages(ReadOnly):
    """Who hears by webhook; secrets are left out."""

    list_display = ("id", "client", "label", "url", "failures", "resting_until", "suspended_at", "removed_at")
    exclude = ("secret", "previous_secret")

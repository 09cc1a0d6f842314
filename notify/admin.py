"""The outbox in Django's administration: to read, never to write."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from notify.models import Attempt, Delivery, Endpoint


class _ToRead:
    """Rows that only services write."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody adds here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes here."""
        return False


@admin.register(Delivery)
class DeliveryPages(_ToRead, admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable when it runs
    """What goes out, newest first."""

    list_display = ("id", "channel", "target", "template", "state", "due_at", "attempts", "doubts", "outcome")
    list_filter = ("channel", "state")
    ordering = ("-id",)


@admin.register(Attempt)
class AttemptPages(_ToRead, admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Each try and how it ended, newest first."""

    list_display = ("id", "delivery", "at", "outcome", "detail", "duration_ms")
    ordering = ("-id",)


@admin.register(Endpoint)
class EndpointPages(_ToRead, admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Who hears by webhook; secrets are left out."""

    list_display = ("id", "client", "label", "url", "failures", "resting_until", "suspended_at", "removed_at")
    exclude = ("secret", "previous_secret")

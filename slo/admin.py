"""Clocks and verdicts in Django's administration: to read, never to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from slo.models import Clock, DueChange, Verdict

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Model]
else:
    _Admin = admin.ModelAdmin


class ReadOnly(_Admin):
    """Rows that only services write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes here."""
        return False


@admin.register(Clock)
class ClockAdmin(ReadOnly):
    """The clocks, by ticket."""

    list_display = ("ticket", "label", "ordinal", "state", "due_at", "met_at", "missed_at")
    list_filter = ("state", "objective")
    search_fields = ("ticket__key",)
    list_select_related = ("ticket",)


@admin.register(Verdict)
class VerdictAdmin(ReadOnly):
    """What was said of clocks, newest first."""

    list_display = ("clock", "kind", "at", "recorded_at")
    list_filter = ("kind",)
    list_select_related = ("clock",)


@admin.register(DueChange)
class DueChangeAdmin(ReadOnly):
    """Every change of a due time."""

    list_display = ("clock", "at", "before", "after", "reason")
    list_select_related = ("clock",)

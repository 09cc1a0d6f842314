"""Clocks and verdicts in Django's administration: to read, never to write."""

from __future__ import annotations

from django.contrib import admin

from events.admin import ReadOnly
from slo.models import Clock, DueChange, Verdict


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

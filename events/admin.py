"""The log in Django's administration, and the base by which every floor shows rows there without writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from events.models import Record

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Model]
else:
    _Admin = admin.ModelAdmin


class ReadOnly(_Admin):
    """Rows that only services write: administrators look, and change nothing."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes here."""
        return False


@admin.register(Record)
class RecordAdmin(ReadOnly):
    """What happened, newest first."""

    list_display = ("id", "at", "kind", "subject_type", "subject_id", "client", "actor_name")
    list_filter = ("kind",)
    search_fields = ("subject_id",)
    list_select_related = ("client",)
    ordering = ("-id",)
    show_full_result_count = False

"""Plans and contracts in Django's administration: to read, never to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from contracts.models import CalendarVersion, Contract, Environment, PlanVersion, Sop

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


@admin.register(PlanVersion)
class PlanVersionAdmin(ReadOnly):
    """Plans, with every version."""

    list_display = ("key", "number", "title", "loaded_at")
    list_filter = ("family",)


@admin.register(Contract)
class ContractAdmin(ReadOnly):
    """Contracts, by client."""

    list_display = ("name", "client", "plan_version", "starts_on", "ends_on")
    list_select_related = ("client", "plan_version")
    search_fields = ("name", "reference", "client__name")


@admin.register(CalendarVersion)
class CalendarVersionAdmin(ReadOnly):
    """Calendars, with every state."""

    list_display = ("calendar", "number", "country", "region", "saved_at")
    list_select_related = ("calendar",)


@admin.register(Environment)
class EnvironmentAdmin(ReadOnly):
    """Instances, by contract."""

    list_display = ("name", "client", "contract", "product", "version", "is_production", "retired_at")
    list_select_related = ("client", "contract")


@admin.register(Sop)
class SopAdmin(ReadOnly):
    """Golden rules, by contract."""

    list_display = ("number", "title", "contract")
    list_select_related = ("contract",)

"""Plans and contracts in Django's administration: to read, never to write."""

from __future__ import annotations

from django.contrib import admin

from contracts.models import CalendarVersion, Contract, Environment, PlanVersion, Sop
from events.admin import ReadOnly


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

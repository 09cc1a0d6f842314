"""Paid time in Django's administration: to read, never to write."""

from __future__ import annotations

from django.contrib import admin

from events.admin import ReadOnly
from hours.models import Account, Bucket, LedgerEntry, OverageRequest, Statement, TimeEntry, Timer, TopUp


@admin.register(Account)
class AccountAdmin(ReadOnly):
    """The accounts and what is due on them."""

    list_display = ("contract", "open_month", "next_due_at", "month_closes_at", "cycle", "capacity")
    list_select_related = ("contract",)


@admin.register(Bucket)
class BucketAdmin(ReadOnly):
    """What was granted."""

    list_display = ("label", "account", "kind", "minutes", "opened_at", "expires_at")
    list_filter = ("kind",)
    list_select_related = ("account__contract",)


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnly):
    """Every movement."""

    list_display = ("number", "account", "kind", "minutes", "before", "after", "at")
    list_filter = ("kind",)
    list_select_related = ("account__contract",)


@admin.register(TimeEntry)
class TimeEntryAdmin(ReadOnly):
    """Work logged."""

    list_display = ("worked_on", "ticket", "person", "worked_minutes", "billed_minutes", "state")
    list_filter = ("state", "activity")
    list_select_related = ("ticket", "person")


@admin.register(OverageRequest)
class OverageRequestAdmin(ReadOnly):
    """What clients are asked."""

    list_display = ("contract", "ticket", "origin", "minutes", "state", "asked_at")
    list_filter = ("state", "origin")
    list_select_related = ("contract", "ticket")


@admin.register(TopUp)
class TopUpAdmin(ReadOnly):
    """Packs ordered."""

    list_display = ("contract", "label", "minutes", "price_minor_units", "currency", "state")
    list_filter = ("state",)
    list_select_related = ("contract",)


@admin.register(Timer)
class TimerAdmin(ReadOnly):
    """Stop-watches."""

    list_display = ("person", "ticket", "started_at", "running_since", "ended_at")
    list_select_related = ("person", "ticket")


@admin.register(Statement)
class StatementAdmin(ReadOnly):
    """Closed months."""

    list_display = ("contract", "month", "opening", "closing", "digest", "closed_at")
    list_select_related = ("contract",)

"""Incoming mail in Django's administration: to look at, never to change; texts are left out."""

from __future__ import annotations

from django.contrib import admin

from events.admin import ReadOnly
from intake.models import Mailbox, ReceivedMail


@admin.register(Mailbox)
class MailboxAdmin(ReadOnly):
    """Where mail is fetched from, and how the last look went."""

    list_display = ("name", "looked_at", "failing_since", "fault")


@admin.register(ReceivedMail)
class ReceivedMailAdmin(ReadOnly):
    """Receipts, newest first."""

    list_display = ("id", "received_at", "state", "ground", "client", "ticket")
    list_filter = ("state", "ground")
    list_select_related = ("client", "ticket")
    exclude = ("text", "subject", "sender", "sender_name", "file_names")
    ordering = ("-id",)
    show_full_result_count = False

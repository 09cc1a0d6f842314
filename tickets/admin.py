"""Tickets in Django's administration: to read; services write them. Texts of messages are not shown."""

from __future__ import annotations

from django.contrib import admin

from events.admin import ReadOnly
from tickets.models import Approval, Attachment, ChangeStep, Document, Message, Ticket, UrgencyProposal


@admin.register(Ticket)
class TicketAdmin(ReadOnly):
    """The tickets, newest first."""

    list_display = ("key", "subject", "status", "urgency", "client", "assignee", "next_due_at")
    list_filter = ("status", "channel", "coverage")
    search_fields = ("key", "subject", "external_reference")
    list_select_related = ("client", "assignee")
    ordering = ("-id",)
    show_full_result_count = False


@admin.register(Message)
class MessageAdmin(ReadOnly):
    """Who wrote when and for whom."""

    list_display = ("ticket", "at", "author_name", "author_kind", "kind", "visibility", "redacted_at")
    list_filter = ("kind", "visibility", "author_kind")
    list_select_related = ("ticket",)
    ordering = ("-id",)
    exclude = ("body",)
    show_full_result_count = False


@admin.register(Attachment)
class AttachmentAdmin(ReadOnly):
    """The files, by what is known of them."""

    list_display = ("name", "ticket", "content_type", "size", "uploaded_by", "uploaded_at")
    list_select_related = ("ticket", "uploaded_by")


@admin.register(Approval)
class ApprovalAdmin(ReadOnly):
    """What was asked and decided."""

    list_display = ("ticket", "kind", "asked_of_role", "state", "decided_by", "decided_at")
    list_filter = ("kind", "state")
    list_select_related = ("ticket", "decided_by")


@admin.register(UrgencyProposal)
class UrgencyProposalAdmin(ReadOnly):
    """What was proposed and answered."""

    list_display = ("ticket", "before", "proposed", "state", "proposed_at", "answered_at")
    list_filter = ("state",)
    list_select_related = ("ticket",)


@admin.register(Document)
class DocumentAdmin(ReadOnly):
    """What is owed on paper, and since when it is there; the texts are not shown."""

    list_display = ("ticket", "label", "due_at", "published_at", "overdue_at")
    list_select_related = ("ticket",)
    exclude = ("draft",)
    ordering = ("-id",)


@admin.register(ChangeStep)
class ChangeStepAdmin(ReadOnly):
    """The steps of planned changes."""

    list_display = ("ticket", "title", "label", "done_at", "done_by")
    list_select_related = ("ticket", "done_by")
    ordering = ("-id",)

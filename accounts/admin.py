"""Clients and people in Django's administration: to read; services write them. Digests are not shown."""

from __future__ import annotations

from django.contrib import admin

from accounts.models import ApiKey, Assignment, Client, Invitation, Membership, Person, Team
from events.admin import ReadOnly


@admin.register(Client)
class ClientAdmin(ReadOnly):
    """The tenants."""

    list_display = ("key", "name", "zone", "ended_at")
    search_fields = ("key", "name")


@admin.register(Person)
class PersonAdmin(ReadOnly):
    """Everybody who signs in."""

    list_display = ("email", "name", "staff_role", "is_active", "last_login")
    list_filter = ("staff_role", "is_active")
    search_fields = ("email", "name")
    exclude = ("password", "groups", "user_permissions", "session_epoch")


@admin.register(Membership)
class MembershipAdmin(ReadOnly):
    """Who belongs to which client."""

    list_display = ("client", "person", "role", "since", "ended_at")
    list_filter = ("role",)
    list_select_related = ("client", "person")


@admin.register(Assignment)
class AssignmentAdmin(ReadOnly):
    """Which staff work for which client."""

    list_display = ("client", "person", "duty")
    list_filter = ("duty",)
    list_select_related = ("client", "person")


@admin.register(Team)
class TeamAdmin(ReadOnly):
    """The teams."""

    list_display = ("key", "name", "region", "zone")


@admin.register(ApiKey)
class ApiKeyAdmin(ReadOnly):
    """The keys, by what may be shown of them."""

    list_display = ("name", "prefix", "client", "person", "expires_at", "revoked_at", "last_used_at")
    list_select_related = ("client", "person")
    exclude = ("digest",)


@admin.register(Invitation)
class InvitationAdmin(ReadOnly):
    """Who was called, and who came."""

    list_display = ("email", "client", "role", "expires_at", "accepted_at", "withdrawn_at")
    list_select_related = ("client",)
    exclude = ("digest", "nonce")

"""When the reader last proved who they are, for acts that ask for it again."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest


def signed_in_at(request: HttpRequest) -> datetime | None:
    """The moment of the session's last sign-in or re-authentication; None where none is on record."""
    methods = request.session.get("account_authentication_methods") or []
    stamps = [float(method["at"]) for method in methods if "at" in method]
    return datetime.fromtimestamp(max(stamps), tz=UTC) if stamps else None

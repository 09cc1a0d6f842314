"""The list behind the bell, the same on both sides."""

from __future__ import annotations

from typing import Any

from notify.queries import notices_for
from web.requests import PageRequest

SHOWN = 50


def notices_context(request: PageRequest, *, client_id: int | None = None) -> dict[str, Any]:
    """The reader's notices, the newest first, fifty a page by keyset; at one client where one is given."""
    found = notices_for(request.actor)
    if client_id is not None:
        found = found.filter(client_id=client_id)
    before = request.GET.get("before", "")
    if before.isdecimal():
        found = found.filter(id__lt=int(before))
    page = list(found[: SHOWN + 1])
    shown = page[:SHOWN]
    return {"notices": shown, "before": shown[-1].pk if len(page) > SHOWN else ""}

"""Addresses of the queue: the present one with something changed."""

from __future__ import annotations

from web.requests import StaffRequest

#: Where one is in a list; it never carries over to another list.
_PLACES = ("after", "in", "had", "rows", "keep", "by")


def same_queue(request: StaffRequest, **changes: object) -> str:
    """The present query with these parameters set, without its place; None or nothing removes one."""
    query = request.GET.copy()
    for name in _PLACES:
        query.pop(name, None)
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"

"""Page or fragment: the one place that asks whether HTMX wants only a part of the page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from web.requests import PageRequest


def render_page(
    request: PageRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the whole page, or its named partial (`{% partialdef part %}`) when HTMX asks for a fragment.

    Boosted navigation and history restores get the whole page.
    """
    asks_for_part = bool(part) and bool(request.htmx) and not request.htmx.boosted
    if asks_for_part and not request.htmx.history_restore_request:
        template = f"{template}#{part}"
    return render(request, template, {"now": request.at, **(context or {})}, status=status)


def go_to(request: PageRequest, address: str) -> HttpResponse:
    """Send the reader to another page after something was done, from a plain form or from HTMX alike."""
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)

"""The queue: open tickets by the next due clock, in views and filters that live in the address."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse

from tickets.models import SavedView
from tickets.queries import owed_documents, views_of
from web.desk.addresses import same_queue
from web.desk.columns import COLUMNS_COOKIE, choices_of, heads_of
from web.desk.counting import count_words, counts_of
from web.desk.listing import VIEWS, Narrowing, in_view, lists_of, narrowed
from web.desk.offers import filters_of
from web.desk.paging import PAGE, SHOWN_AT_MOST, Page, page_of
from web.desk.pulse import changes_of
from web.desk.rows import Edges, Group, groups_of, rows_of
from web.fragments import render_page
from web.gates import staff_page
from web.requests import StaffRequest

BULK = (
    {"label": "Assign", "icon": "user", "key": "a", "name": "act", "value": "assign"},
    {"label": "Status", "icon": "circle-play", "key": "s", "name": "act", "value": "status"},
    {"label": "Reply", "icon": "reply", "key": "r", "name": "act", "value": "reply"},
    {"label": "Tags", "icon": "tag", "key": "", "name": "act", "value": "tags"},
)
_YEAR_SECONDS = 365 * 86400


@staff_page
def queue(request: StaffRequest) -> HttpResponse:
    """Show the queue; HTMX asks for its rows alone, for the next page or to refresh those shown.

    Six statements beside those of signing in: saved views, rows, clocks, terms, every count, the frame.
    """
    wanted = Narrowing.of(request.GET, columns=request.COOKIES.get(COLUMNS_COOKIE, ""))
    found = narrowed(request.actor, wanted, at=request.at)
    seen = in_view(found, wanted.view, actor=request.actor, at=request.at)
    edges = Edges.at(request.at, request.zone)
    after = request.GET.get("after", "")
    page = page_of(seen, sort=wanted.sort, after=after, size=_size(request))
    groups = _groups(request, wanted, page, edges)
    saved = [] if _is_part(request) else list(views_of(request.actor))
    lists = {} if _is_part(request) else lists_of(request.actor, found, saved, at=request.at)
    in_groups = edges.cut(seen) if wanted.sort == "due" else {}
    papers = {} if _is_part(request) else {"late papers": owed_documents(request.actor).overdue(request.at)}
    counts = counts_of(
        {**lists, **in_groups, **papers}, person_id=request.actor.person_id, last=changes_of(request.actor)
    )
    context = {
        "wanted": wanted,
        "columns": wanted.columns,
        "groups": [(group, count_words(counts.get(group.name, 0))) for group in groups],
        "is_empty": not page.tickets and not after,
        "bulk": BULK,
        "heads": heads_of(request, wanted),
        "pulse": f"{reverse('desk:pulse')}?last={counts['last']}",
        **_turning(request, page, groups),
    }
    if lists:
        context |= {
            "count": counts[f"view {wanted.view}"],
            "count_words": count_words(counts[f"view {wanted.view}"]),
            "views": _views(request, wanted, counts, saved),
            "filters": filters_of(request, wanted, page.tickets),
            "column_choices": choices_of(wanted),
            "query": wanted.query,
            "late_papers": counts["late papers"],
        }
    answer = render_page(request, "desk/queue.html", context, part="more" if after else "table")
    if "keep" in request.GET:
        answer.set_cookie(COLUMNS_COOKIE, " ".join(wanted.columns), max_age=_YEAR_SECONDS, samesite="Lax")
    return answer


def _is_part(request: StaffRequest) -> bool:
    htmx = request.htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def _size(request: StaffRequest) -> int:
    """How many rows to draw: a refreshed page draws as many as it had."""
    asked = request.GET.get("rows", "")
    return min(max(int(asked), PAGE), SHOWN_AT_MOST) if asked.isdecimal() else PAGE


def _groups(request: StaffRequest, wanted: Narrowing, page: Page, edges: Edges) -> list[Group]:
    rows = rows_of(page.tickets, person_id=request.actor.person_id, zone=request.zone, now=request.at)
    if wanted.sort != "due":
        return [Group(name="all", title="", rows=rows)] if rows else []
    begun = request.GET.get("in", "") if _is_part(request) else ""
    return list(groups_of(rows, edges=edges, zone=request.zone, begun=begun))


def _turning(request: StaffRequest, page: Page, groups: list[Group]) -> dict[str, Any]:
    """Where the next rows are, and the address that draws anew all that are shown."""
    had = request.GET.get("had", "")
    shown = (int(had) if had.isdecimal() else 0) + len(page.tickets)
    last = groups[-1].name if groups else ""
    more = same_queue(request, after=page.after, had=shown, **{"in": last}) if page.after else ""
    refresh = same_queue(request, rows=max(shown, PAGE)) if shown <= SHOWN_AT_MOST else ""
    return {"more": more, "refresh": refresh, "shown": shown}


def _views(
    request: StaffRequest, wanted: Narrowing, counts: dict[str, int], saved: list[SavedView]
) -> list[dict[str, Any]]:
    """The views of the house, whose filters stay, and the saved ones, which bring their own."""
    same = {view.pk for view in saved if Narrowing.of(QueryDict(view.query)).filters == wanted.filters}
    of_the_house = [
        {
            "label": view.label,
            "address": same_queue(request, view=view.name if view.name != "open" else None),
            "count": count_words(counts[f"view {view.name}"]),
            "is_current": view.name == wanted.view and not same,
            "is_hot": view.is_hot and counts[f"view {view.name}"] > 0,
        }
        for view in VIEWS
    ]
    kept = [
        {
            "label": view.name if view.team is None else f"{view.name}, {view.team.name}",
            "address": f"?{view.query}",
            "count": count_words(counts[name]) if (name := f"saved {view.pk}") in counts else None,
            "is_current": view.pk in same,
        }
        for view in saved
    ]
    return [*of_the_house, *kept]

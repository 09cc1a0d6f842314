"""What waits under the reader's bell."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from notify.services import mark_all_read, mark_read
from web.desk.acting import posted
from web.fragments import go_to, render_page
from web.gates import staff_page
from web.personal.notices import notices_context
from web.requests import StaffRequest


@staff_page
def notices(request: StaffRequest) -> HttpResponse:
    """Show the notices, the newest first; reading this page takes none of them away."""
    return render_page(request, "desk/notices.html", notices_context(request))


@staff_page
def read(request: StaffRequest) -> HttpResponse:
    """Take one notice off the bell, or all of them."""
    one = posted(request).get("notice", "")
    if one.isdecimal():
        mark_read(actor=request.actor, at=request.at, notice_ids=[int(one)])
    else:
        count = mark_all_read(actor=request.actor, at=request.at)
        messages.success(request, f"{count} notices are read." if count != 1 else "1 notice is read.")
    return go_to(request, reverse("desk:notices"))

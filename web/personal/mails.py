"""Where the links at a mail's foot lead: one's choice of mails, and the end of one group of them."""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from events.domain.errors import NotHere
from notify.letters import MAIL_OFF_SALT
from notify.routing import GROUPS
from notify.services import turn_mail_off
from web.gates import signed_in_page
from web.personal.profile import profile_forms, save_profile
from web.requests import PageRequest


@signed_in_page
def mails(request: PageRequest) -> HttpResponse:
    """Show and save which mails come, for people of both sides."""
    about, form = profile_forms(request)
    if request.method == "POST" and save_profile(request, about, form):
        messages.success(request, "Saved.")
        return redirect("mails")
    status = 422 if form.errors else 200
    return render(request, "personal/mails.html", {"mails": form, "now": request.at}, status=status)


@csrf_exempt
def mail_off(request: HttpRequest, token: str) -> HttpResponse:
    """End one group of mails by the link in a mail: GET asks, POST does it, without signing in.

    Mail programs send the POST by themselves (RFC 8058, one-click), so no form token is asked and nothing is
    redirected; the link's own token is the right, for one person and one group.
    """
    if request.method == "POST":
        group, is_done = turn_mail_off(token=token), True
    else:
        group, is_done = _group_of(token), False
    context = {"group": GROUPS.get(group, group), "is_done": is_done}
    response = render(request, "personal/mail_off.html", context)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response


def _group_of(token: str) -> str:
    try:
        _, group = signing.loads(token, salt=MAIL_OFF_SALT)
    except signing.BadSignature as fault:
        raise NotHere from fault
    return str(group)

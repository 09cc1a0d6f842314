"""The front door: each person is sent to their own desk."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.queries import clients_visible_to
from web.gates import signed_in_page
from web.requests import PageRequest


@signed_in_page
def home(request: PageRequest) -> HttpResponse:
    """Send staff to the queue or the portfolio, contacts to their portal; of several clients one chooses."""
    role = request.actor.staff_role
    if role in ("csm", "account_executive"):
        return redirect("success:portfolio")
    if role:
        return redirect("desk:queue")
    clients = list(clients_visible_to(request.actor))
    if len(clients) == 1:
        return redirect("portal:home", client=clients[0].slug)
    return render(request, "portal/choose_client.html", {"clients": clients, "now": request.at})

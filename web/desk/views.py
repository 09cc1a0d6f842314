"""The reader's saved views of the queue: kept, named, shared with a team, put in order."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import Team
from tickets.queries import teams_of, view_for, views_of
from tickets.services import change_view, move_view, remove_view, save_view
from web.desk.forms.fields import offer
from web.desk.listing import Narrowing
from web.fragments import render_page
from web.gates import staff_page
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, done, posted, typed


class ViewForm(forms.Form):
    """What a view is called, and who has it."""

    name = forms.CharField(max_length=60)
    team = forms.ChoiceField(
        label="Share with",
        required=False,
        help_text="Colleagues see their own clients through it, never yours.",
    )

    def __init__(self, *args: Any, request: StaffRequest, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the reader's teams."""
        super().__init__(*args, **kwargs)
        offer(self, "team", team_choices(request))

    @property
    def chosen_team(self) -> Team | None:
        """The team, or None for nobody; the service checks that it is one of the reader's."""
        chosen = self.cleaned_data["team"]
        return Team.objects.get(pk=chosen) if chosen else None


def team_choices(request: StaffRequest) -> list[tuple[str, str]]:
    """Nobody, and the teams that the reader may share with."""
    return [("", "Nobody: it is yours alone"), *((str(one.pk), one.name) for one in teams_of(request.actor))]


@staff_page
def views(request: StaffRequest) -> HttpResponse:
    """Show the views that the reader has, their own first."""
    found = list(views_of(request.actor))
    own = [view for view in found if view.owner_id == request.actor.person_id]
    shared = [view for view in found if view.owner_id != request.actor.person_id]
    return render_page(request, "desk/views.html", {"own": own, "shared": shared})


@staff_page
def save(request: StaffRequest) -> HttpResponse:
    """Keep the filters of the address under a name."""
    wanted = Narrowing.of(request.GET)
    words = Words(
        title="Save this view",
        verb="Save it",
        said="The view is saved.",
        back=f"{reverse('desk:queue')}?{wanted.query}",
        where="Queue",
        text="It keeps the view, filters, order and columns, and shows whatever fits them at the time.",
    )
    return act_page(
        request,
        ViewForm(typed(request), request=request),
        words=words,
        act=lambda form: save_view(
            actor=request.actor, name=form.cleaned_data["name"], query=wanted.query, team=form.chosen_team
        ),
    )


@staff_page
def change(request: StaffRequest, view_id: int) -> HttpResponse:
    """Give a view another name, or share it."""
    view = view_for(request.actor, view_id)
    words = Words(title=f"Change “{view.name}”", verb="Save", said="Saved.", back=_back(), where="Your views")
    form = ViewForm(
        typed(request), request=request, initial={"name": view.name, "team": str(view.team_id or "")}
    )
    return act_page(
        request,
        form,
        words=words,
        act=lambda form: change_view(
            actor=request.actor, view=view, name=form.cleaned_data["name"], team=form.chosen_team
        ),
    )


@staff_page
def move(request: StaffRequest, view_id: int) -> HttpResponse:
    """Let a view change places with its neighbour."""
    is_up = posted(request).get("way") == "up"
    move_view(actor=request.actor, view=view_for(request.actor, view_id), is_up=is_up)
    return done(request, "The order is changed.", _back())


@staff_page
def remove(request: StaffRequest, view_id: int) -> HttpResponse:
    """Forget a view."""
    posted(request)
    view = view_for(request.actor, view_id)
    remove_view(actor=request.actor, view=view)
    return done(request, f"“{view.name}” is gone.", _back())


def _back() -> str:
    return reverse("desk:views")

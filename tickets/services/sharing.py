"""What staff keep for themselves or share with a team: views of the queue and canned replies.

Nothing is recorded of either: they change no ticket, and show nobody what they could not see before.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import Team
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from tickets.domain.canned import VARIABLES, unknown_variables
from tickets.domain.texts import BODY_LIMIT, clean_body, clean_line
from tickets.models import CannedReply, SavedView
from tickets.queries.working import canned_reply_for, teams_of, view_for

VIEWS_AT_MOST = 30
QUERY_LIMIT = 1000


@transaction.atomic
def save_view(*, actor: Actor, name: str, query: str, team: Team | None = None) -> SavedView:
    """Keep a query of the queue under a name, behind the others; the same name again replaces its query."""
    owner_id = _staff(actor)
    called = _named("name", name, limit=60)
    if len(query) > QUERY_LIMIT:
        raise Invalid("These filters are too many to keep.", fields={"name": "Use fewer filters."})
    _require_team(actor, team)
    own = SavedView.objects.filter(owner_id=owner_id)
    if own.exclude(name=called).count() >= VIEWS_AT_MOST:
        words = f"You keep {VIEWS_AT_MOST} views; remove one first."
        raise Invalid(words, fields={"name": words})
    last = own.aggregate(last=Max("position"))["last"]
    view, _ = SavedView.objects.update_or_create(
        owner_id=owner_id,
        name=called,
        defaults={"query": query, "team": team},
        create_defaults={"query": query, "team": team, "position": 0 if last is None else last + 1},
    )
    return view


@transaction.atomic
def change_view(*, actor: Actor, view: SavedView, name: str, team: Team | None) -> SavedView:
    """Give an own view another name, or share it with that team and no other."""
    row = view_for(actor, view.pk)
    row.name = _named("name", name, limit=60)
    _require_team(actor, team)
    if SavedView.objects.filter(owner_id=row.owner_id, name=row.name).exclude(pk=row.pk).exists():
        raise Conflict("Another view of yours has this name.", fields={"name": "Choose another name."})
    row.team = team
    row.save(update_fields=["name", "team"])
    return row


@transaction.atomic
def move_view(*, actor: Actor, view: SavedView, is_up: bool) -> None:
    """Let an own view change places with its neighbour; at the end of the list nothing changes."""
    row = view_for(actor, view.pk)
    own = list(SavedView.objects.select_for_update().filter(owner_id=row.owner_id).order_by("position", "id"))
    here = next(place for place, one in enumerate(own) if one.pk == row.pk)
    there = min(max(here + (-1 if is_up else 1), 0), len(own) - 1)
    own[here], own[there] = own[there], own[here]
    for place, one in enumerate(own):
        one.position = place
    SavedView.objects.bulk_update(own, ["position"])


@transaction.atomic
def remove_view(*, actor: Actor, view: SavedView) -> None:
    """Forget an own view; for a team that used it, it is gone too."""
    view_for(actor, view.pk).delete()


@transaction.atomic
def save_canned_reply(
    *,
    actor: Actor,
    at: datetime,
    title: str,
    body: str,
    team: Team | None = None,
    reply: CannedReply | None = None,
) -> CannedReply:
    """Keep a text for sending again, or change an own one (`reply`).

    Variables are checked now: one that nobody knows is refused with those that there are.
    """
    owner_id = _staff(actor)
    row = CannedReply(owner_id=owner_id) if reply is None else canned_reply_for(actor, reply.pk)
    row.title = _named("title", title, limit=80)
    row.body = _canned_body(body)
    _require_team(actor, team)
    row.team, row.changed_at = team, at
    if CannedReply.objects.filter(owner_id=owner_id, title=row.title).exclude(pk=row.pk).exists():
        words = "You have a text of this title; change that one, or choose another title."
        raise Conflict(words, fields={"title": words})
    row.save()
    return row


@transaction.atomic
def remove_canned_reply(*, actor: Actor, reply: CannedReply) -> None:
    """Forget an own text; what was sent with it stays."""
    canned_reply_for(actor, reply.pk).delete()


def _staff(actor: Actor) -> int:
    if not actor.is_staff or actor.person_id is None:
        raise NotAllowed("Staff keep views and texts.")
    return actor.person_id


def _named(field: str, name: str, *, limit: int) -> str:
    line = clean_line(name)
    if not 1 <= len(line) <= limit:
        words = f"Give it a name of at most {limit} characters."
        raise Invalid(words, fields={field: words})
    return line


def _canned_body(body: str) -> str:
    text = clean_body(body)
    if not text.strip() or len(text) > BODY_LIMIT:
        raise Invalid("Write the text.", fields={"body": f"Some words, {BODY_LIMIT:,} characters at most."})
    unknown = unknown_variables(text)
    if unknown:
        known = ", ".join(f"{{{{{name}}}}}" for name in VARIABLES)
        words = f"There is no variable “{unknown[0]}”. You can use {known}."
        raise Invalid(words, fields={"body": words})
    return text


def _require_team(actor: Actor, team: Team | None) -> None:
    if team is not None and not teams_of(actor).filter(pk=team.pk).exists():
        raise Invalid("You share with teams of your own.", fields={"team": "Choose one of your teams."})

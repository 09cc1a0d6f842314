"""Which tickets a queue shows and in which order: views, filters and sorting, all read from the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict

from escalation.queries import open_for, teams_on
from events.domain.actor import Actor
from tickets.domain.lifecycle import Status
from tickets.models import SavedView, TicketQuerySet
from tickets.queries import found_by, visible_to

RANKS = (("1", "Critical"), ("2", "High"), ("3", "Medium"), ("4", "Low"))
#: Instead of a team: whichever teams are on at the moment.
ON_NOW = "on-now"
SORTS = ("due", "urgency", "client", "new")
#: Every column that may be shown beside clock and ticket, in the order of the table.
COLUMNS = {
    "due": "Due",
    "urgency": "Urgency",
    "client": "Client",
    "kind": "Kind",
    "status": "Status",
    "owner": "Owner",
    "team": "Team",
    "opened": "Opened",
    "changed": "Changed",
}
USUAL = ("due", "urgency", "client", "status", "owner")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A way to look at the queue: its name in the address, its words, and whether it wants attention."""

    name: str
    label: str
    is_hot: bool = False


VIEWS = (
    View(name="open", label="All open"),
    View(name="mine", label="Mine"),
    View(name="unowned", label="No owner"),
    View(name="risk", label="At risk or missed", is_hot=True),
    View(name="client", label="Waiting for client"),
    View(name="escalated", label="Escalated", is_hot=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What the address asks for; unknown values fall away, so that old links keep working."""

    view: str = "open"
    sort: str = "due"
    client: str = ""
    rank: str = ""
    kind: str = ""
    plan: str = ""
    team: str = ""
    text: str = ""
    with_solved: bool = False
    columns: tuple[str, ...] = USUAL

    @classmethod
    def of(cls, query: QueryDict, *, columns: str = "") -> Narrowing:
        """Read the address; where it names no columns, those that the reader chose last (`columns`)."""
        view, sort, rank = query.get("view", ""), query.get("sort", ""), query.get("rank", "")
        return cls(
            view=view if any(one.name == view for one in VIEWS) else "open",
            sort=sort if sort in SORTS else "due",
            client=query.get("client", "")[:20],
            rank=rank if rank in dict(RANKS) else "",
            kind=query.get("kind", "")[:40],
            plan=query.get("plan", "")[:60],
            team=query.get("team", "")[:40],
            text=query.get("text", "").strip()[:200],
            with_solved=query.get("solved") == "1",
            columns=columns_of(" ".join(query.getlist("columns")) or columns),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is on besides the view."""
        return any((self.client, self.rank, self.kind, self.plan, self.team, self.text))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form of words carries along."""
        named = ("view", "sort", "client", "rank", "kind", "plan", "team")
        pairs = [(name, str(getattr(self, name))) for name in named if getattr(self, name)]
        return [*pairs, *([("solved", "1")] if self.with_solved else [])]

    @property
    def filters(self) -> list[tuple[str, str]]:
        """All that says which tickets are shown and in which order; what is as usual is left out."""
        pairs = [pair for pair in self.kept if pair not in (("view", "open"), ("sort", "due"))]
        return [*pairs, *([("text", self.text)] if self.text else [])]

    @property
    def query(self) -> str:
        """The filters and the columns as a query, to be kept under a name."""
        columns = [] if self.columns == USUAL else [("columns", " ".join(self.columns))]
        return urlencode([*self.filters, *columns])


def columns_of(text: str) -> tuple[str, ...]:
    """The columns that a text names, in the order of the table; the usual ones where it names none."""
    named = text.split()
    return tuple(name for name in COLUMNS if name in named) or USUAL


def lists_of(
    actor: Actor, found: TicketQuerySet, saved: Iterable[SavedView], *, at: datetime
) -> dict[str, TicketQuerySet]:
    """What each view holds, for counting: those of the house within the filters, saved ones by their own.

    A saved view that looks for words is not counted: that would be a search each time.
    """
    lists = {f"view {view.name}": in_view(found, view.name, actor=actor, at=at) for view in VIEWS}
    for view in saved:
        own = Narrowing.of(QueryDict(view.query))
        if not own.text:
            lists[f"saved {view.pk}"] = in_view(narrowed(actor, own, at=at), own.view, actor=actor, at=at)
    return lists


def open_tickets(actor: Actor) -> TicketQuerySet:
    """Every ticket that the actor sees and that has not ended."""
    return visible_to(actor).filter(closed_at__isnull=True)


def narrowed(actor: Actor, wanted: Narrowing, *, at: datetime) -> TicketQuerySet:
    """The open tickets that the filters leave, before any view is chosen; solved ones only when asked for."""
    found = open_tickets(actor)
    if not wanted.with_solved:
        found = found.exclude(status=Status.RESOLVED)
    for value, narrow in (
        (wanted.client, _of_client),
        (wanted.rank, _of_rank),
        (wanted.kind, _of_kind),
        (wanted.plan, _of_plan),
    ):
        found = narrow(found, value) if value else found
    if wanted.team:
        found = _of_team(found, wanted.team, at)
    return found_by(actor, found, wanted.text) if wanted.text else found


def in_view(found: TicketQuerySet, view: str, *, actor: Actor, at: datetime) -> TicketQuerySet:
    """Those of the tickets that stand in that view."""
    seen: dict[str, Callable[[], TicketQuerySet]] = {
        "mine": lambda: found.filter(assignee_id=actor.person_id),
        "unowned": lambda: found.filter(assignee__isnull=True),
        "risk": lambda: found.filter(Q(at_risk=True) | Q(next_due_at__lte=at)),
        "client": lambda: found.filter(status=Status.WAITING_ON_CLIENT),
        "escalated": lambda: found.filter(pk__in=open_for(actor).order_by().values("ticket_id")),
    }
    return seen[view]() if view in seen else found


def _of_client(found: TicketQuerySet, slug: str) -> TicketQuerySet:
    return found.filter(client__key=slug.upper())


def _of_rank(found: TicketQuerySet, rank: str) -> TicketQuerySet:
    return found.filter(rank=int(rank))


def _of_kind(found: TicketQuerySet, code: str) -> TicketQuerySet:
    return found.filter(request_type=code)


def _of_plan(found: TicketQuerySet, key: str) -> TicketQuerySet:
    return found.filter(contract__plan_version__key=key)


def _of_team(found: TicketQuerySet, key: str, at: datetime) -> TicketQuerySet:
    return found.filter(team__in=teams_on(at)) if key == ON_NOW else found.filter(team__key=key)

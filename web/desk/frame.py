"""What stands around a page of the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from accounts.models import StaffRole
from web.desk.beside import Beside
from web.desk.beside import beside as counted_beside
from web.frames import Frame, NavItem, NavSection, Shortcut, StaffFrame, TimerChip, initials
from web.requests import PageRequest
from web.wording.amounts import hmm

KEYS = (
    Shortcut(keys=("j", "k"), words="Next, previous row"),
    Shortcut(keys=("Enter", "o"), words="Open ticket"),
    Shortcut(keys=("x",), words="Select row"),
    Shortcut(keys=("Esc",), words="Clear, close, leave the field"),
    Shortcut(keys=("/",), words="Search"),
    Shortcut(keys=("Ctrl", "k"), words="Jump to a ticket, client or page"),
    Shortcut(keys=("c",), words="New ticket"),
    Shortcut(keys=("g", "q"), words="Go to queue"),
    Shortcut(keys=("g", "h"), words="Go to handoffs"),
    Shortcut(keys=("g", "t"), words="Go to timesheet"),
    Shortcut(keys=("g", "o"), words="Go to hours"),
    Shortcut(keys=("g", "p"), words="Go to portfolio"),
    Shortcut(keys=("r",), words="Public reply"),
    Shortcut(keys=("n",), words="Internal note"),
    Shortcut(keys=("i",), words="Insert a text into the message"),
    Shortcut(keys=("a",), words="Assign"),
    Shortcut(keys=("s",), words="Set status"),
    Shortcut(keys=("u",), words="Propose urgency"),
    Shortcut(keys=("h",), words="Hand over"),
    Shortcut(keys=("t",), words="Start or stop timer"),
    Shortcut(keys=("w",), words="Why is it due then?"),
    Shortcut(keys=("Ctrl", "Enter"), words="Send"),
    Shortcut(keys=("?",), words="This list"),
)
#: Whether single keys work is kept with the browser, for it depends on how one types there.
KEYS_COOKIE = "cd-keys"
#: First pages whose address begins every other address of their side.
_FRONTS = ("desk:queue", "success:portfolio")
_ESCALATIONS, _HANDOFFS, _HOURS, _MAIL = "chevrons-up", "handshake", "hourglass", "mail"
_QUESTIONS, _BOOKINGS, _DEVELOPMENT = "message-circle-question-mark", "calendar-clock", "bug"
_WATCHES = ("csm", "lead", "administrator", "account_executive")
_SETS_UP = ("administrator", "account_executive")


def desk_frame(request: PageRequest) -> Frame:
    """The desk's frame for this reader: one statement: timer, notices and what waits."""
    actor = request.actor
    beside = counted_beside(request)
    return StaffFrame(
        home=reverse("home"),
        search=reverse("desk:search"),
        jump=reverse("desk:jump"),
        notices=reverse("desk:notices"),
        profile=reverse("desk:profile"),
        new_ticket="" if actor.staff_role == "account_executive" else reverse("desk:new_ticket"),
        initials=initials(actor.name),
        role=StaffRole(actor.staff_role).label,
        zone=actor.zone,
        unread=beside.unread,
        timer=_chip(beside, request.at),
        sections=tuple(_with_counts(section, beside) for section in sections_of(request)),
        keys_off=request.COOKIES.get(KEYS_COOKIE) == "off",
        keys=KEYS,
    )


def _with_counts(section: NavSection, beside: Beside) -> NavSection:
    """The section with what waits for somebody beside its items."""
    counts: dict[str, dict[str, Any]] = {
        _ESCALATIONS: {"count": beside.waiting, "counted": "wait for an answer", "is_hot": True},
        _HANDOFFS: {"count": beside.to_take, "counted": "to take over", "is_hot": True},
        _MAIL: {"count": beside.mails, "counted": "wait for a decision", "is_hot": True},
        _QUESTIONS: {"count": beside.questions, "counted": "wait for an answer"},
        _BOOKINGS: {"count": beside.bookings, "counted": "wait for a decision"},
        _DEVELOPMENT: {"count": beside.overdue, "counted": "to be asked again", "is_hot": True},
        _HOURS: {"count": beside.to_settle, "counted": "things to settle"},
    }
    items = tuple(replace(item, **counts.get(item.icon, {})) for item in section.items)
    return replace(section, items=items)


def sections_of(request: PageRequest) -> tuple[NavSection, ...]:
    """The ways that this reader can go, without any count: no statement."""
    role = request.actor.staff_role
    work = [
        _item(request, "Queue", "desk:queue", "inbox", key="g q"),
        _item(request, "Escalations", "desk:escalations", _ESCALATIONS),
        _item(request, "Handoffs", "desk:handoffs", _HANDOFFS, key="g h"),
        _item(request, "Coverage", "desk:coverage", "globe", key=""),
        _item(request, "Bookings", "desk:bookings", _BOOKINGS),
        _item(request, "Monitoring", "desk:monitoring", "activity"),
        _item(request, "Timesheet", "desk:timesheet", "timer", key="g t"),
        _item(request, "Hours", "desk:hours", _HOURS, key="g o"),
    ]
    if role != StaffRole.ACCOUNT_EXECUTIVE:
        work.insert(2, _item(request, "Mail", "desk:mail", _MAIL))
        work.insert(2, _item(request, "Development", "desk:development", _DEVELOPMENT))
    sections = [NavSection(items=tuple(work))]
    if role in _WATCHES:
        watched = (
            _item(request, "Portfolio", "success:portfolio", "layout-dashboard", key="g p"),
            _item(request, "Questions", "desk:commercial", _QUESTIONS),
            _item(request, "Proactive", "success:proactive", "calendar-check"),
            _item(request, "Service levels", "success:report", "chart-line"),
        )
        sections.append(NavSection(title="Clients", items=watched))
    if role in _SETS_UP:
        setup = [
            _item(request, "Clients", "setup:clients", "building-2"),
            _item(request, "Plans", "setup:plans", "book-open"),
            _item(request, "Outbox", "setup:outbox", "send"),
        ]
        if role == StaffRole.ADMINISTRATOR:
            setup.append(_item(request, "People", "setup:people", "users"))
        sections.append(NavSection(title="Setup", items=tuple(setup)))
    return tuple(sections)


def _item(request: PageRequest, label: str, name: str, icon: str, *, key: str = "") -> NavItem:
    address = reverse(name)
    is_current = request.path == address or (name not in _FRONTS and request.path.startswith(address))
    return NavItem(label=label, address=address, icon=icon, is_current=is_current, key=key)


def _chip(timer: Beside, at: datetime) -> TimerChip | None:
    if timer.running_since is None:
        return None
    counts_from = timer.running_since - timedelta(seconds=timer.counted_seconds)
    minutes = int((at - counts_from).total_seconds()) // 60
    return TimerChip(
        key=timer.key,
        address=reverse("desk:ticket", kwargs={"key": timer.key}) + "#timer",
        face=hmm(minutes),
        minutes=minutes,
        counts_from=counts_from.isoformat(),
    )

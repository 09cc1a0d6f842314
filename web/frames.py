"""What stands around a page: navigation, timer, notices; chosen by the side that the gate settled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from web.requests import PageRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """One way to go: words, icon and address, and a count that says what it counts.

    `key` is its shortcut ("g q"); `is_hot` marks a count that wants attention.
    """

    label: str
    address: str
    icon: str = ""
    is_current: bool = False
    count: int = 0
    counted: str = ""
    is_hot: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NavSection:
    """Ways to go under one heading; the first section has none."""

    items: tuple[NavItem, ...]
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """Keys and what they do, for the list behind "?"."""

    keys: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerChip:
    """The running timer in the top bar; `counts_from` is empty while it is paused."""

    key: str
    address: str
    face: str
    minutes: int
    counts_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What both sides have: where home is, who one is, what is unread."""

    home: str
    notices: str
    profile: str
    initials: str
    role: str
    zone: str
    unread: int = 0
    new_ticket: str = ""
    keys_off: bool = False
    keys: tuple[Shortcut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffFrame(Frame):
    """The desk's frame."""

    search: str
    jump: str
    sections: tuple[NavSection, ...] = ()
    timer: TimerChip | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalFrame(Frame):
    """The portal's frame; `other_clients` are those the same person may switch to."""

    items: tuple[NavItem, ...] = ()
    account: tuple[NavItem, ...] = ()
    other_clients: tuple[NavItem, ...] = field(default=())


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame of the side, made once a request and only where a whole page is drawn."""
    builder: Callable[[PageRequest], Frame] | None = getattr(request, "frame_builder", None)
    if builder is None:
        return {}
    settled: PageRequest = request  # type: ignore[assignment]
    around: dict[str, Any] = {"actor": settled.actor, "now": settled.at, "zone": settled.zone}
    client = getattr(request, "client", None)
    if client is not None:
        around["client"] = client
    return {**around, "frame": _Once(builder, settled)}


class _Once:
    """A frame that is built when a template first asks for it: fragments never pay for navigation."""

    def __init__(self, builder: Callable[[PageRequest], Frame], request: PageRequest) -> None:
        self._builder = builder
        self._request = request
        self._frame: Frame | None = None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  stands in for whatever the frame has
        if self._frame is None:
            self._frame = self._builder(self._request)
        return getattr(self._frame, name)


def initials(name: str) -> str:
    """One or two letters for the avatar."""
    words = [word for word in name.split() if word[:1].isalpha()]
    ends = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in ends).upper() or "?"

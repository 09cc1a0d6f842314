"""Calendar files as every calendar program reads them (iCalendar), without a way to smuggle anything in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

_LONGEST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something with a day, or with hours in UTC; `edition` tells a calendar which of two is newer.

    A day stands for the whole of it. `key` names the thing for ever, whatever becomes of its title.
    """

    key: str
    title: str
    begins: date
    ends: date | None = None
    stamp: datetime
    text: str = ""
    place: str = ""
    edition: int = 0
    is_off: bool = False


def calendar_file(happenings: Iterable[Happening], *, name: str, domain: str) -> bytes:
    """The happenings as one file; the same ones give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Caredesk//Calendar//EN")
    calendar.add("version", "2.0")
    rows = list(happenings)
    is_withdrawal = bool(rows) and all(one.is_off for one in rows)
    calendar.add("method", "CANCEL" if is_withdrawal else "PUBLISH")
    calendar.add("x-wr-calname", plain(name))
    for one in rows:
        calendar.add_component(_event(one, domain=domain))
    written: bytes = calendar.to_ical()
    return written


def plain(text: str) -> str:
    """The text on one line, without anything that steers; the library escapes and folds the rest."""
    flat = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    return " ".join(flat.split())[:_LONGEST]


def _event(one: Happening, *, domain: str) -> Event:
    event = Event()
    event.add("uid", f"{one.key}@{domain}")
    event.add("dtstamp", one.stamp)
    event.add("last-modified", one.stamp)
    event.add("sequence", one.edition)
    event.add("summary", plain(one.title))
    event.add("dtstart", one.begins)
    event.add("dtend", _end_of(one))
    if one.place:
        event.add("location", plain(one.place))
    if one.text:
        event.add("description", plain(one.text))
    event.add("status", "CANCELLED" if one.is_off else "CONFIRMED")
    if not isinstance(one.begins, datetime):
        event.add("transp", "TRANSPARENT")
    if one.is_off:
        event.add("organizer", f"mailto:support@{domain}")
    return event


def _end_of(one: Happening) -> date:
    """A whole day ends where the next one begins."""
    if isinstance(one.begins, datetime):
        return one.ends or one.begins
    return (one.ends or one.begins) + timedelta(days=1)

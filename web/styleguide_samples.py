"""What the style guide shows: invented tickets, hours and people of an invented provider and client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from web.drawing.bars import bars_of
from web.drawing.burn_down import burn_down
from web.drawing.line_chart import line_chart
from web.drawing.meter import meter_of
from web.drawing.month import Entry, month_of
from web.drawing.shifts import Shift, shifts_of
from web.drawing.spark import spark_of
from web.drawing.strip import strip_of
from web.drawing.works import works_of
from web.styleguide_panels import panels
from web.wording.clocks import ClockChip

ZONE = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 10, 13, 7, 48, tzinfo=UTC)
DUE = datetime(2026, 10, 13, 9, 15, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleStretch:
    """A stretch of a clock."""

    start: datetime
    end: datetime
    kind: str
    seconds: int = 0
    reason: str = ""


def everything() -> dict[str, Any]:
    """All samples by the names that the template uses."""
    return {
        **panels(NOW),
        "now": NOW,
        "zone": ZONE,
        **_signals(),
        **_conversation(),
        **_clocks(),
        **_lists(),
        **_charts(),
        **_boards(),
    }


def _local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def _signals() -> dict[str, Any]:
    chips = (
        ("running", "6 h 57", "left"),
        ("closed", "1 h", "from 15:00"),
        ("paused", "Paused", "client, Mon 11:40"),
        ("risk", "17 min", "at risk"),
        ("missed", "12 min", "late"),
        ("met", "Met", "32 min of 4 h"),
        ("exempt", "No clock", "filed by phone"),
    )
    tiles = [
        {"label": "Left this month", "number": "14:30", "of": "of 40:00", "extra": "New hours on Sun 1 Nov."},
        {"label": "Used", "number": "25:30", "extra": "64 % used, 42 % of the month over"},
        {"label": "At this pace", "number": "Wed 21 Oct", "extra": "Runs out 10 days early", "tone": "warn"},
        {
            "label": "Prepaid pack",
            "number": "6:15",
            "of": "of 20:00",
            "extra": "Used last",
            "address": "#pack",
        },
    ]
    return {
        "chips": [ClockChip(state=state, strong=strong, rest=rest) for state, strong, rest in chips],
        "urgencies": [(1, "Critical"), (2, "High"), (3, "Medium"), (4, "Low")],
        "statuses": ["new", "in_progress", "waiting_on_client", "scheduled", "resolved", "closed"],
        "tones": ["", "accent", "green", "amber", "red", "violet", "note"],
        "tiles": tiles,
        "pairs": [
            {"label": "Plan", "value": "Care Premium", "address": "#plan"},
            {"label": "Filed", "value": "Fri 9 Oct, 14:32 CEST", "extra": "4 days ago, in the portal"},
        ],
    }


def _conversation() -> dict[str, Any]:
    client = {
        "author": "Ilse Verhoeven",
        "initials": "IV",
        "organisation": "Halden Freight, named contact",
        "at": _local(9, 14, 32),
        "body": "Change requests go straight to **Implementing** without the second approver.",
        "files": [{"name": "changes-friday.csv", "size": 3 * 1024, "address": "#file"}],
    }
    reply = {
        "author": "Ruth Okafor",
        "initials": "RO",
        "is_staff": True,
        "at": _local(9, 15, 4),
        "body": "Thank you, Ilse, the list helps.\n\n- all passed the same transition\n- I write again today",
        "chips": [ClockChip(state="met", strong="First response met", rest="32 min of 4 h")],
        "effects": "0:45 logged",
    }
    note = {**reply, "author": "Tomás Arrieta", "initials": "TA", "is_note": True, "chips": [], "effects": ""}
    escalated = {
        **client,
        "marks": [{"label": "Escalated to tier 2", "tone": "amber", "icon": "chevrons-up"}],
        "files": [],
    }
    removed = {**client, "is_redacted": True, "files": []}
    asked = {
        "title": "Approval to change the “Change request” workflow",
        "state": "asked",
        "at": _local(12, 11, 10),
        "words": "Asked by Ruth Okafor.",
        "anchor": "a1",
    }
    return {
        "staff_messages": [client, reply, {**note, "body": "Mind golden rule 4."}, escalated, removed],
        "portal_messages": [client, reply],
        "approvals": [
            {**asked, "state": "approved", "quote": "Go ahead, not between 12:00 and 13:00.", "anchor": "a2"},
            {**asked, "state": "declined", "anchor": "a3"},
            {**asked, "state": "withdrawn", "anchor": "a4"},
        ],
        "question": asked,
        "line": {
            "icon": "user-check",
            "who": "Pieter Claes",
            "words": "took the escalation.",
            "at": _local(12, 15, 31),
        },
    }


def _clocks() -> dict[str, Any]:
    stretches = [
        SampleStretch(start=_local(9, 16, 20), end=_local(9, 17), kind="open", seconds=2400),
        SampleStretch(start=_local(9, 17), end=_local(12, 9), kind="closed"),
        SampleStretch(start=_local(12, 9), end=_local(12, 11, 10), kind="open", seconds=7800),
        SampleStretch(
            start=_local(12, 11, 10), end=_local(12, 14, 5), kind="paused", reason="waiting for approval"
        ),
        SampleStretch(start=_local(12, 14, 5), end=_local(12, 17), kind="open", seconds=10500),
        SampleStretch(start=_local(12, 17), end=_local(13, 9), kind="closed"),
        SampleStretch(start=_local(13, 9), end=DUE, kind="open", seconds=8100),
    ]
    title = "How the due time of the next update came about"
    timer = {
        "key": "HAL-2043",
        "counts_from": (NOW - timedelta(minutes=22, seconds=14)).isoformat(),
        "face": "0:22:14",
        "minutes": 22,
        "will_log": "0:30",
        "note": "Publish the repaired workflow",
    }
    paused = {**timer, "counts_from": "", "is_paused": True, "note": None}
    return {
        "strip": strip_of(stretches, element_id="why", title=title, now=NOW, due_at=DUE, zone=ZONE),
        "works": works_of(stretches, now=NOW, zone=ZONE),
        "timer": timer,
        "paused_timer": {**paused, "subject": "Rule mails the wrong store manager", "address": "#ticket"},
        "meters": [
            meter_of(used=600, granted=2400, passed_percent=42),
            meter_of(used=1530, granted=2400, passed_percent=42),
            meter_of(used=2500, granted=2400, passed_percent=96),
        ],
    }


def _lists() -> dict[str, Any]:
    options = [
        {"label": "Halden Freight", "address": "#h", "is_on": True},
        {"label": "Orrin", "address": "#o"},
    ]
    return {
        "crumbs": [
            {"label": "Queue", "address": "#q"},
            {"label": "At risk", "address": "#r"},
            {"label": "HAL-2043"},
        ],
        "views": [
            {"label": "All open", "address": "#all", "count": 13, "is_current": True},
            {"label": "At risk or missed", "address": "#risk", "count": 3, "is_hot": True},
            {"label": "Closed", "address": "#closed"},
        ],
        "filters_on": [{"label": "Region: Lyon", "address": "?"}],
        "offers": [{"label": "Client", "options": options}],
        "bulk_actions": [
            {"label": "Assign", "icon": "user", "key": "a", "name": "act", "value": "assign"},
            {"label": "Merge", "icon": "git-merge", "name": "act", "value": "merge"},
        ],
        "heads": [
            {"pick": "Select all 2 tickets"},
            {"label": "Due", "address": "?sort=-due", "sorted": "ascending"},
            {"label": "Subject", "address": "?sort=subject"},
            {"label": "Hours", "css": "end"},
            {"label": "Open", "is_hidden": True},
        ],
        "steps": [
            {"title": "Engineer, Ruth Okafor", "state": "done"},
            {"title": "Duty manager, Pieter Claes", "text": "With him since Mon 15:31", "state": "on"},
            {"title": "Head of support, Amara Diallo"},
        ],
    }


def _charts() -> dict[str, Any]:
    first = date(2026, 10, 1)
    left = (2310, 2175, 2175, 2175, 2040, 1905, 1680, 1470, 1215, 1215, 1215, 960, 870)
    months = ("Apr", 85.0), ("May", 90.0), ("Jun", 95.2), ("Jul", 94.7), ("Aug", 100.0), ("Sep", None)
    midnight = datetime(2026, 10, 13, tzinfo=ZONE)
    shifts = [
        Shift(region="Sydney", spans=((_local(12, 23), _local(13, 9, 30)),), hours="09:00–18:30"),
        Shift(region="Lyon", spans=((_local(13, 8, 30), _local(13, 17, 30)),), hours="08:30–17:30"),
        Shift(
            region="Denver",
            spans=((_local(12, 16, 30), _local(13, 1)), (_local(13, 16, 30), _local(14, 1))),
            hours="08:30–17:00",
        ),
    ]
    return {
        "burn": burn_down(
            element_id="burn",
            title="Reserved hours left in October",
            first=first,
            last=date(2026, 10, 31),
            granted=2400,
            left_by_day=[(first + timedelta(days=offset), minutes) for offset, minutes in enumerate(left)],
            empty_on=date(2026, 10, 21),
        ),
        "spark": spark_of(
            [92, 96, 95, None, 97, 98, 94, 96, 97, 95, 96, 98], name="Halden Freight, weekly share"
        ),
        "line_chart": line_chart(months, element_id="months", name="Work started by month"),
        "bars": bars_of(
            [("Incidents", 840, "14:00"), ("Requests", 510, "8:30"), ("Advice", 0, "0:00")],
            element_id="kinds",
            title="Hours by kind of work",
        ),
        "shifts": shifts_of(
            shifts,
            element_id="sun",
            title="Shifts of the three regions, on Lyon time",
            words="Sydney until 09:30, Lyon 08:30 to 17:30, Denver 16:30 to 01:00.",
            midnight=midnight,
            now=_local(13, 9, 12),
        ),
        "legend": [
            {"mark": mark, "label": mark}
            for mark in ("open", "closed", "ahead", "s1", "s2", "lap", "l1", "l2", "l3", "goal")
        ],
        "burn_heads": ["Day", "Used", "Left"],
        "burn_rows": [["Thu 1 Oct", "1:30", "38:30"], ["Fri 2 Oct", "2:15", "36:15"]],
    }


def _boards() -> dict[str, Any]:
    card = {
        "key": "ORR-518",
        "subject": "Wiki sign-in fails with error 502",
        "address": "#orr",
        "client": "Orrin Biotech",
        "rank": 1,
        "urgency": "Critical",
        "chip": ClockChip(state="risk", strong="24 min", rest="to update"),
        "brief": {"now": "Sign-in fails for all.", "tried": "Restart.", "next": "Compare the plug-in."},
        "who": "Mei Tanaka, Sydney",
        "action": {
            "label": "Accept",
            "address": "#accept",
            "name": "act",
            "value": "accept",
            "is_primary": True,
        },
    }
    bare = {
        **card,
        "key": "VAN-31",
        "subject": "Mail intake stopped at 05:50",
        "rank": 2,
        "urgency": "High",
        "brief": None,
        "warning": "Nothing can be accepted without a brief.",
        "action": {"label": "Write brief", "address": "#brief"},
    }
    entries = [
        Entry(on=date(2026, 10, 8), title="Orrin Biotech", text="Health check", state="late", address="#1"),
        Entry(on=date(2026, 10, 13), title="Halden Freight", text="Review", state="on", address="#2"),
        Entry(on=date(2026, 10, 6), title="All clients", text="Insights digest", state="done", address="#3"),
        Entry(on=date(2026, 10, 22), title="Ostra Energy", text="Review", state="plan", address="#4"),
    ]
    return {
        "lanes": [
            {"id": "lane-1", "title": "No brief yet", "count": 1, "cards": [bare]},
            {"id": "lane-2", "title": "Waiting for Lyon", "count": 1, "cards": [card]},
            {
                "id": "lane-3",
                "title": "Taken over",
                "count": 0,
                "cards": [],
                "none": "Nothing taken over yet.",
            },
        ],
        "month": month_of(2026, 10, entries, today=date(2026, 10, 13)),
    }

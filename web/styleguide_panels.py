"""What the style guide shows in the panels beside a ticket and a contract: invented, as all its samples."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from web.drawing.weeks import Row, week_of

ZONE = ZoneInfo("Europe/Paris")


def panels(now: datetime) -> dict[str, Any]:
    """All samples by the names that the template uses, round that moment."""
    hour = timedelta(hours=1)
    return {
        "due_changes": [
            {"reason": "Urgency: High to Critical", "at": now, "before": now + 4 * hour, "after": now + hour},
            {"reason": "Waiting for the client", "at": now, "before": now + hour, "after": None},
        ],
        "windows": [
            {
                "summary": "Upgrade of the database",
                "starts_at": now + hour,
                "ends_at": now + 3 * hour,
                "announced_by": "Bram de Wit",
                "told": ["priya@halden.example"],
                "excludes": False,
            }
        ],
        "problems": [
            {
                "name": "Disk space of root",
                "environment": {"name": "Jira, production"},
                "count": 12,
                "last_at": now - hour,
                "is_flapping": True,
                "recovered_at": None,
            },
            {
                "name": "https://wiki.halden.example",
                "environment": {"name": "Wiki"},
                "count": 1,
                "last_at": now - 2 * hour,
                "recovered_at": now - hour,
            },
        ],
        **_agreed(),
        "week": _week(now),
        "mailed": {
            "get_topic_display": "App",
            "product": "Confluence",
            "title": "Whiteboards that stay in their space",
            "body": "Pages keep their **boards** when a space moves.",
            "link": "https://example.com/boards",
        },
    }


def _agreed() -> dict[str, Any]:
    return {
        "onboarding": {
            "many": 7,
            "done": 3,
            "finished_at": None,
            "expected_on": date(2026, 10, 20),
            "moved_to": date(2026, 10, 22),
            "waited_seconds": 180_000,
        },
        "snippet": {
            "anchor": "m7",
            "is_internal": True,
            "parts": [{"text": "Is the ", "is_hit": False}, {"text": "index", "is_hit": True}],
        },
        "forgotten": {"is_over": False},
        "rule": {
            "before": 1,
            "changes": [
                {"change": "gone", "text": "Call before a restart."},
                {"change": "new", "text": "Call and write before a restart."},
            ],
        },
    }


def _week(now: datetime) -> Any:  # noqa: ANN401  what the template draws
    monday = datetime(2026, 10, 12, tzinfo=ZONE)
    days = [monday + timedelta(days=day) for day in range(5)]
    lyon = [(day + timedelta(hours=8), day + timedelta(hours=17)) for day in days]
    nobody = [(days[4] + timedelta(hours=17), days[4] + timedelta(hours=24))]
    rows = [Row(name="Lyon", spans=lyon), Row(name="Nobody", spans=nobody, is_gap=True)]
    return week_of(
        rows, element_id="sg-week", start=monday, end=monday + timedelta(days=7), now=now.astimezone(ZONE)
    )

"""The frozen pack of a service review: figures, tables and charts, each number with its source (P3).

A pack is JSON primitives from the first: what was stored is what is shown, on pages and on paper, for good.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

VERSION = 1
Json = dict[str, Any]


def source(page: str, **where: str) -> Json:
    """Where a number comes from: the name of a page and what to ask it for."""
    return {"page": page, "where": where}


def figure(label: str, words: str, *, before: str = "", of: Json | None = None) -> Json:
    """One number in words, what it was in the period before, and its source."""
    return {"label": label, "words": words, "before": before, "source": of}


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, sources: Sequence[Json | None] = ()
) -> Json:
    """A table; the first cell of a row opens the row's source, where it has one."""
    found = [sources[index] if index < len(sources) else None for index in range(len(rows))]
    told = [{"cells": list(row), "source": of} for row, of in zip(rows, found, strict=True)]
    return {"heads": list(heads), "rows": told}


def chart(kind: str, name: str, points: Sequence[tuple[str, float | None, str]]) -> Json:
    """A picture of label, amount and words: `line` for percents by month, `bars` for amounts."""
    return {"kind": kind, "name": name, "points": [list(point) for point in points]}


def section(
    key: str,
    title: str,
    *,
    note: str = "",
    figures: Sequence[Json] = (),
    charts: Sequence[Json] = (),
    tables: Sequence[Json] = (),
) -> Json:
    """One part of the pack."""
    return {
        "key": key,
        "title": title,
        "note": note,
        "figures": list(figures),
        "charts": list(charts),
        "tables": list(tables),
    }


def digest_of(pack: Mapping[str, Any]) -> str:
    """The SHA-256 of the pack, by which a change would show."""
    text = json.dumps(pack, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def period_before(from_on: date, to_on: date) -> tuple[date, date]:
    """The period just before, as long as this one in days: what trends are measured against."""
    days = (to_on - from_on).days + 1
    return from_on - timedelta(days=days), from_on - timedelta(days=1)


def months_between(from_on: date, to_on: date) -> list[date]:
    """The first days of the months that the period touches, in order."""
    found, month = [], from_on.replace(day=1)
    while month <= to_on:
        found.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return found


def share_words(part: int, whole: int) -> str:
    """A share with one decimal, rounded down so that 100 % means all: `94.9 %`; of nothing there is none."""
    return f"{1000 * part // whole / 10:.1f} %" if whole else "–"


def hours_words(minutes: int) -> str:
    """Minutes of work as `h:mm`."""
    sign = "−" if minutes < 0 else ""
    return f"{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"

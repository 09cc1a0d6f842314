"""Tags for moments, lengths of time and clock chips."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from web.wording import times
from web.wording.clocks import ClockChip

register = template.Library()


@register.simple_tag
def moment(
    value: datetime | None, zone: ZoneInfo, now: datetime, *, relative: bool = True
) -> str | SafeString:
    """`{% moment value zone now %}`: the moment with its zone, and how far off it is.

    The seconds stand beside the words, so that an open page can count on.
    """
    if value is None:
        return "–"
    stamp = format_html(
        '<time datetime="{}">{}</time>',
        value.astimezone(zone).isoformat(timespec="minutes"),
        times.moment(value, zone=zone, now=now),
    )
    if not relative:
        return stamp
    return format_html(
        '{} <span class="cd-soft" data-cd-off="{}">{}</span>',
        stamp,
        int((value - now).total_seconds()),
        times.relative(value, now=now),
    )


@register.simple_tag
def short_moment(value: datetime | None, zone: ZoneInfo, now: datetime) -> str | SafeString:
    """`{% short_moment value zone now %}`: for tables whose head names the zone."""
    if value is None:
        return "–"
    return format_html(
        '<time datetime="{}">{}</time>',
        value.astimezone(zone).isoformat(timespec="minutes"),
        times.short_moment(value, zone=zone, now=now),
    )


@register.simple_tag
def zone_in_words(zone: ZoneInfo, now: datetime) -> str:
    """`{% zone_in_words zone now %}`: Amsterdam time (CEST)."""
    return times.zone_in_words(zone, at=now)


@register.inclusion_tag("components/clock_chip.html")
def clock_chip(chip: ClockChip) -> dict[str, Any]:
    """`{% clock_chip chip %}`: icon, number and words of a clock."""
    return {"chip": chip}


@register.filter
def duration(seconds: int) -> str:
    """`{{ seconds|duration }}`: 1 h 27 min."""
    return times.duration(seconds)


@register.filter
def duration_short(seconds: int) -> str:
    """`{{ seconds|duration_short }}`: 1 h 27."""
    return times.duration_short(seconds)

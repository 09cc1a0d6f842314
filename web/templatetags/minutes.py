"""Filters for hours of work, money, shares and file sizes."""

from __future__ import annotations

from django import template

from web.wording import amounts

register = template.Library()


@register.filter
def hmm(minutes: int) -> str:
    """`{{ minutes|hmm }}`: 0:45."""
    return amounts.hmm(minutes)


@register.filter
def money(minor_units: int, currency: str) -> str:
    """`{{ price|money:"GBP" }}`: £3,500."""
    return amounts.money(minor_units, currency)


@register.filter
def percent_of(part: int, whole: int) -> str:
    """`{{ part|percent_of:whole }}`: 64 %."""
    return amounts.percent(part, whole)


@register.filter
def share_of(part: int, whole: int) -> str:
    """`{{ part|share_of:whole }}`: 94.9 %."""
    return amounts.share(part, whole)


@register.filter
def file_size(size: int) -> str:
    """`{{ file.size|file_size }}`: 118 KB."""
    return amounts.file_size(size)

"""Comparing versions of products as people and feeds write them (P9)."""

from __future__ import annotations

import re
from typing import Final

Part = tuple[int, int, str]

_PARTS = re.compile(r"[0-9]+|[a-z]+")
#: What comes before a release: it sorts under the release itself.
_BEFORE: Final = frozenset(
    {"a", "alpha", "b", "beta", "dev", "eap", "m", "milestone", "pre", "preview", "rc", "snapshot"}
)
_LONGEST: Final = 60
_END: Final[Part] = (2, 0, "")


def is_version(text: str) -> bool:
    """Whether that can be compared at all: it begins with a number (`10.3`, `v9.12.0-rc1`)."""
    return bool(re.match(r"v?[0-9]", text.strip().lower())) and len(text) <= _LONGEST


def compare(one: str, other: str) -> int:
    """Below, at or above 0 as the one is older than the other, the same, or newer.

    Missing parts count as 0 (`9.12` is `9.12.0`); a pre-release is older than its release, a letter behind a
    number is newer (`1.0.2k` after `1.0.2`).
    """
    first, second = _parts(one), _parts(other)
    length = max(len(first), len(second))
    left = [*first, *[_END] * (length - len(first))]
    right = [*second, *[_END] * (length - len(second))]
    return (left > right) - (left < right)


def _parts(text: str) -> list[Part]:
    found = _PARTS.findall(text.strip().lower().removeprefix("v"))
    return [_part(one) for one in found[:20]]


def _part(text: str) -> Part:
    if text.isdecimal():
        return 2, int(text), ""
    return (1 if text in _BEFORE else 3), 0, text

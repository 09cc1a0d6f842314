"""Names of products and ranges of versions, as the Common Platform Enumeration 2.3 writes them (P9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from proactive.domain.versions import compare, is_version

_COLON = re.compile(r"(?<!\\):")
_ESCAPED = re.compile(r"\\(.)")
_ANY = ("*", "")
_LONGEST = 500


class NotACpeError(ValueError):
    """The text is no name of a product by CPE 2.3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """The parts of a CPE name that we look at; an empty `version` means every version."""

    vendor: str
    product: str
    version: str = ""

    @property
    def key(self) -> str:
        """Vendor and product, as the list of products names them."""
        return f"{self.vendor}:{self.product}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The affected versions of one product: one alone, or those between two ends; open ends are empty."""

    product: str
    exactly: str = ""
    start: str = ""
    start_included: bool = True
    end: str = ""
    end_included: bool = False

    def holds(self, version: str) -> bool:
        """Whether a version lies in it; one that cannot be compared does not."""
        if not is_version(version):
            return False
        if self.exactly:
            return compare(version, self.exactly) == 0
        return self._is_after_start(version) and self._is_before_end(version)

    def to_data(self) -> dict[str, Any]:
        """Itself as JSON primitives, without what says nothing."""
        told = {
            "product": self.product,
            "exactly": self.exactly,
            "start": self.start,
            "start_included": self.start_included if self.start else None,
            "end": self.end,
            "end_included": self.end_included if self.end else None,
        }
        return {name: value for name, value in told.items() if value not in ("", None)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Range:
        """The range that was stored."""
        return cls(**data)

    def _is_after_start(self, version: str) -> bool:
        if not self.start:
            return True
        order = compare(version, self.start)
        return order > 0 or (order == 0 and self.start_included)

    def _is_before_end(self, version: str) -> bool:
        if not self.end:
            return True
        order = compare(version, self.end)
        return order < 0 or (order == 0 and self.end_included)


def read_name(text: str) -> tuple[Name, str]:
    """The name in a CPE 2.3 text, and its kind (`a` application, `o` system, `h` hardware)."""
    parts = _COLON.split(text) if len(text) <= _LONGEST else []
    if len(parts) != 13 or parts[:2] != ["cpe", "2.3"] or not parts[3] or not parts[4]:
        raise NotACpeError(text[:80])
    vendor, product, version, update = (_plain(part) for part in parts[3:7])
    if version not in _ANY and version != "-" and update not in ("*", "-", ""):
        version = f"{version}-{update}"
    return Name(vendor=vendor, product=product, version="" if version in _ANY else version), parts[2]


def read_range(match: Mapping[str, Any]) -> Range:
    """The affected versions that one `cpeMatch` of the feed states; raises `NotACpeError` or `KeyError`."""
    name, _ = read_name(str(match["criteria"]))
    ends = {side: str(match.get(side) or "") for side in _SIDES}
    start = ends["versionStartIncluding"] or ends["versionStartExcluding"]
    end = ends["versionEndIncluding"] or ends["versionEndExcluding"]
    return Range(
        product=name.key,
        exactly=name.version,
        start=start,
        start_included=not start or bool(ends["versionStartIncluding"]),
        end=end,
        end_included=bool(ends["versionEndIncluding"]),
    )


_SIDES = ("versionStartIncluding", "versionStartExcluding", "versionEndIncluding", "versionEndExcluding")


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text).lower()

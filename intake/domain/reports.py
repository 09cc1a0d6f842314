"""Delivery reports (RFC 3464): what became of a mail, and what it means for the address (F10)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_DETAIL_LIMIT = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of one mail: refused for good or merely late, with the server's own words."""

    is_permanent: bool
    status: str = ""
    detail: str = ""

    @property
    def is_about_the_address(self) -> bool:
        """Whether the address itself takes no mail: unknown, closed or unreachable.

        A full mailbox, a size, a policy or a fault of the content says nothing against the address.
        """
        match = _STATUS.fullmatch(self.status)
        if not self.is_permanent or match is None:
            return self.is_permanent
        subject, detail = int(match[2]), int(match[3])
        return (subject == 2 and detail == 1) or subject in (0, 1, 4)


def report_in(fields: Iterable[tuple[str, str]]) -> Report | None:
    """The report on the one recipient of a mail of ours; None when it says nothing of a failure or delay.

    `fields` are name and value of the lines of the report's machine-readable part.
    """
    told: dict[str, str] = {}
    for name, value in fields:
        told.setdefault(name.lower(), " ".join(value.split()))
    action = told.get("action", "").lower()
    if action not in ("failed", "delayed"):
        return None
    words = told.get("diagnostic-code", "").partition(";")[2].strip() or told.get("diagnostic-code", "")
    match = _STATUS.search(told.get("status", "")) or _STATUS.search(words)
    status = match[0] if match else ""
    is_permanent = action == "failed"
    detail = words or ("The mail came back." if is_permanent else "The mail is late.")
    return Report(is_permanent=is_permanent, status=status, detail=detail[:_DETAIL_LIMIT])

"""What happens to licence reviews and to requests to makers (P4, P7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from proactive.events.papers import PaperEvent


@dataclass(frozen=True, kw_only=True)
class LicencesPublished(PaperEvent):
    """The client reads a licence review (P4)."""

    kind: ClassVar[str] = "licences.published"
    subject_type: ClassVar[str] = "licencereview"


@dataclass(frozen=True, kw_only=True)
class VendorAsked(PaperEvent):
    """Somebody wants something of a maker (P7)."""

    kind: ClassVar[str] = "vendor.asked"
    subject_type: ClassVar[str] = "vendorrequest"
    vendor: str


@dataclass(frozen=True, kw_only=True)
class VendorMoved(PaperEvent):
    """There is news from a maker; `note` says what (P7)."""

    kind: ClassVar[str] = "vendor.moved"
    subject_type: ClassVar[str] = "vendorrequest"
    state: str
    note: str


@dataclass(frozen=True, kw_only=True)
class VendorQuoted(PaperEvent):
    """A quote waits for the client's decision (P7)."""

    kind: ClassVar[str] = "vendor.quoted"
    subject_type: ClassVar[str] = "vendorrequest"
    minor_units: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class VendorDecided(PaperEvent):
    """A point of contact decided about a quote (P7)."""

    kind: ClassVar[str] = "vendor.decided"
    subject_type: ClassVar[str] = "vendorrequest"
    state: str
    note: str

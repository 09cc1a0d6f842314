"""What happens to service reviews and what was taken on in them (P3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from proactive.events.papers import PaperEvent


@dataclass(frozen=True, kw_only=True)
class ReviewPublished(PaperEvent):
    """The client reads figures and agenda; the digest names the figures."""

    kind: ClassVar[str] = "review.published"
    subject_type: ClassVar[str] = "review"
    digest: str


@dataclass(frozen=True, kw_only=True)
class ReviewMinuted(PaperEvent):
    """The minutes of the meeting are there to read."""

    kind: ClassVar[str] = "review.minuted"
    subject_type: ClassVar[str] = "review"
    held_on: str


@dataclass(frozen=True, kw_only=True)
class ReviewActionDone(PaperEvent):
    """Something that one side took on is done."""

    kind: ClassVar[str] = "review.action_done"
    subject_type: ClassVar[str] = "review"
    action_id: int
    text: str

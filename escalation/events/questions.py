"""What happens to questions that go to the account executive; none of them is an escalation (E4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from events.domain.event import Event


@dataclass(frozen=True, kw_only=True)
class QuestionEvent(Event):
    """The base: a commercial question by its subject; `told_ids` are those who must hear of it by name."""

    subject_type: ClassVar[str] = "commercialquestion"
    question_id: int
    title: str
    topic: str
    told_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(QuestionEvent):
    """A client's person asks, or asks back (`is_again`)."""

    kind: ClassVar[str] = "question.asked"
    is_again: bool = False


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(QuestionEvent):
    """The account executive answered; `text` is the answer."""

    kind: ClassVar[str] = "question.answered"
    text: str


@dataclass(frozen=True, kw_only=True)
class QuestionClosed(QuestionEvent):
    """The matter is closed."""

    kind: ClassVar[str] = "question.closed"

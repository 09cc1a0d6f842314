"""Proposed urgencies as both sides read them: the engineer's reason beside the client's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from contracts.domain.plan import Plan
from events.models import Record
from tickets.models import UrgencyProposal
from tickets.queries import Dispute, disputes_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeView:
    """A proposal in the plan's own words; `meaning` is what the plan says of the urgency that stands."""

    id: int
    before: str
    proposed: str
    meaning: str
    client_reason: str
    reason: str
    by: str
    at: datetime
    state: str
    answer: str
    answered_by: str
    answered_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether the client has still to answer."""
        return self.state == "proposed"


def disputes_shown(
    plan: Plan, proposals: Iterable[UrgencyProposal], records: Iterable[Record]
) -> list[DisputeView]:
    """What was proposed on one ticket, by its own history, the newest first."""
    labels = {one.code: one.label for one in plan.urgencies}
    meanings = {one.code: one.description for one in plan.urgencies}
    return [_view(one, labels, meanings) for one in disputes_of(proposals, records)]


def _view(dispute: Dispute, labels: dict[str, str], meanings: dict[str, str]) -> DisputeView:
    one = dispute.proposal
    return DisputeView(
        id=one.pk,
        before=labels.get(one.before, one.before),
        proposed=labels.get(one.proposed, one.proposed),
        meaning=meanings.get(one.before, ""),
        client_reason=dispute.client_reason,
        reason=one.reason,
        by=one.proposed_by.name,
        at=one.proposed_at,
        state=one.state,
        answer=one.answer,
        answered_by=one.answered_by.name if one.answered_by else "",
        answered_at=one.answered_at,
    )

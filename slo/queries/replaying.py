"""What if: a contract's tickets under another plan or a changed calendar; writes nothing (S17)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from contracts.domain.calendar import Calendar
from contracts.domain.plan import Plan
from contracts.models import Contract
from contracts.queries import (
    business_calendars_of,
    calendars_for,
    newest_version,
    plan_of_version,
    shared_calendars,
)
from events.domain.errors import Invalid
from slo.domain.clock import FoldedClock
from slo.domain.engine import fold
from slo.domain.replaying import Difference, Translation, differences, exemption, translation
from slo.domain.terms import Terms, terms_of_plan
from slo.domain.timeline import FactKind, Window
from slo.queries.terms import Standing, standing_of
from slo.queries.timeline import Story, unsettled_stories_of, windows_of
from tickets.models import Ticket, TicketQuerySet

_BATCH = 2000


@dataclass(slots=True)
class Replay:
    """What would have been otherwise: counts of verdicts before and after, and every clock that differs."""

    plan: str
    tickets: int = 0
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    @property
    def late_before(self) -> int:
        """Minutes late of the clocks that differ, as it was."""
        return sum(one.before.late_minutes for one in self.differences if one.before)

    @property
    def late_after(self) -> int:
        """Minutes late of the same clocks, as it would have been."""
        return sum(one.after.late_minutes for one in self.differences if one.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """Both sets of terms, worked out once for all tickets."""

    standing: Standing
    terms: Terms
    calendars: Mapping[str, Calendar]
    words: Translation
    until: datetime


def replay(
    contract: Contract,
    *,
    until: datetime,
    from_: datetime | None = None,
    to: datetime | None = None,
    plan: str = "",
    calendar: Calendar | None = None,
    progress: Callable[[int, int], None] | None = None,
    most: int | None = None,
) -> Replay:
    """Fold the tickets opened in the period as they stand at `until`, as they are and under the what-if.

    `plan` is the key of a plan on offer (none: the contract's own), `calendar` another business calendar.
    Both sides are folded anew, so that what was settled does not hide what the terms say. `progress` hears
    how many tickets are done of how many. Raises `NotHere` for a plan that nobody offers, and `Invalid` for
    more tickets than `most`.
    """
    standing = standing_of(contract.pk)
    other: Plan = plan_of_version(newest_version(plan)) if plan else standing.plan
    stage = _Stage(
        standing=standing,
        terms=terms_of_plan(
            other,
            thresholds=contract.resolution_thresholds if not plan else None,
            counted_channels=tuple(contract.counted_channels),
        ),
        calendars=calendars_for(calendar, shared=standing.calendars) if calendar else standing.calendars,
        words=translation(standing.plan, other),
        until=until,
    )
    tickets = Ticket.objects.filter(contract=contract).order_by("id")
    tickets = tickets.filter(opened_at__gte=from_) if from_ else tickets
    tickets = tickets.filter(opened_at__lt=to) if to else tickets
    told, total = Replay(plan=other.key), tickets.count()
    if most is not None and total > most:
        words = f"These are {total:,} tickets; up to {most:,} are replayed here. Choose fewer days."
        raise Invalid(words, fields={"days": words})
    for batch in _batches(tickets):
        _take(told, batch, stage)
        if progress is not None:
            progress(told.tickets, total)
    return told


def calendars_on_offer(contract: Contract) -> dict[str, Calendar]:
    """The calendars that business hours may be exchanged for, by name: the provider's and the client's."""
    versions = [*shared_calendars(), *business_calendars_of(contract.client)]
    return {version.calendar.name: Calendar.from_dict(version.content) for version in versions}


_Row = tuple[int, str, str, int | None]


def _batches(tickets: TicketQuerySet) -> Iterator[Sequence[_Row]]:
    after = 0
    while True:
        rows = list(
            tickets.filter(id__gt=after).values_list("id", "key", "channel", "environment_id")[:_BATCH]
        )
        if not rows:
            return
        yield rows
        after = rows[-1][0]


def _take(told: Replay, batch: Sequence[_Row], stage: _Stage) -> None:
    stories = unsettled_stories_of([row[0] for row in batch])
    windows = windows_of({row[3] for row in batch if row[3] is not None})
    for ticket_id, key, channel, environment_id in batch:
        story = stories[ticket_id]
        told.tickets += 1
        if not story.facts:
            continue
        before, after = _both(story, channel, windows.get(environment_id or 0, []), stage)
        told.before.update(clock.state.value for clock in before)
        told.after.update(clock.state.value for clock in after)
        told.differences += differences(ticket=key, before=before, after=after, until=stage.until)


def _both(
    story: Story, channel: str, windows: list[Window], stage: _Stage
) -> tuple[tuple[FoldedClock, ...], tuple[FoldedClock, ...]]:
    until = max(stage.until, story.facts[-1].at)
    now = stage.standing
    before = fold(now.terms, now.calendars, story.facts, until=until, windows=windows)
    reason = exemption(stage.terms, channel=channel)
    if stage.terms.commitment == now.terms.commitment and stage.terms.promises == now.terms.promises:
        reason = next(fact.exempt_reason for fact in story.facts if fact.kind == FactKind.OPENED)
    facts = stage.words.facts(story.facts, exempt_reason=reason)
    after = fold(stage.terms, stage.calendars, facts, until=until, windows=windows)
    return before, after

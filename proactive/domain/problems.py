"""How a row of alerts becomes one problem: repeats counted, recovery noted, flapping kept quiet (P8).

Pure: what stands before and the beats in the order in which they came in give what stands after and what is
worth a note. The cut between two batches changes nothing in the sum of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from proactive.domain.checks import Level
from proactive.domain.signals import Beat

#: So many turns between well and ill within that time are flapping; so long without one is calm again.
FLAPPING_TURNS = 5
FLAPPING_WITHIN = timedelta(hours=1)
CALM_AFTER = timedelta(hours=1)
#: What comes back within this time after a recovery is the same problem, and joins its ticket.
REST = timedelta(hours=1)


class News(StrEnum):
    """What is worth a note on the ticket."""

    RECOVERED = "recovered"
    RETURNED = "returned"
    WORSE = "worse"
    FLAPPING = "flapping"
    CALM = "calm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One piece of news, with the words of the alert that brought it."""

    news: News
    at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a problem stands: how bad at its worst, how often heard of, since when, well again since when.

    `turns` are the last moments at which it turned ill or well; `count` counts the alerts that say it is on.
    """

    first_at: datetime
    last_at: datetime
    level: Level
    count: int = 0
    recovered_at: datetime | None = None
    turns: tuple[datetime, ...] = ()
    is_flapping: bool = False
    text: str = ""
    value: float | None = None


def fold(before: Standing | None, beats: Sequence[Beat]) -> tuple[Standing | None, tuple[Note, ...]]:
    """What stands after those beats; good news about nothing is nothing."""
    standing, notes = before, []
    for beat in beats:
        if standing is None:
            standing = _begun(beat) if beat.is_firing else None
            continue
        standing, news = _after(standing, beat)
        notes += [Note(news=one, at=beat.at, text=beat.text) for one in news]
    return standing, tuple(notes)


def calmed(standing: Standing, *, at: datetime) -> tuple[Standing, Note | None]:
    """The problem without its flapping, once it has kept still for an hour; the note says how it stands."""
    if not standing.is_flapping or (standing.turns and at - standing.turns[-1] < CALM_AFTER):
        return standing, None
    return replace(standing, is_flapping=False, turns=()), Note(news=News.CALM, at=at, text=standing.text)


def is_over(standing: Standing, *, at: datetime, is_ticket_done: bool) -> bool:
    """Whether the next alert of this kind is a new problem: well for an hour, and its ticket is done."""
    return standing.recovered_at is not None and at - standing.recovered_at >= REST and is_ticket_done


def _begun(beat: Beat) -> Standing:
    return Standing(
        first_at=beat.at,
        last_at=beat.at,
        level=beat.level,
        count=1,
        turns=(beat.at,),
        text=beat.text,
        value=beat.value,
    )


def _after(standing: Standing, beat: Beat) -> tuple[Standing, list[News]]:
    is_on = standing.recovered_at is None
    if not beat.is_firing:
        return (_turned(standing, beat, News.RECOVERED)) if is_on else (standing, [])
    heard = replace(standing, count=standing.count + 1, last_at=beat.at, text=beat.text, value=beat.value)
    worse = beat.level > standing.level
    heard = replace(heard, level=max(standing.level, beat.level))
    if not is_on:
        return _turned(heard, beat, News.RETURNED)
    return heard, [News.WORSE] if worse and not standing.is_flapping else []


def _turned(standing: Standing, beat: Beat, news: News) -> tuple[Standing, list[News]]:
    recent = [turn for turn in standing.turns if beat.at - turn < FLAPPING_WITHIN]
    turns = (*recent, beat.at)[-FLAPPING_TURNS:]
    flaps = standing.is_flapping or len(turns) >= FLAPPING_TURNS
    after = replace(
        standing,
        turns=turns,
        is_flapping=flaps,
        recovered_at=beat.at if news is News.RECOVERED else None,
    )
    if standing.is_flapping:
        return after, []
    return after, [News.FLAPPING] if flaps else [news]

"""Asking a plan in one's own words: the services that the words speak of, and whether each is covered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from contracts.domain.calendar import Calendar
from contracts.domain.coverage import CoverageAnswer, answer
from contracts.domain.plan import Plan, Service
from contracts.models import Contract
from tickets.domain.finding import asked_words, is_hit, words_of

ASKED_LENGTH = 200
SHOWN = 4
#: A word in a service's name says more than one in what it takes in.
_NAME, _TEXT = 3, 1
#: Words that stand in every question and tell no service from another.
_EMPTY = frozenset(
    words_of(
        "a an and are be by can could do does for from get have help how i in is it me my need of on or our",
        "please something that the there this to us want we what when which why will with would you your",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One service that was asked about, with what the plan says of it."""

    service: Service
    answer: CoverageAnswer


def services_asked(
    contract: Contract, plan: Plan, *, asked: str, calendars: Mapping[str, Calendar], at: datetime
) -> list[Found]:
    """The services that share most words with the question, the nearest first; none where no word fits."""
    words = [word for word in asked_words(asked[:ASKED_LENGTH]) if word not in _EMPTY]
    told = [(_nearness(one, words), one) for one in plan.services] if words else []
    nearest = sorted((row for row in told if row[0]), key=lambda row: (-row[0], row[1].label))[:SHOWN]
    best = nearest[0][0] if nearest else 0
    return [_found(contract, plan, one, calendars, at) for score, one in nearest if 2 * score >= best]


def _nearness(service: Service, words: Collection[str]) -> int:
    name = words_of(service.label)
    text = words_of(service.group, service.note, *service.items)
    return sum(_NAME * _has(name, word) or _TEXT * _has(text, word) for word in words)


def _has(told: Collection[str], word: str) -> bool:
    """Whether a word is told, by the same rule as in a search, or in another number (upgrade, upgrades)."""
    bare = word.removesuffix("s") if len(word) > len("gas") else word
    return any(is_hit(one, [bare]) for one in told)


def _found(
    contract: Contract, plan: Plan, service: Service, calendars: Mapping[str, Calendar], at: datetime
) -> Found:
    kinds = service.request_types or tuple(one.code for one in plan.request_types)
    middle = sorted(plan.urgencies, key=lambda one: one.rank)[len(plan.urgencies) // 2]
    said = answer(
        plan,
        add_ons=contract.add_ons,
        service_key=service.key,
        request_type=kinds[0],
        urgency=middle.code,
        production=None,
        calendars=calendars,
        at=at,
    )
    return Found(service=service, answer=said)

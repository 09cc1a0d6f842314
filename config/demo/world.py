"""The whole demo world, from the founding of the house to the questions of this minute."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from config.demo import asked, batons, mailed, present, routines, watched
from config.demo.desk import Desk
from config.demo.founding import House, found_desks, found_house
from config.demo.mail import mail_in
from config.demo.papers import vendor_matter
from config.demo.player import Player, Story
from config.demo.script import Case, ClientPart, ContractPart, Script, script
from config.demo.stories import ticket_story
from contracts.services import load_plans
from events.domain.actor import SYSTEM
from notify.services import dispatch, forget_history

HISTORY = timedelta(days=140)
#: What happened since then shows under the bell; mails of the past are never sent.
FRESH = timedelta(hours=20)
_ALWAYS_OPEN = "24x7"

Progress = Callable[[int, int], None]


@transaction.atomic
def make_world(*, now: datetime, progress: Progress, clients: int | None = None) -> tuple[House, list[Desk]]:
    """Make the world up to now, all of it or nothing; gives the house, and the contracts with their people.

    Every row comes from a service that was told the moment at which it happened. `clients` takes the first so
    many of the script. Nobody is mailed about the past.
    """
    story, since, rng = script(), now - HISTORY, Random(7)  # noqa: S311 - a demo, not a secret
    load_plans(actor=SYSTEM, at=since)
    house = found_house(story, at=since)
    player = Player(since=since, until=now, before_each=routines.sweep_clocks)
    parts = story.clients[:clients]
    old = [part for part in parts if part.began_days_ago is None]
    desks = [desk for part in old for desk in found_desks(house, part, at=since, rng=rng)]
    late = [part for part in parts if part.began_days_ago is not None]
    for one in late:
        player.add(_arrival(house, one, story, player, desks=desks, now=now, rng=rng))
    for part, desk in zip(_contracts(old), desks, strict=True):
        _cast(player, desk, part, story, since=since, now=now)
    player.add(routines.every_day(since, until=now))
    player.add(routines.deliveries(desks, since, until=now))
    player.add(routines.promises(desks, since, until=now))
    for current in _present(desks, story.cases, now=now):
        player.add(current)
    player.add(mail_in(desks[0], now=now))
    for other in _for_everybody(desks, since=since, now=now):
        player.add(other)
    player.play(progress)
    settle_notices(now=now)
    return house, desks


def settle_notices(*, now: datetime) -> None:
    """Let the bell ring for what is fresh, and let no mail go out about any of it."""
    forget_history(before=now - FRESH, at=now)
    while dispatch(at=now):
        pass
    forget_history(before=now + timedelta(seconds=1), at=now)


def _contracts(parts: Sequence[ClientPart]) -> list[ContractPart]:
    return [contract for part in parts for contract in part.contracts]


def _arrival(
    house: House,
    part: ClientPart,
    story: Script,
    player: Player,
    *,
    desks: list[Desk],
    now: datetime,
    rng: Random,
) -> Story:
    """A client that comes in the middle of the history and is still being taken on."""
    at = now - timedelta(days=part.began_days_ago or 0)
    yield at
    for desk, contract in zip(found_desks(house, part, at=at, rng=rng), part.contracts, strict=True):
        desks.append(desk)
        _cast(player, desk, contract, story, since=at, now=now)


def _cast(
    player: Player, desk: Desk, part: ContractPart, story: Script, *, since: datetime, now: datetime
) -> None:
    is_new = now - since < HISTORY
    for one in _tickets(desk, story.cases, since=since, now=now):
        player.add(one)
    player.add(routines.onboarding(desk, forgets=is_new))
    if part.rule is not None:
        role = part.rule["approval_role"]
        text = {key: part.rule[key] for key in ("title", "body", "categories")}
        player.add(routines.golden_rule(desk, at=since + timedelta(days=9), role=role, **text))
    if desk.plan.hours.model == "prepaid":
        player.add(routines.packs(desk, since, until=now))
    if desk.plan.hours.has_hours:
        player.add(routines.overage(desk, since, until=now))
    if desk.environments and not is_new:
        player.add(_night_work(desk, at=since + timedelta(days=48)))
        player.add(_night_work(desk, at=now + timedelta(days=desk.rng.randint(3, 12))))


def _night_work(desk: Desk, *, at: datetime) -> Story:
    starts_at = at.replace(hour=22, minute=0, second=0, microsecond=0)
    return routines.maintenance(desk, announced_at=starts_at - timedelta(days=14), starts_at=starts_at)


def _tickets(desk: Desk, cases: Sequence[Case], *, since: datetime, now: datetime) -> Iterator[Story]:
    begin = since + timedelta(hours=6)
    open_seconds = desk.business.elapsed(begin, now)
    for number in range(desk.tickets):
        case = desk.rng.choice(cases)
        if case.is_incident and _ALWAYS_OPEN in desk.calendars and desk.rng.random() < 0.5:
            at = begin + (now - begin) * desk.rng.random()
        else:
            at = desk.business.add(begin, int(open_seconds * desk.rng.random()))
        yield ticket_story(
            desk, case, at=at.replace(microsecond=0), seed=f"{desk.client.key}-{desk.plan.key}-{number}"
        )


def _for_everybody(desks: Sequence[Desk], *, since: datetime, now: datetime) -> Iterator[Story]:
    """What is mailed to all clients, and what monitoring and the advisories bring."""
    yield mailed.insights(desks[0], since, until=now)
    yield mailed.past_event(desks, now=now)
    yield mailed.coming_event(desks, now=now)
    seen = [desk for desk in desks if watched.is_watched(desk)]
    for desk in seen[:2]:
        yield watched.full_disk(desk, now=now)
    for desk in seen[:1]:
        yield watched.high_load(desk, now=now)
    yield watched.grave_weakness(desks, now=now)


def _present(desks: Sequence[Desk], cases: Sequence[Case], *, now: datetime) -> Iterator[Story]:
    shares = (0.35, 0.82, 0.55, 0.9, 0.2)
    for index, desk in enumerate(desks):
        case = cases[index % len(cases)]
        used = shares[index % len(shares)]
        yield present.waiting_ticket(desk, case, now=now, used=used, seed=f"now-{index}")
    urgent = next(case for case in cases if case.rank == 1)
    yield present.waiting_ticket(desks[0], urgent, now=now, used=1.6, seed="too-late")
    yield present.urgency_question(desks[-1], cases[1], now=now)
    reserved = [desk for desk in desks if desk.plan.hours.model == "reserved"]
    for desk in reserved[:1]:
        yield present.running_work(desk, cases[5], now=now)
        yield present.exception_question(desk, now=now)
        yield present.proposed_rule(desk, now=now)
        yield vendor_matter(desk, now=now)
        yield asked.commercial_questions(desk, now=now)
        yield asked.waiting_for_a_fix(desk, cases[4], now=now, is_late=True)
    for desk in [desk for desk in desks if desk.plan.coverage.warm_handoff_ranks][:1]:
        since = now - timedelta(hours=31)
        yield batons.round_the_sun(desk, urgent, since=since, until=now, seed="sun")
        yield asked.waiting_for_a_fix(desk, cases[3], now=now, is_late=False)
        yield batons.waiting_brief(desk, cases[6], now=now, seed="brief")
    for desk in [desk for desk in desks if desk.plan.coverage.booking_notice_days][:1]:
        yield asked.weekend_bookings(desk, now=now)
    for desk in [desk for desk in desks if desk.plan.hours.packs][:1]:
        yield present.ordered_pack(desk, now=now)

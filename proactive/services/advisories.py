"""Advisories become tickets: one a client and advisory, with its affected environments as a list (P9).

Reading the same entry again, a whole feed again, or two feeds at once changes nothing: an advisory stands
once by its name, an exposure once by client and advisory, its ticket once by its form id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction

from contracts.models import Environment
from contracts.queries import effective_plan
from events.domain.actor import SYSTEM
from events.fail_points import crash_here
from events.services import record
from proactive.domain.advisories import AdvisoryFacts
from proactive.domain.cpe import Range
from proactive.events.monitoring import ExposureFound
from proactive.models import Advisory, ExposedEnvironment, Exposure
from proactive.queries.products import Installed, installed, known_products
from proactive.services.problem_tickets import fenced, is_in_force, kind_for, urgency_for
from tickets.domain.lifecycle import FINAL_STATUSES
from tickets.models import Ticket
from tickets.services import open_ticket, post_message

Hit = tuple[Environment, Installed]
_Running = dict[str, list[Hit]]
#: Advisories of a grave base score open tickets of this rank.
RANK = 2
_COLUMNS = ("title", "score", "published_at", "modified_at", "url", "ranges", "read_at", "withdrawn_at")


def keep_advisories(*, at: datetime, facts: Sequence[AdvisoryFacts]) -> int:
    """Keep what is grave and about a product we know, and open tickets for whom it concerns.

    Gives how many tickets were opened. What was withdrawn by its publisher is marked, and opens nothing.
    """
    known = {one.name: one for one in facts}
    kept = {name: one for name, one in known.items() if one.is_grave and _ours(one)}
    Advisory.objects.filter(name__in=set(known) - set(kept), withdrawn_at__isnull=True).update(
        withdrawn_at=at
    )
    Advisory.objects.bulk_create(
        [_row(one, at) for one in kept.values()],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=list(_COLUMNS),
        batch_size=200,
    )
    crash_here("advisories_kept")
    if not kept:
        return 0
    return expose(at=at, advisories=Advisory.objects.filter(name__in=list(kept)))


def expose(
    *, at: datetime, advisories: Iterable[Advisory], environments: Collection[Environment] | None = None
) -> int:
    """Compare advisories with environments, and tell each client of what is new; gives the tickets opened."""
    running = _running(_covered(at) if environments is None else environments, at)
    opened = 0
    for advisory in advisories:
        affected = _affected(advisory, running)
        for client_id in sorted(affected):
            opened += _tell_client(advisory, client_id, affected[client_id], at=at)
    return opened


def follow_installed(*, at: datetime, environment: Environment) -> int:
    """Compare one environment, new or changed, with every advisory that is kept."""
    living = Advisory.objects.filter(withdrawn_at__isnull=True)
    mine = {one.cpe for one in installed(environment)}
    found = (
        [one for one in living.iterator() if mine & {each["product"] for each in one.ranges}] if mine else []
    )
    return expose(at=at, advisories=found, environments=[environment])


def _ours(facts: AdvisoryFacts) -> list[Range]:
    return [one for one in facts.ranges if one.product in known_products()]


def _row(facts: AdvisoryFacts, at: datetime) -> Advisory:
    return Advisory(
        name=facts.name,
        title=facts.title,
        score=facts.score,
        published_at=facts.published_at,
        modified_at=facts.modified_at,
        url=facts.url,
        ranges=[one.to_data() for one in _ours(facts)],
        read_at=at,
    )


def _covered(at: datetime) -> list[Environment]:
    found = Environment.objects.filter(retired_at__isnull=True)
    return list(found.select_related("contract__client", "contract__plan_version", "contract__calendar"))


def _running(environments: Collection[Environment], at: datetime) -> _Running:
    running: _Running = defaultdict(list)
    for environment in environments:
        if environment.retired_at is None and is_in_force(environment.contract, at):
            for one in installed(environment):
                running[one.cpe].append((environment, one))
    return running


def _affected(advisory: Advisory, running: _Running) -> dict[int, dict[int, Hit]]:
    """The affected environments with their versions, by client and by environment."""
    found: dict[int, dict[int, Hit]] = defaultdict(dict)
    for one in map(Range.from_data, advisory.ranges):
        for environment, what in running.get(one.product, ()):
            if one.holds(what.version):
                found[environment.client_id][environment.pk] = (environment, what)
    return found


@transaction.atomic
def _tell_client(advisory: Advisory, client_id: int, affected: dict[int, Hit], *, at: datetime) -> int:
    """Open the client's ticket, or add environments to it; 1 where one was opened."""
    exposure, _ = Exposure.objects.get_or_create(
        advisory=advisory, client_id=client_id, defaults={"found_at": at}
    )
    known = set(exposure.environments.values_list("environment_id", flat=True))
    fresh = [pair for key, pair in sorted(affected.items()) if key not in known]
    if not fresh:
        return 0
    ExposedEnvironment.objects.bulk_create(
        [
            ExposedEnvironment(
                client_id=client_id,
                exposure=exposure,
                environment=environment,
                version=what.version,
                found_at=at,
            )
            for environment, what in fresh
        ],
        ignore_conflicts=True,
    )
    if exposure.ticket is not None:
        _add(exposure.ticket, advisory, fresh, at=at)
        return 0
    ticket = _open(advisory, fresh, at=at)
    Exposure.objects.filter(pk=exposure.pk).update(ticket=ticket)
    event = ExposureFound(
        client_id=client_id,
        subject_id=ticket.pk,
        key=ticket.key,
        advisory=advisory.name,
        score=f"{advisory.score:.1f}",
        environments=[environment.name for environment, _ in fresh],
    )
    record(event, at=at, actor=SYSTEM)
    return 1


def _open(advisory: Advisory, affected: Sequence[Hit], *, at: datetime) -> Ticket:
    first, what = min(affected, key=lambda pair: (not pair[0].is_production, pair[0].pk))
    plan = effective_plan(first.contract)
    return open_ticket(
        actor=SYSTEM,
        at=at,
        contract=first.contract,
        environment=first,
        channel="monitoring",
        request_type=kind_for(plan, is_availability=False),
        urgency=urgency_for(plan, RANK),
        subject=f"{advisory.name}, base score {advisory.score:.1f}: {what.label}",
        description="\n\n".join(
            [
                f"{advisory.name} was published with a base score of {advisory.score:.1f}, "
                "and affects versions that you run:",
                _listed(affected),
                fenced(advisory.title or advisory.name),
                f"The publisher's page: {advisory.url}",
            ]
        ),
        submission_id=f"advisory-{advisory.name}",
    )


def _add(ticket: Ticket, advisory: Advisory, affected: Sequence[Hit], *, at: datetime) -> None:
    place = ticket.merged_into or ticket
    if place.status in FINAL_STATUSES:
        return
    body = f"{advisory.name} affects these as well:\n\n{_listed(affected)}"
    post_message(actor=SYSTEM, at=at, ticket=place, body=body)


def _listed(affected: Sequence[Hit]) -> str:
    lines = [
        f"* {_plain(environment.name)}: {_plain(what.label)} {_plain(what.version)}"
        + ("" if environment.is_production else ", not production")
        for environment, what in affected
    ]
    return "\n".join(lines)


def _plain(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in text)

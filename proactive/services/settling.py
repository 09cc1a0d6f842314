"""What time alone changes about problems: a window that ends, flapping that calms, what is over (P8)."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from contracts.queries import maintenance_intervals
from proactive.domain.problems import REST, calmed, is_over
from proactive.domain.silence import first_outside
from proactive.models import STANDING_COLUMNS, Problem, Watch
from proactive.services.problem_tickets import STORM, is_done, open_for, tell
from tickets.domain.lifecycle import FINAL_STATUSES


def settle_problems(*, at: datetime, limit: int = 500) -> int:
    """Look at problems that are not over; gives how many changed. Late, doubled or killed it does no harm.

    What maintenance kept silent and still fails when the window ends gets its ticket as of that end; what has
    kept still for an hour is no longer flapping; what is well for an hour with its ticket done is over.
    """
    changed = 0
    for problem_id, environment_id in _worth_a_look(at, limit):
        changed += _settle(problem_id, environment_id, at=at)
    return changed


def _worth_a_look(at: datetime, limit: int) -> list[tuple[int, int]]:
    living = Problem.objects.filter(ended_at__isnull=True)
    is_nobodys = Q(ticket__isnull=True) | Q(ticket__status__in=FINAL_STATUSES)
    silent = living.filter(ticket__isnull=True, recovered_at__isnull=True)
    moving = living.filter(is_flapping=True)
    well = living.filter(is_nobodys, recovered_at__lte=at - REST)
    storms = living.filter(fingerprint=STORM, recovered_at__isnull=True)
    ids: dict[int, int] = {}
    for rows in (silent, moving, well, storms):
        ids.update(dict(rows.order_by("last_at").values_list("id", "environment_id")[:limit]))
    return list(ids.items())


@transaction.atomic
def _settle(problem_id: int, environment_id: int, *, at: datetime) -> bool:
    can_skip = connection.features.has_select_for_update_skip_locked
    watch = Watch.objects.select_for_update(skip_locked=can_skip).filter(environment_id=environment_id)
    if watch.first() is None:
        return False
    problem = (
        Problem.objects.filter(pk=problem_id, ended_at__isnull=True)
        .select_related("ticket__merged_into", "environment__contract__client")
        .select_related("environment__contract__plan_version", "environment__contract__calendar")
        .first()
    )
    if problem is None:
        return False
    return (
        _opened_late(problem, at) or _calmed(problem, at) or _blown_over(problem, at) or _ended(problem, at)
    )


def _opened_late(problem: Problem, at: datetime) -> bool:
    if problem.ticket_id is not None or problem.recovered_at is not None:
        return False
    began = problem.standing.turns[-1] if problem.turns else problem.first_at
    moment = first_outside(began, maintenance_intervals(problem.environment_id))
    if moment > at:
        return False
    open_for(problem, problem.environment, at=moment)
    return problem.ticket_id is not None


def _calmed(problem: Problem, at: datetime) -> bool:
    standing, note = calmed(problem.standing, at=at)
    if note is None:
        return False
    problem.stand(standing)
    problem.save(update_fields=list(STANDING_COLUMNS))
    tell(problem, (note,), at=at)
    return True


def _blown_over(problem: Problem, at: datetime) -> bool:
    """A storm is over when nothing fails any more of what it gathered."""
    if problem.fingerprint != STORM or problem.recovered_at is not None:
        return False
    gathered = Problem.objects.filter(ticket=problem.ticket_id, in_storm=True)
    if gathered.filter(ended_at__isnull=True, recovered_at__isnull=True).exists():
        return False
    return bool(Problem.objects.filter(pk=problem.pk).update(recovered_at=at))


def _ended(problem: Problem, at: datetime) -> bool:
    is_ticket_done = problem.ticket is None or is_done(problem) is not None
    if not is_over(problem.standing, at=at, is_ticket_done=is_ticket_done):
        return False
    return bool(Problem.objects.filter(pk=problem.pk, ended_at__isnull=True).update(ended_at=at))

"""The tickets of problems: opened under the client's plan, with notes of what monitoring says later (P8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from contracts.domain.plan import Plan
from contracts.models import Contract, Environment
from contracts.queries import effective_plan
from events.domain.actor import SYSTEM
from events.domain.errors import DomainError
from events.services import record
from proactive.domain.checks import KINDS, Check, Level, rank_of, value_words
from proactive.domain.problems import News, Note
from proactive.events.monitoring import ProblemOpened, ProblemRecovered, ProblemReturned
from proactive.models import Problem
from tickets.domain.lifecycle import FINAL_STATUSES, Status
from tickets.domain.texts import SUBJECT_LIMIT
from tickets.models import Ticket
from tickets.services import change_status, open_ticket, post_message

#: So many tickets of one environment within an hour are a storm: what comes then shares one ticket.
STORM_TICKETS = 10
STORM_WITHIN = timedelta(hours=1)
STORM = "storm"
CONTRACT_OVER = "No contract is in force"

_WORDS = {
    News.RECOVERED: "Monitoring says that this is well again.",
    News.RETURNED: "Monitoring says that this has come back.",
    News.WORSE: "Monitoring says that this has become critical.",
    News.FLAPPING: (
        "This keeps going and coming back. Further turns are counted and no longer written here, "
        "until it has kept still for an hour."
    ),
    News.CALM: "This has kept still for an hour.",
}


def open_for(problem: Problem, environment: Environment, *, at: datetime) -> None:
    """Open the problem's ticket as of that moment, or let it join the one of a storm; once, by its form id.

    Without a contract in force the problem stays silent, with the reason.
    """
    contract = environment.contract
    if not is_in_force(contract, at):
        _keep_silent(problem, CONTRACT_OVER)
        return
    if problem.fingerprint != STORM and _is_stormy(problem, at=at):
        storm = _storm(problem, environment, at=at)
        Problem.objects.filter(pk=problem.pk).update(ticket=storm.ticket_id, in_storm=True, silent="")
        problem.ticket, problem.in_storm = storm.ticket, True
        return
    try:
        problem.ticket = _opened(problem, environment, at=at)
    except DomainError as refusal:
        _keep_silent(problem, f"No ticket could be opened: {refusal.detail}"[:200])
        return
    Problem.objects.filter(pk=problem.pk).update(ticket=problem.ticket, silent="")
    event = ProblemOpened(
        client_id=problem.client_id,
        subject_id=problem.ticket.pk,
        key=problem.ticket.key,
        problem_id=problem.pk,
        name=problem.name,
    )
    record(event, at=at, actor=SYSTEM)


def tell(problem: Problem, notes: Sequence[Note], *, at: datetime) -> None:
    """Write the news on the problem's open ticket; a solved one is taken up again when it comes back.

    Nothing is written on a ticket that is done, and nothing for one problem among those of a storm.
    """
    if problem.ticket is None or problem.in_storm:
        return
    for note in notes:
        ticket = _where(problem.ticket)
        if ticket is None:
            return
        _write(problem, ticket, note)


def is_done(problem: Problem) -> datetime | None:
    """When the problem's ticket was closed or withdrawn; None while it is open, or there is none."""
    if problem.ticket is None:
        return None
    ticket = problem.ticket.merged_into or problem.ticket
    return (ticket.closed_at or ticket.updated_at) if ticket.status in FINAL_STATUSES else None


def is_in_force(contract: Contract, at: datetime) -> bool:
    """Whether the contract holds on that day of its client's zone; its last day counts."""
    today = at.astimezone(ZoneInfo(contract.client.zone)).date()
    return contract.starts_on <= today and (contract.ends_on is None or today <= contract.ends_on)


def urgency_for(plan: Plan, rank: int) -> str:
    """The plan's urgency of that rank, or the nearest that it has."""
    return min(plan.urgencies, key=lambda urgency: (abs(urgency.rank - rank), urgency.rank)).code


def kind_for(plan: Plan, *, is_availability: bool) -> str:
    """The plan's first kind of incident for what cannot be reached, its last for the rest."""
    kinds = [kind.code for kind in plan.request_types if kind.is_incident]
    kinds = kinds or [kind.code for kind in plan.request_types]
    return kinds[0] if is_availability else kinds[-1]


def fenced(text: str) -> str:
    """Somebody else's words as a block that no mark in them can leave."""
    return f"~~~\n{text.replace('~~~', '~ ~ ~')}\n~~~"


def _opened(problem: Problem, environment: Environment, *, at: datetime) -> Ticket:
    plan = effective_plan(environment.contract)
    check = Check(problem.check_name)
    kind = KINDS[check]
    rank = rank_of(check, Level(problem.level))
    return open_ticket(
        actor=SYSTEM,
        at=at,
        contract=environment.contract,
        environment=environment if environment.retired_at is None else None,
        channel="monitoring",
        request_type=kind_for(plan, is_availability=kind.is_availability),
        urgency=urgency_for(plan, rank),
        subject=_subject(problem, environment),
        description=_description(problem, environment),
        submission_id=f"problem-{problem.pk}",
    )


def _subject(problem: Problem, environment: Environment) -> str:
    if problem.fingerprint == STORM:
        return f"Many problems at once on {environment.name}"
    label = KINDS[Check(problem.check_name)].label
    words = problem.name if problem.check_name == Check.OTHER else f"{label}: {problem.name}"
    return words[:SUBJECT_LIMIT]


def _description(problem: Problem, environment: Environment) -> str:
    if problem.fingerprint == STORM:
        return (
            f"Monitoring reports more problems on {environment.name} within an hour than are worth a ticket "
            "each. Those that still come are gathered here; the list of problems names every one."
        )
    value = value_words(Check(problem.check_name), problem.value)
    lines = [
        f"Monitoring found a problem on {environment.name}: "
        f"{KINDS[Check(problem.check_name)].label.lower()}, {Level(problem.level).name.lower()}"
        + (f", {value}." if value else "."),
        fenced("\n".join(filter(None, (problem.name, problem.text)))),
        "Repeats are counted and not written here. What monitoring says of its end is.",
    ]
    return "\n\n".join(lines)


def _write(problem: Problem, ticket: Ticket, note: Note) -> None:
    words = _WORDS[note.news]
    body = f"{words}\n\n{fenced(note.text)}" if note.text and note.news is not News.FLAPPING else words
    if note.news is News.RETURNED and ticket.status == Status.RESOLVED:
        change_status(actor=SYSTEM, at=note.at, ticket=ticket, to=Status.IN_PROGRESS, reason=words)
        ticket.refresh_from_db(fields=["status", "resolved_at", "close_due_at"])
    post_message(actor=SYSTEM, at=note.at, ticket=ticket, body=body)
    kind = {News.RECOVERED: ProblemRecovered, News.RETURNED: ProblemReturned}.get(note.news)
    if kind is not None:
        event = kind(
            client_id=problem.client_id,
            subject_id=ticket.pk,
            key=ticket.key,
            problem_id=problem.pk,
            name=problem.name,
        )
        record(event, at=note.at, actor=SYSTEM)


def _where(ticket: Ticket) -> Ticket | None:
    """The ticket to write on: the one that took it in, if it was merged; None when that is done."""
    place = ticket.merged_into or ticket
    return None if place.status in FINAL_STATUSES else place


def _is_stormy(problem: Problem, *, at: datetime) -> bool:
    recent = Problem.objects.filter(
        environment_id=problem.environment_id, ticket__opened_at__gt=at - STORM_WITHIN, in_storm=False
    )
    return recent.exclude(fingerprint=STORM).count() >= STORM_TICKETS


def _storm(problem: Problem, environment: Environment, *, at: datetime) -> Problem:
    living = Problem.objects.filter(environment=environment, fingerprint=STORM, ended_at__isnull=True)
    storm = living.select_related("ticket__merged_into").first()
    if storm is not None and is_done(storm):
        living.update(ended_at=at)
        storm = None
    if storm is None:
        storm = Problem.objects.create(
            client_id=problem.client_id,
            environment=environment,
            fingerprint=STORM,
            source=STORM,
            name=f"Many problems at once on {environment.name}",
            check_name=Check.OTHER.value,
            level=Level.CRITICAL.value,
            first_at=at,
            last_at=at,
        )
        open_for(storm, environment, at=at)
    Problem.objects.filter(pk=storm.pk).update(count=storm.count + 1, last_at=at, recovered_at=None)
    return storm


def _keep_silent(problem: Problem, why: str) -> None:
    problem.silent = why
    Problem.objects.filter(pk=problem.pk).update(silent=why)

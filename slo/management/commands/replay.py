"""What if a contract's tickets were judged by other terms."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from contracts.domain.calendar import Calendar, CalendarError
from contracts.models import Contract
from events.domain.errors import NotHere
from events.queries import database_now
from slo.domain.replaying import Outcome
from slo.management.progress import bar
from slo.queries.replaying import Replay, replay


class Command(BaseCommand):
    """Changed verdicts and minutes under another plan or calendar; writes nothing."""

    help = "Replays a contract's tickets under another plan or a changed calendar; writes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may be asked."""
        parser.add_argument("contract", type=int, help="the id of the contract")
        parser.add_argument("--plan", default="", help="the key of the other plan")
        parser.add_argument("--calendar", type=Path, help="a file with the other business calendar as JSON")
        parser.add_argument("--from", dest="from_on", type=date.fromisoformat, help="opened on or after")
        parser.add_argument("--to", dest="to_on", type=date.fromisoformat, help="opened on or before")
        parser.add_argument("--days", type=int, help="opened in the last so many days")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: object, **options: object) -> None:
        """Do it and say what came of it."""
        contract = Contract.objects.filter(id=int(str(options["contract"]))).first()
        if contract is None:
            raise CommandError(f"There is no contract {options['contract']}.")
        if not options["plan"] and not options["calendar"]:
            raise CommandError("Name another plan with --plan, or a calendar file with --calendar.")
        until = database_now()
        from_, to = _period(options, until)
        try:
            told = replay(
                contract,
                until=until,
                from_=from_,
                to=to,
                plan=str(options["plan"]),
                calendar=_calendar(options["calendar"]),
                progress=bar(label="Replaying"),
            )
        except NotHere:
            raise CommandError(f"Nobody offers a plan {options['plan']!r}.") from None
        self.stdout.write(_document(told) if options["json"] else _text(told))


def _period(options: dict[str, object], now: datetime) -> tuple[datetime | None, datetime | None]:
    from_on, to_on, days = options["from_on"], options["to_on"], options["days"]
    from_ = datetime.combine(from_on, time(), UTC) if isinstance(from_on, date) else None
    if isinstance(days, int):
        from_ = now - timedelta(days=days)
    to = datetime.combine(to_on + timedelta(days=1), time(), UTC) if isinstance(to_on, date) else None
    return from_, to


def _calendar(path: object) -> Calendar | None:
    if not isinstance(path, Path):
        return None
    try:
        return Calendar.from_json(path.read_text(encoding="utf-8"))
    except (OSError, CalendarError) as fault:
        raise CommandError(f"{path}: {fault}") from fault


def _document(told: Replay) -> str:
    body = {
        "plan": told.plan,
        "tickets": told.tickets,
        "before": dict(told.before),
        "after": dict(told.after),
        "differences": [asdict(one) for one in told.differences],
    }
    return json.dumps(body, indent=2, default=lambda moment: moment.isoformat())


def _text(told: Replay) -> str:
    lines = [
        f"{one.ticket} {one.objective} {one.ordinal}: {_words(one.before)} -> {_words(one.after)}"
        for one in told.differences
    ]
    states = sorted(told.before.keys() | told.after.keys())
    counts = [f"{state}: {told.before[state]} -> {told.after[state]}" for state in states]
    head = f"{told.tickets} tickets under {told.plan}: {len(told.differences)} clocks would differ."
    return "\n".join([*lines, head, *counts])


def _words(outcome: Outcome | None) -> str:
    if outcome is None:
        return "no clock"
    due = f", due {outcome.due_at:%Y-%m-%d %H:%M}" if outcome.due_at else ""
    late = f", {outcome.late_minutes} min late" if outcome.late_minutes else ""
    return f"{outcome.state}{due}{late}"

"""Clients, contacts, contracts and open tickets of another desk, from comma-separated files."""

import csv
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from events.domain.actor import SYSTEM
from events.domain.errors import DomainError
from events.queries import database_now
from intake.models import ImportedRow, RowOutcome
from intake.reading.tables import read_tables
from intake.services import counted, import_rows
from slo.management.progress import bar


class Command(BaseCommand):
    """Takes the rows over, each once; killed or repeated, it goes on where it stood."""

    help = "Imports clients.csv, contacts.csv, contracts.csv, tickets.csv and messages.csv of a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may be asked."""
        parser.add_argument("folder", type=Path, help="where the files are")
        parser.add_argument("--source", required=True, help="what the other desk is called; keep it for good")
        parser.add_argument("--dry-run", action="store_true", help="say what would come of it, write nothing")
        parser.add_argument("--report", type=Path, help="a file for the outcome of each row (CSV)")

    def handle(self, *args: object, **options: object) -> None:
        """Do it and say what came of it; exit 1 while a row is refused."""
        folder, source, report = options["folder"], str(options["source"]), options["report"]
        try:
            outcomes = import_rows(
                actor=SYSTEM,
                at=database_now(),
                source=source[:80],
                rows=read_tables(Path(str(folder))),
                progress=bar(label="Importing"),
                is_dry=bool(options["dry_run"]),
            )
        except DomainError as refusal:
            raise CommandError(refusal.detail) from refusal
        if report:
            self.write_report(Path(str(report)), outcomes)
        for (kind, outcome), number in sorted(counted(outcomes).items()):
            self.stdout.write(f"{number:>8,} {kind}s: {RowOutcome(outcome).label.lower()}")
        refused = [one for one in outcomes if one.outcome == RowOutcome.REFUSED]
        for one in refused[:20]:
            self.stderr.write(f"{one.kind}s.csv line {one.line}, {one.reference}: {one.detail}")
        if options["dry_run"]:
            self.stdout.write("A dry run: nothing was written.")
        if refused:
            raise CommandError(f"{len(refused)} rows are refused; mend them and run it again.")

    def write_report(self, path: Path, outcomes: list[ImportedRow]) -> None:
        """One line a row: where it stood, and what came of it."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["kind", "line", "reference", "outcome", "detail"])
            for one in outcomes:
                writer.writerow([one.kind, one.line, f"'{one.reference}", one.outcome, f"'{one.detail}"])

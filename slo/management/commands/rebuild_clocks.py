"""Clocks from the event log."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from events.queries import database_now
from slo.management.progress import bar
from slo.services import rebuild


class Command(BaseCommand):
    """Folds every ticket's events again; with --check it only compares, and ends with 1 on a difference."""

    help = "Builds the clocks from the event log; --check only compares, exit 1 on a difference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may be asked."""
        parser.add_argument("--check", action="store_true", help="compare only, write nothing")

    def handle(self, *args: object, **options: object) -> None:
        """Do it and say what came of it."""
        is_check = bool(options["check"])
        found = rebuild(at=database_now(), check=is_check, progress=bar(label="Folding"))
        for one in found:
            self.stdout.write(
                f"{one.ticket} {one.objective} {one.ordinal}: "
                f"{one.field} is {one.stored}, the events say {one.folded}"
            )
        if found and is_check:
            raise CommandError(f"{len(found)} differences.")
        self.stdout.write(f"{len(found)} differences{' put right' if found else ''}.")

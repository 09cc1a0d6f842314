"""The words by which tickets are found, from the texts."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from tickets.services import rebuild_words
from tickets.services.finding import learn_words


class Command(BaseCommand):
    """Reads every ticket and message again; with --check it only compares, exit 1 on a difference."""

    help = "Builds the search index from the texts; --check only compares, exit 1 on a difference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare only, write nothing")

    def handle(self, *args: object, **options: object) -> None:
        is_check = bool(options["check"])
        wrong = rebuild_words(check=is_check)
        for key in wrong:
            self.stdout.write(f"{key} is not found by what it says")
        if wrong and is_check:
            raise CommandError(f"{len(wrong)} differences.")
        if wrong:
            learn_words()
        self.stdout.write(f"{len(wrong)} differences{' put right' if wrong else ''}.")

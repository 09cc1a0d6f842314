"""Published vulnerabilities, from a file or an address."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from intake.feeds import read_feed
from slo.management.progress import bar


class Command(BaseCommand):
    """Reads a feed in NVD JSON 2.0, plain or gzipped; repeating it changes nothing."""

    help = "Reads published vulnerabilities (NVD JSON 2.0) and opens tickets; exit 1 on faults."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may be asked."""
        parser.add_argument("source", metavar="FILE|URL", help="a file, or an https address")

    def handle(self, *args: object, **options: object) -> None:
        """Do it and say what came of it."""
        read = read_feed(str(options["source"]), progress=bar(label="Reading"))
        for fault in read.faults:
            self.stderr.write(fault)
        self.stdout.write(
            f"{read.entries:,} entries read, {read.kept:,} concern products we look after, "
            f"{read.opened:,} tickets opened, {read.fault_count:,} faults."
        )
        if read.fault_count:
            raise CommandError("Not everything could be read." if read.is_complete else "The feed broke off.")

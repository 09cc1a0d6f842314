"""`manage.py doctor`: ask whether everything that must hold does."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.invariants import INVARIANTS


class Command(BaseCommand):
    """Checks every invariant by SQL, prints what it found as JSON, and fails when one is broken."""

    help = "Check that everything that must always hold does hold; prints JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", metavar="WORD", default="", help="only checks whose name has this word")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        findings = {name: check() for name, check in INVARIANTS if options["only"] in name}
        broken = sorted(name for name, faults in findings.items() if faults)
        self.stdout.write(json.dumps({"healthy": not broken, "checks": findings}, indent=2))
        if broken:
            raise CommandError(f"Broken: {'; '.join(broken)}.")

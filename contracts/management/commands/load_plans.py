"""Load every plan and calendar file, or only check them: `manage.py load_plans [--check]`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from contracts.reading import PlanFaults
from contracts.services import check_plans, load_plans
from contracts.services.plans import CALENDARS, PLANS
from events.domain.actor import SYSTEM


class Command(BaseCommand):
    """Reads all files; all faults are told together, with exit code 1 if there is any."""

    help = "Load every plan and calendar file; --check only reads them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="read and check, write nothing")
        parser.add_argument("--plans", type=Path, default=PLANS, help="folder of plan files")
        parser.add_argument("--calendars", type=Path, default=CALENDARS, help="folder of calendar files")

    def handle(self, *, check: bool, plans: Path, calendars: Path, **_: object) -> None:
        now = timezone.now()
        try:
            if check:
                count = check_plans(at=now, plans=plans, calendars=calendars)
                self.stdout.write(f"{count} plans read, no fault.")
                return
            loaded = load_plans(actor=SYSTEM, at=now, plans=plans, calendars=calendars)
        except PlanFaults as faults:
            raise CommandError(f"{len(faults.faults)} faults, nothing loaded:\n{faults}") from faults
        for name in [*loaded.calendars, *loaded.plans]:
            self.stdout.write(f"new version: {name}")
        self.stdout.write(f"{len(loaded.plans)} plans changed, {loaded.unchanged} entries unchanged.")

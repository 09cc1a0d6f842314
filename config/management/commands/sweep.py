"""Every sweep in this process, with no broker."""

import time
from argparse import ArgumentParser

import structlog
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils.module_loading import import_string

from config.celery import SWEEPS

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    """Runs the timetable here; a sweep that fails is reported and never stops the others."""

    help = "Runs every sweep in this process, with no broker; Ctrl-C ends it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", choices=sorted(SWEEPS), help="run this sweep alone")
        parser.add_argument("--once", action="store_true", help="run each once and end; exit 1 if one failed")

    def handle(self, *args: object, **options: object) -> None:
        names = [str(options["only"])] if options["only"] else list(SWEEPS)
        if options["once"]:
            failed = [name for name in names if not swept(name)]
            if failed:
                raise CommandError(f"Failed: {', '.join(failed)}.")
            return
        try:
            keep_sweeping(names)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")


def swept(name: str) -> bool:
    """Run one sweep now; says whether it ended well."""
    task, _ = SWEEPS[name]
    close_old_connections()
    try:
        import_string(task)()
    except Exception:
        log.exception("sweep_failed", sweep=name)
        return False
    return True


def keep_sweeping(names: list[str]) -> None:
    """Run the sweeps at their intervals until interrupted."""
    due = dict.fromkeys(names, 0.0)
    while True:
        for name in names:
            if time.monotonic() >= due[name]:
                swept(name)
                due[name] = time.monotonic() + SWEEPS[name][1]
        time.sleep(0.2)

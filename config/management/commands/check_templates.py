"""Compiles every template of ours, so that a broken one is found before a person finds it."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateSyntaxError, engines


class Command(BaseCommand):
    """Names every template that does not compile; exit 1 if there is any."""

    help = "Compiles every template and names those that are broken."

    def handle(self, *args: object, **options: object) -> None:
        folder = Path(settings.BASE_DIR) / "templates"
        names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
        faults = [fault for name in names if (fault := fault_of(name, folder))]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} of {len(names)} templates are broken.")
        self.stdout.write(f"{len(names)} templates compile.")


def fault_of(name: str, folder: Path) -> str:
    """Give what is wrong with a template, empty when it compiles."""
    try:
        engines["django"].from_string((folder / name).read_text(encoding="utf-8"))
    except (TemplateSyntaxError, UnicodeDecodeError) as fault:
        return f"{name}: {fault}"
    return ""

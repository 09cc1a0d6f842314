"""Runs one sweep in a process of its own, on the database of the test, and lets it die where told."""

import os
import subprocess
import sys
from datetime import datetime
from urllib.parse import quote

import django
from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

DIED = 137


def swept(sweep: str, *, at: datetime, fail_point: str = "") -> int:
    """Run a sweep as of that moment, one of the outbox or the one named in full; gives the exit code."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOW_FAIL_POINTS": "1",
        "FAIL_POINTS": fail_point,
        "EMAIL_URL": f"smtp://127.0.0.1:{settings.EMAIL_PORT}",
        "OUTBOUND_ALLOW": ",".join(settings.OUTBOUND_ALLOW),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "MAIL_DOMAIN": settings.MAIL_DOMAIN,
        "INBOUND_MAIL_URL": settings.INBOUND_MAIL_URL,
        "INBOUND_MAIL_SERVERS": ",".join(settings.INBOUND_MAIL_SERVERS),
    }
    environment.pop("REDIS_URL", None)
    command = [sys.executable, "-m", "tests.durability.processes", sweep, at.isoformat()]
    ended = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ended.returncode in (0, DIED), ended.stderr
    return ended.returncode


def database_url() -> str:
    """The address of the test's own database."""
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{own['NAME']}"
    who = f"{quote(own['USER'])}:{quote(own['PASSWORD'])}@" if own["USER"] else ""
    host = own["HOST"]
    if host.startswith("/"):
        return f"postgres://{who}{quote(host, safe='')}/{own['NAME']}"
    return f"postgres://{who}{host}:{own['PORT'] or 5432}/{own['NAME']}"


def main(sweep: str, at: str) -> None:
    """Run the sweep in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    path = sweep if "." in sweep else f"notify.services.{sweep}"
    import_string(path)(at=datetime.fromisoformat(at))


if __name__ == "__main__":
    main(*sys.argv[1:])

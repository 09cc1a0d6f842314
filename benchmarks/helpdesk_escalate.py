"""django-helpdesk's own escalation of overdue tickets; run by a Python that has it, never by ours.

python helpdesk_escalate.py --host /run --port 5432 --user me --password secret --tickets 500

Makes a database of its own beside `--name` and drops it. Nobody is mailed: its tickets have no addresses,
which spares it work that our sweep leaves to the outbox. Prints one JSON document.
"""

from __future__ import annotations

import argparse
import json
import time
from datetime import timedelta
from importlib import import_module
from typing import Any

import django
from django.conf import settings

APPS = (
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.messages",
    "django.contrib.admin",
    "django.contrib.humanize",
    "rest_framework",
    "helpdesk",
)


def set_up(given: argparse.Namespace) -> None:
    """Django with nothing but the peer."""
    settings.configure(
        INSTALLED_APPS=APPS,
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": given.name,
                "HOST": given.host,
                "PORT": given.port,
                "USER": given.user,
                "PASSWORD": given.password,
                "TEST": {"NAME": "caredesk_peer_helpdesk"},
            }
        },
        SECRET_KEY="only for a benchmark",  # noqa: S106 - protects nothing
        USE_TZ=True,
        SITE_ID=1,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    )
    django.setup()


def fill(tickets: int) -> None:
    """That many open tickets of a queue that escalates daily, each three days old."""
    models = import_module("helpdesk.models")
    long_ago = import_module("django.utils.timezone").now() - timedelta(days=3)
    queue = models.Queue.objects.create(title="Bench", slug="bench", escalate_days=1)
    rows = [models.Ticket(queue=queue, title="The board does not load", priority=3) for _ in range(tickets)]
    models.Ticket.objects.bulk_create(rows, batch_size=500)
    models.Ticket.objects.update(created=long_ago)


def main(given: argparse.Namespace) -> dict[str, Any]:
    """Fill, escalate once and give the figures."""
    set_up(given)
    connection = import_module("django.db").connection
    capture = import_module("django.test.utils").CaptureQueriesContext
    call = import_module("django.core.management").call_command
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        fill(given.tickets)
        started = time.perf_counter()
        call("escalate_tickets")
        seconds = time.perf_counter() - started
        tickets = import_module("helpdesk.models").Ticket.objects
        escalated = tickets.filter(priority=2).count()
        tickets.update(last_escalation=None)
        with capture(connection) as statements:
            call("escalate_tickets")
    finally:
        connection.creation.destroy_test_db(given.name, verbosity=0)
    return {"escalated": escalated, "seconds": seconds, "statements": len(statements) / given.tickets}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("host", "port", "user", "password"):
        parser.add_argument(f"--{option}", default="")
    parser.add_argument("--name", default="postgres")
    parser.add_argument("--tickets", type=int, default=500)
    print(json.dumps(main(parser.parse_args())))

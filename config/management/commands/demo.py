"""The demo world: made once, shown, made anew, and made large."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Client
from config.demo.crowd import add_tickets, found_crowd
from config.demo.script import script
from config.demo.sign_ins import issue_keys, sign_ins
from config.demo.world import make_world
from events.queries import database_now
from slo.management.progress import bar


class Command(BaseCommand):
    """Makes invented clients, people and months of history through the services; only where DEMO is on."""

    help = "Makes a demo world to look around in, or shows how to sign in to it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--show", action="store_true", help="print the sign-ins and end")
        parser.add_argument("--json", action="store_true", help="print them as JSON")
        parser.add_argument("--reset", action="store_true", help="empty the database first")
        parser.add_argument("--clients", type=int, help="how many clients; beyond the story's they are bulk")
        parser.add_argument("--tickets", type=int, default=0, help="so many tickets more, made in bulk")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401
        if not settings.DEMO:
            raise CommandError("The demo world is made only where DEMO is on: its passwords are public.")
        if options["show"]:
            self.show(as_json=options["json"])
            return
        if options["reset"]:
            call_command("flush", interactive=False, verbosity=0)
        if Client.objects.exists():
            raise CommandError("There are clients already; --reset empties the database first.")
        now = database_now().replace(microsecond=0)
        house, desks = make_world(
            now=now, progress=bar(label="Telling the history"), clients=options["clients"]
        )
        issue_keys(at=now)
        if options["clients"] or options["tickets"]:
            beyond = len(script().clients)
            desks += found_crowd(house, beyond=beyond, upto=options["clients"] or 0, now=now)
            add_tickets(desks, tickets=options["tickets"], now=now, progress=bar(label="Filling in tickets"))
        self.stdout.write(f"The demo world stands: {Client.objects.count()} clients. See demo --show.")

    def show(self, *, as_json: bool) -> None:
        """Print how to sign in, for people or for programs."""
        known = sign_ins(at=database_now())
        if as_json:
            self.stdout.write(json.dumps(known, indent=2))
            return
        self.stdout.write(
            f"Sign in at {known['base_url']} with the password: {known['people'][0]['password']}"
        )
        for person in known["people"]:
            place = f"/p/{person['client']}/" if person["client"] else "/"
            self.stdout.write(f"  {person['email']:<42} {person['role']:<18} {place}")

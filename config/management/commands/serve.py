"""Web, worker and scheduler of one machine in one process tree."""

import os
import socket
import sys
import time
from argparse import ArgumentParser
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from config.supervisor import AlreadyRunningError, Child, Supervisor, hold_lock

START_SECONDS = 30.0


class Command(BaseCommand):
    """Prepares tables, plans and static files, then keeps web and worker alive until Ctrl-C."""

    help = "Starts web, worker and scheduler in one process tree; Ctrl-C ends everything."

    def add_arguments(self, parser: ArgumentParser) -> None:
        own = urlsplit(settings.BASE_URL)
        parser.add_argument("--bind", default=f"127.0.0.1:{own.port or 8000}", help="host:port to listen on")

    def handle(self, *args: object, **options: str) -> None:
        bind = options["bind"]
        try:
            lock = hold_lock(settings.VAR_DIR / "serve.lock")
        except AlreadyRunningError as fault:
            raise CommandError(f"Caredesk is already running from this folder ({fault}).") from fault
        with lock:
            refuse_taken(bind)
            self.prepare()
            supervisor = Supervisor(children(bind), say=self.say)
            code = supervisor.run(once_started=lambda: self.greet(bind, supervisor))
        self.say("Stopped.")
        if code:
            raise CommandError("A process could not be kept alive.", returncode=code)

    def say(self, line: str) -> None:
        """Tell whoever started the command."""
        self.stdout.write(line)
        self.stdout.flush()

    def prepare(self) -> None:
        """Bring tables, plans, static files and, where asked for, the demo world up to date."""
        self.say("Preparing tables, plans and static files …")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_plans", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if settings.DEMO and not apps.get_model("accounts.Client").objects.exists():
            self.say("Making the demo world …")
            call_command("demo")
        connections.close_all()  # children open their own

    def greet(self, bind: str, supervisor: Supervisor) -> None:
        """Wait until the web answers, then say where it is and who may sign in."""
        host, port = split_bind(bind)
        deadline = time.monotonic() + START_SECONDS
        while not is_answering(host, port):
            if time.monotonic() > deadline or supervisor.stopping.wait(0.1):
                return
        if settings.DEMO:
            call_command("demo", show=True, stdout=self.stdout)
            connections.close_all()
        self.say(f"Caredesk is at {settings.BASE_URL} (Ctrl-C ends it)")


def children(bind: str) -> list[Child]:
    """Name the two processes: gunicorn with threads, and the worker with its bell."""
    web = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", bind]
    web += ["-k", "gthread", "-w", "1", "--threads", "8", "--no-control-socket"]
    web += ["--timeout", "60", "--graceful-timeout", "5", "--log-level", "warning"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    here = str(settings.BASE_DIR)
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH", "")]))
    limited = {"STATEMENT_SECONDS": "5", "BROKER_SOCKET_SECONDS": "0.2", **environment}
    patient = {"STATEMENT_SECONDS": "60", **environment}
    worker = [sys.executable, "-m", "config.worker"]
    return [
        Child(name="web", command=web, environment=limited),
        Child(name="worker", command=worker, environment=patient),
    ]


def split_bind(bind: str) -> tuple[str, int]:
    """Take host:port apart."""
    host, _, port = bind.rpartition(":")
    if not host or not port.isdigit():
        raise CommandError(f"--bind wants host:port, not {bind!r}.")
    return host, int(port)


def refuse_taken(bind: str) -> None:
    """Stop before anything is started when another program listens there."""
    host, port = split_bind(bind)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise CommandError(
                f"Cannot listen on {bind}: {fault.strerror}. Try --bind or BASE_URL."
            ) from fault


def is_answering(host: str, port: int) -> bool:
    """Say whether something accepts connections there."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False

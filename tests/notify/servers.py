"""Real servers for tests: one takes mail, one takes webhooks; both on free ports of this machine."""

import socket
import threading
import time
from asyncio import Transport
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings


def free_port() -> int:
    """A port of this machine on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Taken:
    """A mail as it came over the wire."""

    sender: str
    to: list[str]
    mail: EmailMessage


@dataclass
class MailSink:
    """A mail server's handler: keeps what it takes; `answer` may refuse, `drop` cuts after the text."""

    taken: list[Taken] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    drops: int = 0

    async def handle_RCPT(  # noqa: N802  # the name that the server library calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuse as told for this recipient, else take it."""
        waiting = self.answers.get(address, [])
        if waiting:
            return waiting.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail; where told so, hang up instead of answering."""
        mail = message_from_bytes(envelope.original_content or b"", policy=default)
        assert isinstance(mail, EmailMessage)
        self.taken.append(Taken(envelope.mail_from or "", list(envelope.rcpt_tos), mail))
        if self.drops:
            self.drops -= 1
            cast("Transport", server.transport).abort()
        return "250 OK: queued as 4711"


@contextmanager
def mail_server() -> Iterator[MailSink]:
    """Run a mail server, with our settings pointing at it."""
    sink = MailSink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    backend = "django.core.mail.backends.smtp.EmailBackend"
    changes = {"EMAIL_BACKEND": backend, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": controller.port}
    try:
        with override_settings(**changes, EMAIL_TIMEOUT=2, EMAIL_USE_TLS=False, EMAIL_USE_SSL=False):
            yield sink
    finally:
        controller.stop()


@dataclass
class HookSink:
    """A receiver of webhooks: keeps what it gets; `answer` says how it replies."""

    url: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answer: Callable[["Handler"], None] = lambda handler: handler.reply(204)


class Handler(BaseHTTPRequestHandler):
    """One request to the receiver."""

    sink: HookSink

    def do_POST(self) -> None:  # the name that the server library calls
        """Keep the request, and answer as the sink says."""
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.sink.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        with suppress(OSError):
            self.sink.answer(self)

    do_GET = do_POST  # noqa: N815  # the name that the server library calls

    def reply(self, status: int, headers: dict[str, str] | None = None, body: bytes = b"") -> None:
        """Answer with that status, headers and body."""
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if "Content-Length" not in (headers or {}):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def dribble(self, seconds: float) -> None:
        """Send a byte now and then, so that no single read ever times out."""
        self.send_response(200)
        self.end_headers()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.wfile.write(b".")
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401  # as the library has it
        """Say nothing."""


@contextmanager
def hook_server() -> Iterator[HookSink]:
    """Run a receiver of webhooks on this machine, which our settings allow to be called."""
    sink = HookSink()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Handler,), {"sink": sink}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    sink.url = f"http://127.0.0.1:{server.server_port}/hooks"
    try:
        with override_settings(OUTBOUND_ALLOW=[f"127.0.0.1:{server.server_port}"]):
            yield sink
    finally:
        server.shutdown()
        server.server_close()

"""E-mail: one connection for a run of mails, and an exact answer for each of them (F8 to F11)."""

from __future__ import annotations

import smtplib
import ssl
from typing import Any

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from events.fail_points import crash_here
from notify.channels.answer import Answer, done, failed, later
from notify.letter import Letter
from notify.models import Outcome

#: The server says goodbye: the connection is over whatever was asked.
_CLOSING = 421


class MailServerDownError(Exception):
    """No connection to the mail server: nothing was sent, and the next mail would fare no better."""


class _Watching(smtplib.SMTP):
    """An SMTP connection that knows whether a text is on its way unanswered, and what was last said."""

    is_text_on_its_way = False
    last_answer = ""

    def getreply(self) -> tuple[int, bytes]:
        """Read the server's answer; after 354 the text follows, its fate open until the next answer."""
        code, words = super().getreply()
        self.is_text_on_its_way = code == 354
        self.last_answer = f"{code} {words.decode(errors='replace')}"
        return code, words


class _WatchingTls(_Watching, smtplib.SMTP_SSL):
    """The same over a connection that is encrypted from the start."""


class _Backend(EmailBackend):
    """Django's own mail sender on a connection that is watched."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The watched connection, encrypted from the start where the settings say so."""
        return _WatchingTls if self.use_ssl else _Watching


class MailLane:
    """One open way to the mail server, for one mail after the other."""

    def __init__(self) -> None:
        """Choose the way that the settings name: SMTP is watched, files and memory are taken as they are."""
        chosen = get_connection()
        is_smtp = isinstance(chosen, EmailBackend)
        self._backend: BaseEmailBackend = _Backend() if is_smtp else chosen

    def open(self) -> None:
        """Connect, unless connected already; raises `MailServerDownError`."""
        try:
            self._backend.open()
        except (OSError, smtplib.SMTPException) as fault:
            self.close()
            raise MailServerDownError(_words(fault)) from fault

    def send(self, letter: Letter) -> Answer:
        """Hand over one mail; every way in which that can end is an answer, none an exception."""
        crash_here("connected")
        try:
            self._backend.send_messages([letter.as_mail()])
        except smtplib.SMTPRecipientsRefused as fault:
            return self._refused(*next(iter(fault.recipients.values())))
        except smtplib.SMTPResponseException as fault:
            return self._refused(fault.smtp_code, fault.smtp_error)
        except (OSError, smtplib.SMTPException) as fault:
            return self._broken_off(fault)
        crash_here("sent")
        return done(self._last_answer() or "Accepted.")

    def close(self) -> None:
        """Say goodbye; a connection that is gone already is as good."""
        try:
            self._backend.close()
        except (OSError, smtplib.SMTPException):
            return

    def _refused(self, code: int, words: bytes | str) -> Answer:
        if code == _CLOSING:
            self.close()
        text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
        detail = f"{code} {text}"[:300]
        if 500 <= code < 600:
            return failed(detail)
        return Answer(outcome=Outcome.LATER, detail=detail, is_refused_for_now=True)

    def _broken_off(self, fault: Exception) -> Answer:
        connection = self._connection()
        is_in_doubt = bool(connection and connection.is_text_on_its_way)
        self.close()
        if is_in_doubt:
            return Answer(
                outcome=Outcome.UNKNOWN,
                detail="The connection broke off before the server answered the text.",
            )
        return later(_words(fault))

    def _connection(self) -> _Watching | None:
        connection: Any = getattr(self._backend, "connection", None)
        return connection if isinstance(connection, _Watching) else None

    def _last_answer(self) -> str:
        connection = self._connection()
        return connection.last_answer[:300] if connection else ""


def _words(fault: Exception) -> str:
    if isinstance(fault, TimeoutError):
        return "The mail server did not answer in time."
    if isinstance(fault, ssl.SSLError):
        return "The encryption of the mail server is broken."
    if isinstance(fault, smtplib.SMTPAuthenticationError):
        return "The mail server refused our sign-in."
    if isinstance(fault, ConnectionRefusedError):
        return "The mail server refused the connection."
    return "The connection to the mail server broke off."

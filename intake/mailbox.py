"""A folder on an IMAP server: what lies there unread, fetched without being understood, marked when kept."""

from __future__ import annotations

import imaplib
import ssl
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

_TIMEOUT_SECONDS = 20.0
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_FAULTS = (OSError, imaplib.IMAP4.error, ImapToolsError)


class MailboxDownError(Exception):
    """The mailbox cannot be read now; the text says why, without a secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the mail lies: server, account and folder, as INBOUND_MAIL_URL names them."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    is_encrypted: bool

    @property
    def name(self) -> str:
        """The place without its secret."""
        return f"{self.user} on {self.host}, {self.folder}"[:250]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One mail as it lies on the server; of one that is too large only the head."""

    uid: int
    raw: bytes
    is_whole: bool = True


def place_in(url: str) -> Place:
    """The place that an address like `imaps://user:password@host/folder` names.

    Without encryption a mailbox is read on this very machine alone; raises `MailboxDownError` otherwise.
    """
    parts = urlsplit(url)
    is_encrypted = parts.scheme == "imaps"
    if parts.scheme not in ("imap", "imaps") or not parts.hostname:
        raise MailboxDownError("INBOUND_MAIL_URL must look like imaps://user:password@host/folder.")
    if not is_encrypted and parts.hostname not in _LOOPBACK:
        raise MailboxDownError("Mail is read over an encrypted connection alone: use imaps://.")
    return Place(
        host=parts.hostname,
        port=parts.port or (993 if is_encrypted else 143),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        is_encrypted=is_encrypted,
    )


class RemoteMailbox:
    """An open folder; every fault on the way is a `MailboxDownError`."""

    def __init__(self, place: Place) -> None:
        """Connect and open the folder; certificates are verified."""
        try:
            self._box = _connected(place)
        except _FAULTS as fault:
            raise MailboxDownError(_words(fault)) from fault

    def __enter__(self) -> Self:
        """The mailbox itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hang up; a connection that is gone already is as good."""
        try:
            self._box.client.logout()
        except _FAULTS:
            return

    def unread(self, *, limit: int) -> list[int]:
        """The numbers of the first so many unread mails, the oldest first."""
        try:
            return sorted(int(uid) for uid in self._box.uids("UNSEEN"))[:limit]
        except (*_FAULTS, ValueError) as fault:
            raise MailboxDownError(_words(fault)) from fault

    def fetch(self, uid: int, *, most_bytes: int) -> Fetched | None:
        """One mail, left unread; None when somebody removed it meanwhile. It is not parsed here."""
        size = self._asked(uid, "(RFC822.SIZE)")
        if size is None:
            return None
        is_whole = _number_behind(size, b"RFC822.SIZE") <= most_bytes
        answer = self._asked(uid, "(BODY.PEEK[])" if is_whole else "(BODY.PEEK[HEADER])")
        raw = next((part[1] for part in answer or () if isinstance(part, tuple)), None)
        return None if raw is None else Fetched(uid=uid, raw=bytes(raw)[:most_bytes], is_whole=is_whole)

    def mark_read(self, uid: int) -> None:
        """Mark a mail as read, so that it is not fetched again."""
        try:
            self._box.client.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")
        except _FAULTS as fault:
            raise MailboxDownError(_words(fault)) from fault

    def _asked(self, uid: int, what: str) -> list[Any] | None:
        try:
            status, answer = self._box.client.uid("FETCH", str(uid), what)
        except _FAULTS as fault:
            raise MailboxDownError(_words(fault)) from fault
        if status != "OK":
            raise MailboxDownError("The mail server refused to hand out a mail.")
        return answer if answer and answer[0] is not None else None


def _connected(place: Place) -> BaseMailBox:
    if place.is_encrypted:
        context = ssl.create_default_context()
        box: BaseMailBox = MailBox(place.host, place.port, timeout=_TIMEOUT_SECONDS, ssl_context=context)
    else:
        box = MailBoxUnencrypted(place.host, place.port, timeout=_TIMEOUT_SECONDS)
    try:
        return box.login(place.user, place.password, initial_folder=place.folder)
    except _FAULTS:
        box.client.shutdown()
        raise


def _number_behind(answer: list[Any], word: bytes) -> int:
    """The number that an answer gives behind that word; 0 where it gives none."""
    lines = (part[0] if isinstance(part, tuple) else part for part in answer)
    for line in lines:
        _, found, rest = bytes(line).partition(word)
        digits = rest.split(maxsplit=1)[0].rstrip(b")") if found and rest.split() else b""
        if digits.isdigit():
            return int(digits)
    return 0


def _words(fault: Exception) -> str:
    if isinstance(fault, TimeoutError):
        return "The mail server did not answer in time."
    if isinstance(fault, ssl.SSLError):
        return "The certificate or the encryption of the mail server is not sound."
    if isinstance(fault, ConnectionRefusedError):
        return "The mail server refused the connection."
    if type(fault).__name__ == "MailboxLoginError":
        return "The mail server refused our sign-in."
    if type(fault).__name__ == "MailboxFolderSelectError":
        return "The mail server has no such folder."
    return "The connection to the mail server broke off."

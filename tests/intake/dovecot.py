"""A Dovecot of our own for a while: its own folders and settings, on this machine alone, ended by its id."""

import grp
import imaplib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.services import free_port

USER, PASSWORD = "support", "a-secret-of-the-test"
_START_SECONDS = 60.0

CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 0
last_valid_uid = 0
first_valid_gid = 0
mail_max_userip_connections = 50
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service imap {{
  chroot =
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True)
class MailHost:
    """A mailbox on the running server."""

    port: int

    @property
    def url(self) -> str:
        """What INBOUND_MAIL_URL says of it."""
        return f"imap://{USER}:{PASSWORD}@127.0.0.1:{self.port}/INBOX"

    def open(self) -> imaplib.IMAP4:
        """A connection of the test's own."""
        box = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        box.login(USER, PASSWORD)
        box.select("INBOX")
        return box

    def deliver(self, *mails: bytes) -> None:
        """Put mails into the mailbox, unread, as a mail server does."""
        box = self.open()
        for raw in mails:
            box.append("INBOX", None, None, raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        box.logout()

    def unread(self) -> int:
        """How many mails lie there unread."""
        box = self.open()
        _, found = box.search(None, "UNSEEN")
        box.logout()
        return len(found[0].split())


def require_dovecot() -> str:
    """The program; without it the test is skipped by name, or fails with REQUIRE_IMAP=1."""
    path = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    if path is None:
        if os.environ.get("REQUIRE_IMAP") == "1":
            pytest.fail("Dovecot is not installed, and REQUIRE_IMAP=1.")
        pytest.skip("Dovecot is not installed")
    return path


@contextmanager
def mail_host() -> Iterator[MailHost]:
    """Run a Dovecot in a folder of its own, as a plain user: as ourselves, or as nobody where we are root."""
    program, port = require_dovecot(), free_port()
    who = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    facts = {"user": who.pw_name, "group": grp.getgrgid(who.pw_gid).gr_name, "uid": who.pw_uid}
    facts |= {"gid": who.pw_gid, "password": PASSWORD, "port": port}
    with tempfile.TemporaryDirectory(prefix="caredesk-dovecot-") as name:
        folder = Path(name)
        (folder / "dovecot.conf").write_text(CONFIG.format(**facts, folder=folder))
        os.chown(folder, who.pw_uid, who.pw_gid)
        with _running([program, "-F", "-c", str(folder / "dovecot.conf")], folder, who) as process:
            host = MailHost(port)
            _await(host, process, folder)
            yield host


@contextmanager
def _running(command: list[str], folder: Path, who: pwd.struct_passwd) -> Iterator[subprocess.Popen[bytes]]:
    user, group = (who.pw_uid, who.pw_gid) if os.geteuid() == 0 else (None, None)
    process = subprocess.Popen(command, cwd=folder, start_new_session=True, user=user, group=group)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        if process.poll() is None:
            process.kill()
            process.wait()


def _await(host: MailHost, process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            host.open().logout()
        except (OSError, imaplib.IMAP4.error) as fault:
            log = folder / "dovecot.log"
            if process.poll() is not None or time.monotonic() > deadline:
                told = log.read_text() if log.exists() else ""
                raise AssertionError(f"Dovecot does not answer: {fault}\n{told}") from fault
            time.sleep(0.1)
        else:
            return

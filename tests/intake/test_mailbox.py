"""A real Dovecot: unread mail is fetched, kept, and only then marked as read (X4, F18, F19)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings

from config.health import DUE
from intake.mailbox import MailboxDownError, place_in
from intake.models import Mailbox, ReceivedMail
from intake.raw import read_raw
from intake.services import fetch_mail, sort_mail
from tests.factories import MONDAY, Desk
from tests.intake.dovecot import MailHost, mail_host
from tests.intake.letters import letter

SOON = MONDAY + timedelta(minutes=1)


@pytest.fixture(scope="module")
def dovecot() -> Iterator[MailHost]:
    """A mail server of the test's own."""
    with mail_host() as host:
        yield host


@pytest.fixture
def host(dovecot: MailHost, settings: Settings) -> MailHost:
    """An empty mailbox on it, which our settings name."""
    box = dovecot.open()
    box.store("1:*", "+FLAGS", r"(\Deleted)") if box.search(None, "ALL")[1][0] else None
    box.expunge()
    box.logout()
    settings.INBOUND_MAIL_URL = dovecot.url
    return dovecot


def test_unread_mail_is_kept_to_the_byte_and_marked_as_read(db: None, host: MailHost) -> None:
    host.deliver(letter("a@b.example", text="für dich\nzwei"), letter("c@d.example"))
    assert fetch_mail(at=MONDAY) == 2
    assert host.unread() == 0
    first = ReceivedMail.objects.earliest("id")
    assert read_raw(first).count(b"\r\n") == read_raw(first).count(b"\n")
    assert MONDAY <= first.received_at < SOON
    assert (first.state, first.subject) == ("waiting", "")


def test_the_same_mail_twice_in_the_mailbox_is_one(db: None, host: MailHost) -> None:
    raw = letter("a@b.example")
    host.deliver(raw, raw, raw.replace(b"a minute", b"an hour"))
    assert fetch_mail(at=MONDAY) == 3
    assert ReceivedMail.objects.count() == 2
    assert host.unread() == 0


def test_fetched_again_a_mail_keeps_its_moment_of_receipt(db: None, host: MailHost) -> None:
    host.deliver(letter("a@b.example"))
    fetch_mail(at=MONDAY)
    box = host.open()
    box.store("1", "-FLAGS", r"(\Seen)")
    box.logout()
    fetch_mail(at=SOON + timedelta(hours=1))
    assert ReceivedMail.objects.get().received_at < SOON


def test_of_a_mail_that_is_too_large_the_head_is_kept_and_it_waits(
    db: None, host: MailHost, settings: Settings
) -> None:
    settings.INBOUND_MAIL_MAX_BYTES = 5_000
    host.deliver(letter("a@b.example", subject="A film", text="x" * 60 + "\n" + "y\n" * 9_000))
    fetch_mail(at=MONDAY)
    sort_mail(at=SOON)
    mail = ReceivedMail.objects.get()
    assert (mail.state, mail.ground, mail.subject) == ("held", "too_large", "A film")
    assert mail.size < 5_000


def test_what_our_disk_does_not_take_stays_on_the_server(
    db: None, host: MailHost, settings: Settings, tmp_path: object
) -> None:
    host.deliver(letter("a@b.example"))
    blocked = settings.VAR_DIR / "no-folder"
    blocked.write_text("a file where a folder should be")
    settings.MEDIA_ROOT = blocked
    assert fetch_mail(at=MONDAY) == 0
    assert (host.unread(), ReceivedMail.objects.count()) == (1, 0)
    assert "disk" in Mailbox.objects.get().fault


def test_a_server_that_is_away_is_noted_with_its_age_and_forgotten_when_back(
    desk: Desk, host: MailHost, settings: Settings
) -> None:
    settings.INBOUND_MAIL_URL = host.url.replace(str(host.port), "1")
    for at in (MONDAY, SOON):
        assert fetch_mail(at=at) == 0
    box = Mailbox.objects.get()
    assert box.failing_since is not None
    assert MONDAY <= box.failing_since < SOON
    assert DUE["mail"]() == box.failing_since
    settings.INBOUND_MAIL_URL = host.url
    fetch_mail(at=SOON)
    assert DUE["mail"]() is None


def test_a_wrong_password_says_so_without_saying_it(db: None, host: MailHost, settings: Settings) -> None:
    settings.INBOUND_MAIL_URL = host.url.replace("a-secret", "wrong")
    fetch_mail(at=MONDAY)
    box = Mailbox.objects.get()
    assert box.fault == "The mail server refused our sign-in."
    assert "secret" not in box.name


def test_a_folder_that_is_not_there_says_so(db: None, host: MailHost, settings: Settings) -> None:
    settings.INBOUND_MAIL_URL = host.url.replace("INBOX", "Nowhere")
    fetch_mail(at=MONDAY)
    assert "folder" in Mailbox.objects.get().fault


@pytest.mark.parametrize("url", ["imap://u:p@mail.example/INBOX", "https://mail.example", "imaps://", "x"])
def test_mail_is_read_encrypted_or_on_this_machine(url: str) -> None:
    with pytest.raises(MailboxDownError):
        place_in(url)


def test_the_place_is_read_from_one_address() -> None:
    place = place_in("imaps://support%40desk.example:p%2Fw@mail.example:1993/Desk%20mail")
    assert (place.host, place.port, place.folder) == ("mail.example", 1993, "Desk mail")
    assert (place.user, place.password) == ("support@desk.example", "p/w")
    assert "p/w" not in place.name


def test_nothing_is_fetched_where_no_mailbox_is_named(db: None, settings: Settings) -> None:
    settings.INBOUND_MAIL_URL = ""
    assert fetch_mail(at=MONDAY) == 0
    assert not Mailbox.objects.exists()

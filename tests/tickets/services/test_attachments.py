"""Files."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from pytest_django import Settings

from accounts.models import Person
from events.domain.errors import DomainError, Invalid, NotAllowed, NotHere
from tests.factories import MONDAY, Desk, actor_of, make_ticket, refused, reply
from tickets.models import Attachment, Ticket
from tickets.services import drop_unsent, post_message, store_attachment
from tickets.services.attachments import stored_file

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


def store(desk: Desk, by: Person, name: str = "log.txt", content: bytes = b"lines") -> Attachment:
    return store_attachment(
        actor=actor_of(by), at=MONDAY, client=desk.client, name=name, content=ContentFile(content)
    )


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_lies_under_a_random_name_with_its_digest(desk: Desk) -> None:
    row = store(desk, desk.poc, "../../etc/passwd", PNG)
    assert (row.name, row.content_type, row.size) == ("passwd", "image/png", len(PNG))
    assert row.sha256 == hashlib.sha256(PNG).hexdigest()
    assert stored_file(row).read_bytes() == PNG
    assert "passwd" not in row.path


def test_what_its_sender_says_of_its_type_counts_nothing(desk: Desk) -> None:
    row = store(desk, desk.poc, "innocent.png", b"<svg onload=alert(1)>")
    assert row.content_type == "application/octet-stream"


def test_two_files_never_share_a_name(desk: Desk) -> None:
    assert store(desk, desk.poc).path != store(desk, desk.poc).path


def test_a_file_over_the_limit_leaves_nothing_behind(desk: Desk, settings: Settings, media: Path) -> None:
    settings.ATTACHMENT_MAX_BYTES = 10
    with refused(Invalid, field="attachments"):
        store(desk, desk.poc, content=b"x" * 11)
    assert files_in(media) == []
    assert store(desk, desk.poc, content=b"x" * 10).size == 10


def test_an_empty_file_is_refused(desk: Desk, media: Path) -> None:
    with refused(Invalid, field="attachments"):
        store(desk, desk.poc, content=b"")
    assert files_in(media) == []


def test_a_full_disk_is_said_in_words(desk: Desk, settings: Settings, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    settings.MEDIA_ROOT = blocked
    with refused(DomainError, "cannot be kept"):
        store(desk, desk.poc)


def test_who_only_reads_uploads_nothing(desk: Desk, other_desk: Desk) -> None:
    with refused(NotAllowed):
        store(desk, desk.observer)
    with refused(NotHere):
        store(desk, other_desk.poc)


class TestSending:
    """A file is its uploader's until a message carries it."""

    def test_it_goes_with_a_new_ticket(self, desk: Desk) -> None:
        row = store(desk, desk.poc)
        ticket = make_ticket(desk.contract, requester=desk.poc, attachments=[row])
        row.refresh_from_db()
        assert (row.ticket, row.message) == (ticket, ticket.messages.get())

    def test_it_is_sent_once(self, desk: Desk, ticket: Ticket) -> None:
        row, poc = store(desk, desk.poc), actor_of(desk.poc)
        post_message(actor=poc, at=MONDAY, ticket=ticket, body="Here", attachments=[row])
        with refused(Invalid, field="attachments"):
            post_message(actor=poc, at=MONDAY, ticket=ticket, body="Again", attachments=[row])

    def test_nobody_sends_a_file_of_somebody_else(self, desk: Desk, ticket: Ticket) -> None:
        row = store(desk, desk.member)
        for thief in (desk.poc, desk.engineer, desk.administrator):
            with refused(Invalid, field="attachments"):
                post_message(actor=actor_of(thief), at=MONDAY, ticket=ticket, body="Mine", attachments=[row])

    def test_a_file_stays_with_the_client_it_was_uploaded_for(self, desk: Desk, other_desk: Desk) -> None:
        row = store(desk, desk.lead)
        ticket = make_ticket(other_desk.contract, requester=other_desk.poc)
        with refused(Invalid, field="attachments"):
            post_message(actor=actor_of(desk.lead), at=MONDAY, ticket=ticket, body="x", attachments=[row])

    def test_a_message_carries_so_many_and_no_more(self, desk: Desk, ticket: Ticket) -> None:
        rows = [store(desk, desk.poc) for _ in range(21)]
        with refused(Invalid, "20 files", field="attachments"):
            post_message(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, body="x", attachments=rows)


class TestClearing:
    """Files that nobody sent."""

    def test_after_a_day_they_go(self, desk: Desk, media: Path) -> None:
        store(desk, desk.poc)
        assert drop_unsent(at=MONDAY + timedelta(hours=24)) == 0
        assert drop_unsent(at=MONDAY + timedelta(hours=24, seconds=1)) == 1
        assert (Attachment.objects.count(), files_in(media)) == (0, [])

    def test_what_was_sent_stays(self, desk: Desk, ticket: Ticket, media: Path) -> None:
        row = store(desk, desk.poc)
        post_message(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, body="x", attachments=[row])
        assert drop_unsent(at=MONDAY + timedelta(days=30)) == 0
        assert len(files_in(media)) == 1

    def test_a_file_that_is_gone_already_is_no_fault(self, desk: Desk) -> None:
        stored_file(store(desk, desk.poc)).unlink()
        assert drop_unsent(at=MONDAY + timedelta(days=2)) == 1


def test_a_message_without_files_claims_none(desk: Desk, ticket: Ticket) -> None:
    row = store(desk, desk.poc)
    reply(ticket, desk.poc)
    row.refresh_from_db()
    assert row.message is None

"""Everything of one client as one file: asked for, made in the background, fetched once, forgotten."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import Client
from events.domain.actor import Actor
from events.domain.errors import Conflict, NotAllowed, NotHere
from events.services import record
from intake import events
from intake.bundle import Bundle
from intake.models import ClientExport, ExportState
from intake.permissions import may_export

log = structlog.get_logger(__name__)
#: How long a claim holds; how often one is tried; how long a ready one waits.
LEASE = timedelta(minutes=20)
TRIES = 3
KEPT = timedelta(hours=24)


@transaction.atomic
def ask_for_export(*, actor: Actor, at: datetime, client: Client) -> ClientExport:
    """Let everything of a client be put into one file; one at a time, else `Conflict`."""
    if not may_export(actor) or actor.person_id is None:
        raise NotAllowed("Administrators take a client's belongings out.")
    try:
        with transaction.atomic():
            made = ClientExport.objects.create(
                client=client, asked_by_id=actor.person_id, asked_at=at, due_at=at
            )
    except IntegrityError:
        raise Conflict("There is one under way, or ready to fetch.") from None
    record(events.ExportAsked(client_id=client.pk, subject_id=made.pk), at=at, actor=actor)
    return made


def make_due_exports(*, at: datetime) -> int:
    """Make what was asked for, and forget what nobody fetched; gives how many were made. Safe to repeat."""
    _forget(at)
    made = 0
    while (claimed := _claim(at)) is not None:
        made += _make(claimed, at)
    return made


@transaction.atomic
def fetch_export(*, actor: Actor, at: datetime, export: ClientExport) -> BinaryIO:
    """Open the file for the one time that it can be fetched; it is gone from the disk with that."""
    if not may_export(actor):
        raise NotAllowed("Administrators take a client's belongings out.")
    row = ClientExport.objects.select_for_update(of=("self",)).get(pk=export.pk)
    if row.state != ExportState.READY:
        raise Conflict("It can be fetched once, when it is ready; ask for another one.")
    place = Path(settings.MEDIA_ROOT) / row.path
    try:
        file = place.open("rb")
    except OSError:
        raise NotHere("The file is not there any more; ask for another one.") from None
    row.state, row.fetched_at, row.fetched_by_id, row.path = ExportState.FETCHED, at, actor.person_id, ""
    row.save(update_fields=["state", "fetched_at", "fetched_by", "path"])
    fetched = events.ExportFetched(client_id=row.client_id, subject_id=row.pk, sha256=row.sha256)
    record(fetched, at=at, actor=actor)
    transaction.on_commit(lambda: _drop(place), robust=True)
    return file


def _claim(at: datetime) -> ClientExport | None:
    """Take one that is due: its due moment is pushed ahead, so that a dead process's claim runs out."""
    found = ClientExport.objects.filter(due_at__lte=at).order_by("due_at", "id").first()
    if found is None:
        return None
    taken = ClientExport.objects.filter(pk=found.pk, due_at=found.due_at).update(
        state=ExportState.RUNNING, due_at=at + LEASE, attempts=F("attempts") + 1
    )
    return ClientExport.objects.select_related("client").get(pk=found.pk) if taken else None


def _make(export: ClientExport, at: datetime) -> int:
    target = Path(settings.MEDIA_ROOT) / "exports" / secrets.token_hex(24)
    mine = ClientExport.objects.filter(pk=export.pk, state=ExportState.RUNNING, due_at=export.due_at)
    try:
        if export.attempts > TRIES:
            raise OSError("It was tried too often.")  # noqa: TRY301  ends as every other fault does
        target.parent.mkdir(parents=True, exist_ok=True)
        for done, total in Bundle(client=export.client, at=at).write(target):
            mine.update(done=done, total=total)
    except Exception as fault:  # noqa: BLE001  whatever it is, it is shown, and stops no other export
        log.warning("export_failed", export=export.pk, fault=type(fault).__name__)
        _drop(target)
        words = f"It could not be made ({type(fault).__name__}). Ask for another one."
        mine.update(state=ExportState.FAILED, due_at=None, fault=words, finished_at=at)
        return 0
    with target.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    ready = {"state": ExportState.READY, "due_at": None, "finished_at": at, "sha256": digest}
    path = str(target.relative_to(settings.MEDIA_ROOT))
    if not mine.update(**ready, path=path, size=target.stat().st_size):
        _drop(target)
        return 0
    return 1


def _forget(at: datetime) -> None:
    """Take what nobody fetched within a day from the disk."""
    old = ClientExport.objects.filter(state=ExportState.READY, finished_at__lt=at - KEPT)
    for row in old:
        if old.filter(pk=row.pk).update(state=ExportState.EXPIRED, path=""):
            _drop(Path(settings.MEDIA_ROOT) / row.path)


def _drop(place: Path) -> None:
    with suppress(OSError):
        place.unlink(missing_ok=True)

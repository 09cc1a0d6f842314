"""Reading a feed of vulnerabilities, NVD JSON 2.0, from a file or an address, in constant memory (P9).

Entries come one by one from a parser of events; nothing holds the whole. What cannot be read is counted and
named, the rest is read. Interrupted anywhere, reading again does the rest and nothing twice.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Final

import ijson
import structlog
from django.conf import settings
from django.db import IntegrityError, transaction

from events.queries import database_now
from notify.outbound import AddressRefusedError, UnreachableError, stream
from proactive.domain.advisories import AdvisoryFacts, MalformedEntryError, read_entry
from proactive.models import Advisory, FeedRead
from proactive.queries.products import known_products
from proactive.services.advisories import keep_advisories

Progress = Callable[[int, int], None]
AT_ONCE: Final = 200
MOST_FAULTS_NAMED: Final = 50
#: A year's feed is a tenth of that.
MOST_BYTES: Final = 4 * 1024**3
EVERY: Final = timedelta(hours=24)
AGAIN_AFTER: Final = timedelta(hours=1)
_GZIP: Final = b"\x1f\x8b"
log = structlog.get_logger(__name__)


class _Counted(io.RawIOBase):
    """A stream that tells how far it was read, and ends where it grows beyond all bounds."""

    def __init__(self, source: BinaryIO, *, length: int, progress: Progress, most: int = MOST_BYTES) -> None:
        self.source, self.length, self.progress, self.most = source, length, progress, most
        self.done = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - the library's own signature
        """Read the next piece."""
        piece = self.source.read(len(buffer))
        buffer[: len(piece)] = piece
        self.done += len(piece)
        if self.done > self.most:
            raise UnreachableError(f"The feed is larger than {self.most:,} bytes.")
        self.progress(self.done, max(self.length, self.done))
        return len(piece)


def read_feed(source: str, *, progress: Progress, slot: datetime | None = None) -> FeedRead:
    """Read a feed from a file's path or an https address; what came of it is a row, also when it broke off.

    Raises `IntegrityError` where the sweep has read that feed in this hour already.
    """
    with transaction.atomic():
        read = FeedRead.objects.create(source=source[:500], started_at=database_now(), slot=slot)
    faults: list[str] = []
    try:
        with _opened(source, progress) as feed:
            for facts in _batches(_entries(feed, read, faults)):
                read.opened += keep_advisories(at=database_now(), facts=facts)
        read.is_complete = read.entries > 0
        if not read.entries:
            faults.append("There are no entries: this is no feed of the form 2.0.")
    except ijson.JSONError as fault:
        faults.append(f"The feed breaks off after {read.entries:,} entries: {_short(fault)}.")
    except (OSError, EOFError, AddressRefusedError, UnreachableError) as fault:
        faults.append(f"The feed could not be read on after {read.entries:,} entries: {_short(fault)}")
    _finish(read, faults)
    return read


def read_due_feed() -> int:
    """Read the feed of the settings when a day has passed, or an hour since a reading that broke off."""
    source, now = settings.ADVISORY_FEED_URL, database_now()
    if not source:
        return 0
    last = FeedRead.objects.filter(source=source[:500]).order_by("-id").first()
    if last is not None and now - last.started_at < (EVERY if last.is_complete else AGAIN_AFTER):
        return 0
    slot = now.replace(minute=0, second=0, microsecond=0)
    try:
        return read_feed(source, progress=_silent, slot=slot).entries
    except IntegrityError:
        return 0  # another worker reads it in this hour


@contextmanager
def _opened(source: str, progress: Progress) -> Iterator[BinaryIO]:
    if "://" in source:
        with stream(source, headers={"User-Agent": "Caredesk-Feed/1"}) as (answer, length):
            yield _unpacked(_Counted(answer, length=length, progress=progress))
        return
    path = Path(source)
    with path.open("rb") as file:
        yield _unpacked(_Counted(file, length=path.stat().st_size, progress=progress))


def _unpacked(raw: _Counted) -> BinaryIO:
    buffered = io.BufferedReader(raw, 256 * 1024)
    if buffered.peek(2)[:2] != _GZIP:
        return buffered
    unpacked = gzip.GzipFile(fileobj=buffered)
    return io.BufferedReader(_Counted(unpacked, length=0, progress=_silent), 256 * 1024)  # type: ignore[arg-type]


def _entries(feed: BinaryIO, read: FeedRead, faults: list[str]) -> Iterator[AdvisoryFacts]:
    """The entries that concern us, and those that are kept from an earlier reading."""
    kept = set(Advisory.objects.values_list("name", flat=True))
    known = known_products()
    for entry in ijson.items(feed, "vulnerabilities.item", use_float=True):
        read.entries += 1
        try:
            facts = read_entry(entry)
        except MalformedEntryError as fault:
            faults.append(f"Entry {read.entries:,}: {fault}")
            continue
        is_ours = facts.is_grave and any(one.product in known for one in facts.ranges)
        read.kept += is_ours
        if is_ours or facts.name in kept:
            yield facts


def _batches(entries: Iterator[AdvisoryFacts]) -> Iterator[list[AdvisoryFacts]]:
    """What was read, in batches; what came before a break is kept before the break is told."""
    batch: list[AdvisoryFacts] = []
    try:
        for one in entries:
            batch.append(one)
            if len(batch) >= AT_ONCE:
                yield batch
                batch = []
    except (ijson.JSONError, OSError, EOFError, UnreachableError):
        yield batch
        raise
    yield batch


def _finish(read: FeedRead, faults: list[str]) -> None:
    read.ended_at = database_now()
    read.fault_count, read.faults = len(faults), faults[:MOST_FAULTS_NAMED]
    read.save()
    log.info("feed_read", source=read.source, entries=read.entries, opened=read.opened, faults=len(faults))


def _short(fault: Exception) -> str:
    return " ".join(str(fault).split())[:200]


def _silent(done: int, total: int) -> None:
    return None

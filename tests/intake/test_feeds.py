"""Reading a feed in constant memory: what is broken is named, the rest is read (P9)."""

import gzip
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from intake.feeds import read_due_feed, read_feed
from proactive.models import Advisory, FeedRead
from tests.factories import make_client, make_contract, make_environment
from tests.notify.servers import hook_server
from tests.proactive.domain.test_vulnerabilities import entry
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def silent(done: int, total: int) -> None:
    """Nobody watches."""


def feed(*entries: Any) -> bytes:  # noqa: ANN401
    """A feed of those entries."""
    return json.dumps({"format": "NVD_CVE", "version": "2.0", "vulnerabilities": list(entries)}).encode()


def written(folder: Path, content: bytes) -> str:
    """The path of a file of that content."""
    path = folder / "feed.json"
    path.write_bytes(content)
    return str(path)


def affected() -> None:
    """A client that runs an affected version."""
    make_environment(make_contract(make_client()), product="Confluence", version="8.5.3")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_feed_is_read_plain_or_packed(tmp_path: Path, pack: Any) -> None:  # noqa: ANN401
    affected()
    content = pack(feed(entry(), entry("CVE-2026-1111", score=5.0)))
    read = read_feed(written(tmp_path, content), progress=silent)
    assert (read.entries, read.kept, read.opened, read.is_complete) == (2, 1, 1, True)


def test_a_malformed_entry_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    affected()
    path = written(tmp_path, feed({"cve": {"id": "CVE-2026-7777"}}, 7, entry()))
    read = read_feed(path, progress=silent)
    assert (read.entries, read.fault_count, Ticket.objects.count()) == (3, 2, 1)
    assert "CVE-2026-7777" in read.faults[0]


def test_what_came_before_a_break_is_kept_and_the_break_is_told(tmp_path: Path) -> None:
    affected()
    read = read_feed(written(tmp_path, feed(entry(), entry("CVE-2026-2222"))[:-40]), progress=silent)
    assert (read.is_complete, Ticket.objects.count()) == (False, 1)
    assert "breaks off after 1 entries" in read.faults[-1]


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"not json", b"\x1f\x8bnonsense", b'{"vulnerabilities": 7}']
)
def test_what_is_no_feed_is_said_in_words(tmp_path: Path, content: bytes) -> None:
    read = read_feed(written(tmp_path, content), progress=silent)
    assert (read.is_complete, read.fault_count) == (False, 1)


def test_a_file_that_is_not_there_is_said_in_words() -> None:
    assert "No such file" in read_feed("/nowhere/at/all.json", progress=silent).faults[0]


def test_progress_is_told_up_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    content = feed(*[entry(score=1.0)] * 2000)
    read_feed(written(tmp_path, content), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (len(content), len(content))
    assert len(told) > 3


def test_memory_does_not_grow_with_the_feed(tmp_path: Path) -> None:
    peaks = []
    for size in (300, 3000):
        path = written(tmp_path, feed(*[entry(score=1.0)] * size))
        tracemalloc.start()
        read_feed(path, progress=silent)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5


def test_the_command_says_what_it_read_and_fails_on_faults(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    affected()
    call_command("read_advisories", written(tmp_path, feed(entry())))
    assert (
        "1 entries read, 1 concern products we look after, 1 tickets opened, 0 faults."
        in capsys.readouterr().out
    )
    with pytest.raises(CommandError, match="Not everything"):
        call_command("read_advisories", written(tmp_path, feed({}, entry())))


@pytest.mark.django_db(transaction=True)
def test_the_sweep_reads_the_feed_once_a_day_through_the_guarded_door() -> None:
    affected()
    with hook_server() as sink:
        sink.answer = lambda handler: handler.reply(200, body=gzip.compress(feed(entry())))
        with override_settings(ADVISORY_FEED_URL=sink.url):
            assert [read_due_feed(), read_due_feed()] == [1, 0]
    assert (len(sink.got), Advisory.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/feed", "https://10.0.0.7/feed", "ftp://example.com/feed"]
)
def test_an_address_inside_is_not_read(url: str) -> None:
    read = read_feed(url, progress=silent)
    assert (read.is_complete, read.entries) == (False, 0)
    assert read.faults


def test_without_an_address_nothing_is_read() -> None:
    assert (read_due_feed(), FeedRead.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_is_no_feed_is_tried_again_in_an_hour() -> None:
    with hook_server() as sink:
        sink.answer = lambda handler: handler.reply(503)
        with override_settings(ADVISORY_FEED_URL=sink.url):
            assert [read_due_feed(), read_due_feed()] == [0, 0]
    assert "503" in FeedRead.objects.get().faults[0]

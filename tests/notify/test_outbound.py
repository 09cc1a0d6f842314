"""The one door out: what it refuses to call, and how it bounds what it calls."""

import time
from collections.abc import Iterator

import pytest
from django.test import override_settings

from notify import outbound
from notify.outbound import AddressRefusedError, UnreachableError, check_url, destination_of, fetch, is_public
from tests.notify.servers import Handler, HookSink, free_port, hook_server

NOT_PUBLIC = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "0.0.0.0",  # noqa: S104  # refused, not bound to
    "100.64.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "fec0::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:169.254.169.254", "::7f00:1", "::127.0.0.1",
    "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b:1::1", "2001::1",
]  # fmt: skip

NAMES_OF_THIS_MACHINE = [
    "https://127.0.0.1/", "https://localhost/", "https://2130706433/", "https://0x7f000001/",
    "https://0177.0.0.1/", "https://127.1/", "https://[::1]/", "https://[::ffff:127.0.0.1]/",
    "https://[0:0:0:0:0:ffff:7f00:1]/", "https://169.254.169.254/latest/meta-data/", "https://10.1.2.3/",
    "https://0/", "https://[fe80::1]/",
]  # fmt: skip

UNREADABLE = [
    "", "https://", "https:///path", "example.com", "ftp://example.com/", "file:///etc/passwd",
    "gopher://example.com/", "javascript:alert(1)", "https://user@example.com/", "https://u:p@example.com/",
    "https://example.com:22/", "https://example.com:8443/", "https://example.com:99999/",
    "https://exa mple.com/",
    "https://example.com\\@127.0.0.1/", "https://example.com/\r\nHost: x", "https://exämple.com/",
    "http://example.com/", "https://[::1/", "HTTPS://EXAMPLE.COM:80/",
]  # fmt: skip


@pytest.fixture
def sink() -> Iterator[HookSink]:
    """A receiver on this machine that may be called."""
    with hook_server() as running:
        yield running


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_no_address_that_is_not_public_counts_as_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("url", NAMES_OF_THIS_MACHINE)
def test_no_spelling_of_an_inside_address_is_called(url: str) -> None:
    with pytest.raises((AddressRefusedError, UnreachableError)):
        destination_of(url)


@pytest.mark.parametrize("url", UNREADABLE)
def test_what_is_no_plain_https_address_is_refused(url: str) -> None:
    with pytest.raises(AddressRefusedError):
        check_url(url)


def test_plain_http_is_for_probes_alone() -> None:
    assert check_url("http://example.com/", allow_plain=True).hostname == "example.com"


def test_a_name_is_resolved_once_and_the_checked_address_is_the_one_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    monkeypatch.setattr(outbound, "_resolved", lambda host, port: next(answers))
    assert destination_of("https://flips.example/").ip == "8.8.8.8"


def test_one_inside_address_among_several_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "_resolved", lambda host, port: ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(AddressRefusedError):
        destination_of("https://mixed.example/")


def test_an_allowed_host_may_be_called_and_only_on_its_port(sink: HookSink) -> None:
    assert fetch(sink.url).status == 204
    with pytest.raises(AddressRefusedError):
        fetch(f"http://127.0.0.1:{free_port()}/")


def test_an_allowed_network_may_be_called() -> None:
    with override_settings(OUTBOUND_ALLOW=["10.0.0.0/8"]):
        assert destination_of("https://10.1.2.3/x?y=1").path == "/x?y=1"


def test_a_redirect_is_an_answer_and_never_followed(sink: HookSink) -> None:
    sink.answer = lambda handler: handler.reply(302, {"Location": sink.url})
    assert fetch(sink.url).status == 302
    assert len(sink.got) == 1


def test_no_more_than_64_kilobytes_of_a_body_are_read(sink: HookSink) -> None:
    sink.answer = lambda handler: handler.reply(200, body=b"x" * 200_000)
    reply = fetch(sink.url)
    assert (len(reply.body), reply.is_cut) == (64 * 1024, True)


def test_a_body_that_never_ends_is_cut_off(sink: HookSink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "TOTAL_SECONDS", 0.5)
    sink.answer = lambda handler: Handler.dribble(handler, 20)
    started = time.monotonic()
    with pytest.raises(UnreachableError):
        fetch(sink.url)
    assert time.monotonic() - started < 10


def test_silence_is_cut_off(sink: HookSink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "TOTAL_SECONDS", 0.3)
    sink.answer = lambda handler: time.sleep(2)
    with pytest.raises(UnreachableError):
        fetch(sink.url)


def test_a_port_without_listener_is_unreachable_in_plain_words() -> None:
    port = free_port()
    with override_settings(OUTBOUND_ALLOW=["127.0.0.1"]), pytest.raises(UnreachableError, match="refused"):
        fetch(f"http://127.0.0.1:{port}/")


def test_broken_encryption_is_never_excused(sink: HookSink) -> None:
    with pytest.raises(UnreachableError, match="encryption"):
        fetch(sink.url.replace("http:", "https:"))

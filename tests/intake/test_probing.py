"""Calling public addresses through the guarded door (P8)."""

import pytest
from django.test import override_settings

from events.domain.actor import SYSTEM
from intake.probing import call, probe_due
from proactive.models import Probe
from proactive.services.watching import start_watching
from tests.factories import MONDAY, make_client, make_contract, make_environment
from tests.notify.servers import HookSink, free_port, hook_server


def test_an_address_that_answers_is_up_with_its_status_and_time() -> None:
    with hook_server() as sink:
        answer = call(sink.url)
    assert (answer.is_up, answer.status, answer.fault) == (True, 204, "")


@pytest.mark.parametrize(
    ("status", "is_up"),
    [(200, True), (302, True), (401, True), (403, True), (404, False), (500, False), (503, False)],
)
def test_what_a_status_means(status: int, is_up: bool) -> None:
    with hook_server() as sink:
        sink.answer = lambda handler: handler.reply(status, {"Location": "http://169.254.169.254/"})
        answer = call(sink.url)
    assert (answer.is_up, answer.status) == (is_up, status)


def test_a_redirect_is_not_followed() -> None:
    with hook_server() as sink:
        sink.answer = lambda handler: handler.reply(302, {"Location": f"{sink.url}/again"})
        call(sink.url)
    assert len(sink.got) == 1


def test_a_refused_connection_is_a_fault_in_words() -> None:
    port = free_port()
    with override_settings(OUTBOUND_ALLOW=[f"127.0.0.1:{port}"]):
        answer = call(f"http://127.0.0.1:{port}/")
    assert (answer.is_up, answer.fault) == (False, "The connection was refused.")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://localhost:6379/",
        "https://user:word@example.com/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://example.com:22/",
        "not an address",
    ],
)
def test_addresses_that_are_not_public_are_not_called(url: str) -> None:
    answer = call(url)
    assert not answer.is_up
    assert answer.fault
    assert answer.status is None


@pytest.fixture
def sinks(transactional_db: None) -> HookSink:
    """Nothing but the database."""
    return HookSink()


def test_the_sweep_calls_what_is_due_and_keeps_what_it_finds(sinks: HookSink) -> None:
    with hook_server() as sink:
        urls = [f"{sink.url}/{number}" for number in range(30)]
        environment = make_environment(make_contract(make_client()), public_urls=urls)
        start_watching(actor=SYSTEM, at=MONDAY, environment=environment)
        assert probe_due() == 30
        assert probe_due() == 0
    assert Probe.objects.filter(is_up=True, status=204).count() == 30


def test_a_hostile_address_among_them_stops_nothing(sinks: HookSink) -> None:
    with hook_server() as sink:
        environment = make_environment(
            make_contract(make_client()), public_urls=["http://10.0.0.1/", "\\\\", sink.url]
        )
        start_watching(actor=SYSTEM, at=MONDAY, environment=environment)
        assert probe_due() == 3
    assert Probe.objects.get(url=sink.url).is_up
    assert Probe.objects.get(url="\\\\").fault == "This address cannot be read."

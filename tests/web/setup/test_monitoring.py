"""Setting up monitoring: thresholds, keys shown once, and what could not be read."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from contracts.models import Environment
from events.domain.actor import SYSTEM
from proactive.models import Monitor, MonitoringKey, Watch
from proactive.services.receiving import receive_unreadable
from proactive.services.watching import issue_monitoring_key, start_watching
from tests.factories import Desk, make_desk, make_environment
from tests.web.setup.conftest import SignedIn, Untouched


@pytest.fixture
def environment(desk: Desk) -> Environment:
    """A system that is watched."""
    made = make_environment(desk.contract, public_urls=["https://jira.acme.example/"])
    start_watching(actor=SYSTEM, at=timezone.now(), environment=made)
    return made


def page(browser: Client, environment: Environment) -> str:
    """The system's monitoring page."""
    return browser.get(f"/setup/systems/{environment.pk}/monitoring/").content.decode()


def test_every_check_stands_there_with_its_thresholds_and_every_address(
    browser: Client, environment: Environment
) -> None:
    shown = page(browser, environment)
    assert "Swap in use" in shown
    assert "warning at 60 % used, critical at 85 % used, a ticket opens when it is critical" in shown
    assert "https://jira.acme.example/" in shown
    assert "http://127.0.0.1:8000/intake/alerts/nagios" in shown


def test_watching_begins_by_one_button(desk: Desk, browser: Client) -> None:
    made = make_environment(desk.contract, "New one")
    assert "Watch this system" in page(browser, made)
    browser.post(f"/setup/systems/{made.pk}/monitoring/watch/")
    assert Watch.objects.get().environment == made


def test_thresholds_are_changed_and_hold(browser: Client, environment: Environment) -> None:
    typed = {"warning": "70", "critical": "90", "opens_from": "1", "is_on": "on"}
    browser.post(f"/setup/systems/{environment.pk}/monitoring/swap/", typed)
    row = Monitor.objects.get(check_name="swap")
    assert (row.warning, row.critical, row.opens_from, row.is_on) == (70, 90, 1, True)


def test_thresholds_in_the_wrong_order_come_back_with_words_and_what_was_typed(
    browser: Client, environment: Environment, untouched: Untouched
) -> None:
    typed = {"warning": "95", "critical": "90", "opens_from": "1", "is_on": "on"}
    with untouched():
        answer = browser.post(f"/setup/systems/{environment.pk}/monitoring/swap/", typed)
    assert answer.status_code == 422
    assert "The critical value lies over the warning." in answer.content.decode()
    assert 'value="95"' in answer.content.decode()


def test_a_check_that_is_only_up_or_down_has_no_values(browser: Client, environment: Environment) -> None:
    shown = browser.get(f"/setup/systems/{environment.pk}/monitoring/web/").content.decode()
    assert 'name="warning"' not in shown
    browser.post(f"/setup/systems/{environment.pk}/monitoring/web/", {"opens_from": "2"})
    assert not Monitor.objects.get(check_name="web").is_on


def test_a_key_is_shown_once(browser: Client, environment: Environment) -> None:
    answer = browser.post(f"/setup/systems/{environment.pk}/monitoring/", {"name": "Our Nagios"})
    secret = re.search(r'value="(cd_[^"]+)"', answer.content.decode())
    assert secret is not None
    assert answer["Cache-Control"] == "no-store"
    assert secret[1] not in page(browser, environment)
    assert "Our Nagios" in page(browser, environment)


def test_a_key_is_revoked_by_a_post_alone(browser: Client, environment: Environment) -> None:
    key, _ = issue_monitoring_key(actor=SYSTEM, at=timezone.now(), environment=environment, name="N")
    address = f"/setup/monitoring-keys/{key.pk}/revoke/"
    assert browser.get(address).status_code == 404
    browser.post(address)
    assert MonitoringKey.objects.get().revoked_at is not None


def test_what_could_not_be_read_is_shown_with_why_and_escaped(
    browser: Client, environment: Environment
) -> None:
    key, _ = issue_monitoring_key(actor=SYSTEM, at=timezone.now(), environment=environment, name="N")
    receive_unreadable(at=timezone.now(), key=key, source="nagios", body="x", fault="<b>No state</b>")
    assert "&lt;b&gt;No state&lt;/b&gt;" in page(browser, environment)


def test_an_account_executive_of_others_finds_nothing(environment: Environment, signed_in: SignedIn) -> None:
    other = signed_in(make_desk("OTHER").account_executive)
    assert other.get(f"/setup/systems/{environment.pk}/monitoring/").status_code == 404


@pytest.mark.parametrize("check", ["nothing", "web-", "0"])
def test_a_check_that_there_is_not_is_not_found(
    browser: Client, environment: Environment, check: str
) -> None:
    assert browser.get(f"/setup/systems/{environment.pk}/monitoring/{check}/").status_code == 404

"""Beginning to watch, thresholds and keys (P8)."""

import pytest

from accounts.domain.secrets import digest_of
from config.reactions import REACTIONS
from contracts.services import EnvironmentFacts, add_environment, change_environment, retire_environment
from contracts.services import settle_contract as settle
from events.domain.actor import SYSTEM
from events.domain.errors import Invalid, NotAllowed, NotHere
from events.models import Record
from events.services import install_reactions
from proactive.domain.checks import Check, Level, Thresholds
from proactive.models import Monitor, MonitoringKey, Probe, Watch
from proactive.services.watching import (
    issue_monitoring_key,
    revoke_monitoring_key,
    set_thresholds,
    start_watching,
)
from tests.factories import MONDAY, actor_of, make_desk, make_environment, refused
from tests.proactive.monitoring.steps import watched

pytestmark = pytest.mark.django_db


def test_a_watched_environment_has_a_monitor_for_every_check_and_a_probe_for_every_address() -> None:
    environment = watched(public_urls=["https://jira.acme.example/", "https://wiki.acme.example/"])
    assert {one.check_name for one in Monitor.objects.all()} == set(Check)
    assert Probe.objects.filter(environment=environment, ended_at__isnull=True).count() == 2


def test_watching_twice_changes_nothing() -> None:
    environment = watched(public_urls=["https://jira.acme.example/"])
    set_thresholds(
        actor=SYSTEM, at=MONDAY, environment=environment, check=Check.LOAD, thresholds=Thresholds(critical=99)
    )
    start_watching(actor=SYSTEM, at=MONDAY, environment=environment)
    assert (Watch.objects.count(), Monitor.objects.count(), Probe.objects.count()) == (1, len(Check), 1)
    assert Monitor.objects.get(check_name="load").critical == 99
    assert Record.objects.filter(kind="watch.started").count() == 1


def test_a_contract_that_carries_monitoring_has_its_environments_watched() -> None:
    install_reactions(REACTIONS)
    desk = make_desk(plan="idalko-standard", add_ons=["proactive-monitoring"])
    facts = EnvironmentFacts(product="Jira", public_urls=("https://a.example/",))
    added = add_environment(actor=SYSTEM, at=MONDAY, contract=desk.contract, name="One", facts=facts)
    assert Watch.objects.get().environment == added
    change_environment(
        actor=SYSTEM, at=MONDAY, environment=added, changes={"public_urls": ("https://b.example/",)}
    )
    assert [probe.url for probe in Probe.objects.filter(ended_at__isnull=True)] == ["https://b.example/"]
    retire_environment(actor=SYSTEM, at=MONDAY, environment=added)
    assert not Probe.objects.filter(ended_at__isnull=True).exists()


def test_without_the_add_on_nothing_is_watched_until_it_is_bought() -> None:
    desk = make_desk(plan="idalko-standard")
    add_environment(
        actor=SYSTEM, at=MONDAY, contract=desk.contract, name="One", facts=EnvironmentFacts(product="Jira")
    )
    assert not Watch.objects.exists()
    settle(actor=SYSTEM, at=MONDAY, contract=desk.contract, changes={"add_ons": ["proactive-monitoring"]})
    assert Watch.objects.count() == 1


@pytest.mark.parametrize(
    ("check", "thresholds", "field"),
    [
        (Check.LOAD, Thresholds(warning=10, critical=5), "critical"),
        (Check.DISK_ROOT, Thresholds(warning=5, critical=10), "critical"),
        (Check.SWAP, Thresholds(warning=-1), "warning"),
        (Check.SWAP, Thresholds(critical=1e30), "critical"),
        (Check.SWAP, Thresholds(critical=float("nan")), "critical"),
        (Check.SWAP, Thresholds(opens_from=Level.OK), "opens_from"),
    ],
)
def test_thresholds_that_make_no_sense_are_refused(check: Check, thresholds: Thresholds, field: str) -> None:
    environment = watched()
    with refused(Invalid, field=field):
        set_thresholds(actor=SYSTEM, at=MONDAY, environment=environment, check=check, thresholds=thresholds)


def test_setting_the_same_thresholds_again_is_no_event() -> None:
    environment = watched()
    for _ in range(2):
        set_thresholds(
            actor=SYSTEM,
            at=MONDAY,
            environment=environment,
            check=Check.LOAD,
            thresholds=Thresholds(critical=30),
        )
    assert Record.objects.filter(kind="watch.thresholds_changed").count() == 1


def test_a_key_is_kept_as_a_digest_and_told_once() -> None:
    environment = watched()
    key, secret = issue_monitoring_key(actor=SYSTEM, at=MONDAY, environment=environment, name="Nagios")
    assert key.digest == digest_of(secret)
    stored = [*MonitoringKey.objects.values_list(), *Record.objects.values_list("data")]
    assert secret not in str(stored)


def test_revoking_twice_is_one_event() -> None:
    key, _ = issue_monitoring_key(actor=SYSTEM, at=MONDAY, environment=watched(), name="Nagios")
    for _ in range(2):
        revoke_monitoring_key(actor=SYSTEM, at=MONDAY, key=key)
    assert Record.objects.filter(kind="watch.key_revoked").count() == 1


@pytest.mark.parametrize("role", ["engineer", "lead", "csm", "account_executive", "administrator"])
def test_staff_of_the_client_issue_keys(role: str) -> None:
    desk = make_desk()
    issue_monitoring_key(
        actor=actor_of(desk.person(role)), at=MONDAY, environment=make_environment(desk.contract), name="N"
    )
    assert MonitoringKey.objects.count() == 1


@pytest.mark.parametrize("role", ["poc", "member", "observer"])
def test_contacts_do_not(role: str) -> None:
    desk = make_desk()
    environment = make_environment(desk.contract)
    with refused(NotAllowed):
        issue_monitoring_key(actor=actor_of(desk.person(role)), at=MONDAY, environment=environment, name="N")


def test_staff_of_other_clients_find_nothing() -> None:
    environment, other = make_environment(make_desk().contract), make_desk("OTHER")
    with refused(NotHere):
        issue_monitoring_key(actor=actor_of(other.engineer), at=MONDAY, environment=environment, name="N")
    with refused(NotHere):
        start_watching(actor=actor_of(other.csm), at=MONDAY, environment=environment)


def test_a_key_without_a_name_is_refused() -> None:
    environment = watched()
    with refused(Invalid, field="name"):
        issue_monitoring_key(actor=SYSTEM, at=MONDAY, environment=environment, name="  ")

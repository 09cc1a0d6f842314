"""One ticket a client and advisory, with its affected environments as a list (P9)."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from contracts.models import Environment
from contracts.services import EnvironmentFacts, add_environment, change_environment
from events.domain.actor import SYSTEM
from events.models import Record
from proactive.domain.advisories import AdvisoryFacts, read_entry
from proactive.models import Advisory, ExposedEnvironment, Exposure
from proactive.services.advisories import keep_advisories
from tests.factories import MONDAY, make_client, make_contract, make_environment
from tests.proactive.domain.test_vulnerabilities import entry
from tests.proactive.monitoring.steps import bodies, minute
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
FACTS = read_entry(entry())


def wiki(key: str = "ACME", version: str = "8.5.3", name: str = "Wiki", **facts: object) -> Environment:
    """A Confluence of a client of its own."""
    return make_environment(
        make_contract(make_client(key)), name, product="Confluence", version=version, **facts
    )


def read(*facts: AdvisoryFacts, at: int = 0) -> int:
    """Keep those advisories."""
    return keep_advisories(at=minute(at), facts=facts or [FACTS])


def test_an_affected_version_opens_a_ticket_that_lists_its_environments() -> None:
    environment = wiki()
    make_environment(
        environment.contract, "Trial [x]", product="confluence", version="8.4", is_production=False
    )
    make_environment(environment.contract, "New", product="Confluence", version="8.5.4")
    assert read() == 1
    ticket = Ticket.objects.get()
    body = ticket.messages.get().body
    assert (ticket.subject, ticket.environment) == ("CVE-2026-1234, base score 9.8: Confluence", environment)
    assert "* Wiki: Confluence 8.5.3\n* Trial \\[x\\]: confluence 8.4, not production" in body
    assert "New" not in body


def test_reading_it_again_changes_nothing() -> None:
    wiki()
    assert [read(), read(at=1), read(FACTS, FACTS, at=2)] == [1, 0, 0]
    assert (Ticket.objects.count(), Exposure.objects.count(), ExposedEnvironment.objects.count()) == (1, 1, 1)
    assert Record.objects.filter(kind="exposure.found").count() == 1


def test_each_client_has_its_own_ticket_with_its_own_environments_alone() -> None:
    wiki("ALPHA", name="Alpha wiki")
    wiki("BETA", name="Beta wiki")
    assert read() == 2
    for ticket in Ticket.objects.all():
        body = ticket.messages.get().body
        assert ("Alpha wiki" in body, "Beta wiki" in body) == (
            ticket.client.key == "ALPHA",
            ticket.client.key == "BETA",
        )


@pytest.mark.parametrize("version", ["8.5.4", "", "cloud", "latest"])
def test_a_version_that_is_not_affected_or_not_known_opens_nothing(version: str) -> None:
    wiki(version=version)
    assert (read(), Advisory.objects.count(), Exposure.objects.count()) == (0, 1, 0)


def test_what_the_maker_runs_himself_opens_nothing() -> None:
    wiki(deployment="Cloud")
    assert read() == 0


def test_under_nine_nothing_is_kept() -> None:
    wiki()
    assert (read(replace(FACTS, score=8.9)), Advisory.objects.count()) == (0, 0)


def test_without_a_contract_in_force_nothing_opens() -> None:
    make_environment(
        make_contract(make_client(), ends_on=date(2026, 3, 1)), product="Confluence", version="8.5.3"
    )
    assert read() == 0


def test_a_retired_environment_is_not_listed() -> None:
    wiki(retired_at=MONDAY)
    assert read() == 0


def test_the_database_underneath_is_matched_by_its_own_version() -> None:
    facts = read_entry(
        entry(
            configurations=[
                {
                    "nodes": [
                        {
                            "cpeMatch": [
                                {
                                    "vulnerable": True,
                                    "criteria": "cpe:2.3:a:postgresql:postgresql:*:*:*:*:*:*:*:*",
                                    "versionEndExcluding": "16.3",
                                }
                            ]
                        }
                    ]
                }
            ]
        )
    )
    wiki(version="9.9", database="PostgreSQL 16.2")
    assert read(facts) == 1
    assert "PostgreSQL 16.2" in Ticket.objects.get().messages.get().body


def test_an_environment_that_comes_later_joins_the_clients_ticket() -> None:
    environment = wiki()
    read()
    add_environment(
        actor=SYSTEM,
        at=minute(5),
        contract=environment.contract,
        name="Second wiki",
        facts=EnvironmentFacts(product="Confluence", version="8.2"),
    )
    assert [body.splitlines()[-1] for body in bodies(Ticket.objects.get())] == [
        "* Second wiki: Confluence 8.2"
    ]


def test_an_environment_that_is_set_back_to_an_affected_version_is_found() -> None:
    environment = wiki(version="8.5.4")
    read()
    change_environment(actor=SYSTEM, at=minute(1), environment=environment, changes={"version": "8.5.1"})
    assert Ticket.objects.count() == 1


def test_a_withdrawn_advisory_opens_nothing_for_those_who_come_later() -> None:
    environment = wiki(version="8.5.4")
    read()
    read(replace(FACTS, is_rejected=True), at=1)
    change_environment(actor=SYSTEM, at=minute(2), environment=environment, changes={"version": "8.5.1"})
    assert Ticket.objects.count() == 0
    assert Advisory.objects.get().withdrawn_at == minute(1)


def test_an_advisory_concerns_a_client_once_by_constraint() -> None:
    wiki()
    read()
    twin = Exposure.objects.get()
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)

"""Who manages webhooks, and what is refused."""

import pytest

from events.domain.errors import Invalid, NotAllowed, NotHere
from events.models import Record
from notify.models import Delivery, Endpoint
from notify.queries import endpoint_for, endpoints_of
from notify.seal import opened
from notify.services import (
    add_endpoint,
    change_endpoint,
    deliver_due,
    dispatch,
    remove_endpoint,
    resume_endpoint,
    suspend_endpoint,
)
from tests.factories import MONDAY, actor_of, make_contract, make_desk, make_ticket
from tests.notify.told import Desk

URL = "https://hooks.acme.example/caredesk"


@pytest.fixture
def endpoint(desk: Desk) -> Endpoint:
    """An endpoint of the client."""
    return add_endpoint(actor=actor_of(desk.poc), at=MONDAY, client=desk.client, url=URL)[0]


def test_a_secret_is_shown_once_and_stored_sealed(desk: Desk) -> None:
    endpoint, secret = add_endpoint(actor=actor_of(desk.poc), at=MONDAY, client=desk.client, url=URL)
    assert secret.startswith("whsec_")
    assert secret not in endpoint.secret
    assert opened(endpoint.secret) == secret


@pytest.mark.parametrize("role", ["member", "observer", "engineer", "lead", "csm", "account_executive"])
def test_others_than_points_of_contact_and_administrators_add_no_endpoint(desk: Desk, role: str) -> None:
    with pytest.raises(NotAllowed):
        add_endpoint(actor=actor_of(desk.person(role)), at=MONDAY, client=desk.client, url=URL)
    assert not Endpoint.objects.exists()
    assert not Record.objects.filter(kind="endpoint.added").exists()


@pytest.mark.parametrize(
    "url", ["http://hooks.acme.example/", "https://u:p@acme.example/", "ftp://x/", "", "x"]
)
def test_an_address_that_we_do_not_call_is_refused_with_words(desk: Desk, url: str) -> None:
    with pytest.raises(Invalid) as refusal:
        add_endpoint(actor=actor_of(desk.poc), at=MONDAY, client=desk.client, url=url)
    assert refusal.value.fields["url"]
    assert not Endpoint.objects.exists()


def test_an_unknown_kind_is_refused_by_name(desk: Desk) -> None:
    with pytest.raises(Invalid) as refusal:
        add_endpoint(actor=actor_of(desk.poc), at=MONDAY, client=desk.client, url=URL, kinds=["time.logged"])
    assert "time.logged" in refusal.value.fields["kinds"]


def test_an_address_stands_once_a_client(desk: Desk, endpoint: Endpoint) -> None:
    with pytest.raises(Invalid):
        add_endpoint(actor=actor_of(desk.poc), at=MONDAY, client=desk.client, url=URL)
    assert Endpoint.objects.count() == 1


def test_a_contract_of_another_client_is_refused(desk: Desk) -> None:
    foreign = make_desk("OTHER").contract
    with pytest.raises(Invalid):
        add_endpoint(actor=actor_of(desk.poc), at=MONDAY, client=desk.client, url=URL, contract=foreign)
    assert not Endpoint.objects.exists()


def test_an_endpoint_of_another_client_is_not_here(desk: Desk, endpoint: Endpoint) -> None:
    stranger = actor_of(make_desk("OTHER").poc)
    for number in (endpoint.pk, 4711):
        with pytest.raises(NotHere):
            endpoint_for(stranger, number)
    assert not endpoints_of(stranger, desk.client).exists()
    assert endpoint_for(actor_of(desk.poc), endpoint.pk) == endpoint


def test_changing_nothing_records_nothing(desk: Desk, endpoint: Endpoint) -> None:
    actor = actor_of(desk.poc)
    change_endpoint(actor=actor, at=MONDAY, endpoint=endpoint, url=URL, label="", kinds=[])
    assert not Record.objects.filter(kind="endpoint.changed").exists()
    change_endpoint(actor=actor, at=MONDAY, endpoint=endpoint, url=URL, label="Ours", kinds=["ticket.opened"])
    assert Record.objects.get(kind="endpoint.changed").data["what"] == ["label", "kinds"]


def test_suspending_twice_is_one_event(desk: Desk, endpoint: Endpoint) -> None:
    for _ in range(2):
        suspend_endpoint(actor=actor_of(desk.poc), at=MONDAY, endpoint=endpoint, reason="Moving.")
    for _ in range(2):
        resume_endpoint(actor=actor_of(desk.poc), at=MONDAY, endpoint=endpoint)
    assert Record.objects.filter(kind="endpoint.suspended").count() == 1
    assert Record.objects.filter(kind="endpoint.resumed").count() == 1


def test_a_removed_endpoint_hears_nothing_and_is_gone(desk: Desk, endpoint: Endpoint) -> None:
    make_ticket(desk.contract, requester=desk.member)
    dispatch(at=MONDAY)
    remove_endpoint(actor=actor_of(desk.poc), at=MONDAY, endpoint=endpoint)
    make_ticket(desk.contract, requester=desk.member)
    dispatch(at=MONDAY)
    hooks = Delivery.objects.filter(channel="webhook")
    assert set(hooks.values_list("state", flat=True)) == {"withdrawn"}
    with pytest.raises(NotHere):
        endpoint_for(actor_of(desk.poc), endpoint.pk)


def test_an_endpoint_of_one_contract_hears_nothing_of_another(desk: Desk) -> None:
    other = make_contract(desk.client, name="Second")
    add_endpoint(actor=actor_of(desk.poc), at=MONDAY, client=desk.client, url=URL, contract=other)
    make_ticket(desk.contract, requester=desk.member)
    dispatch(at=MONDAY)
    deliver_due(at=MONDAY)
    assert set(Delivery.objects.filter(channel="webhook").values_list("state", flat=True)) == {"withdrawn"}

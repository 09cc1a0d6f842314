"""`/tickets`: filing, listing, reading and changing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from events.models import Record
from tests.api.conftest import PROBLEM, Caller, caller_of_client, caller_of_staff, form
from tests.factories import MONDAY, Desk, make_contract, make_environment, make_ticket, reply
from tickets.models import Ticket


def codes_of(answer: object) -> list[str]:
    return [one["field"] for one in answer.json()["errors"]]  # type: ignore[attr-defined]


def test_a_clients_system_opens_a_ticket(desk: Desk, jira: Caller) -> None:
    answer = jira.post("tickets", form(desk, external_reference="OPS-7", participants=[desk.member.email]))
    told = answer.json()
    assert (answer.status_code, told["key"], told["client"], told["channel"]) == (
        201,
        "ACME-1",
        "ACME",
        "api",
    )
    assert answer["Location"].endswith("/api/v1/tickets/ACME-1")
    assert told["next_due_at"] is not None
    assert Ticket.objects.get().participants.get().person == desk.member


def test_without_a_contract_it_goes_under_the_only_one_in_force(desk: Desk, jira: Caller) -> None:
    asked = form(desk)
    del asked["contract"]
    assert jira.post("tickets", asked).json()["contract"] == desk.contract.pk
    make_contract(desk.client, "premier-support")
    answer = jira.post("tickets", asked)
    assert (answer.status_code, codes_of(answer)) == (422, ["contract"])


def test_an_engineer_files_for_a_contact(desk: Desk, engineer: Caller) -> None:
    asked = form(desk, channel="phone")
    assert codes_of(engineer.post("tickets", asked)) == ["requester"]
    told = engineer.post("tickets", {**asked, "requester": desk.poc.email.upper()}).json()
    assert (told["requester"]["id"], told["channel"]) == (desk.poc.pk, "phone")


@pytest.mark.parametrize(
    ("spoilt", "field"),
    [
        ({"surprise": 1}, "surprise"),
        ({"subject": 7}, "subject"),
        ({"subject": "\x00"}, "subject"),
        ({"contract": "1"}, "contract"),
        ({"contract": True}, "contract"),
        ({"participants": ["nobody"]}, "participants.0"),
    ],
)
def test_what_cannot_be_read_is_a_400_that_names_the_field(
    desk: Desk, jira: Caller, spoilt: dict[str, object], field: str
) -> None:
    answer = jira.post("tickets", form(desk, **spoilt))
    assert (answer.status_code, answer["Content-Type"], codes_of(answer)) == (400, PROBLEM, [field])
    assert not Ticket.objects.exists()


def test_what_the_plan_does_not_know_is_a_422(desk: Desk, jira: Caller) -> None:
    answer = jira.post("tickets", form(desk, urgency="hot", request_type="wish"))
    assert (answer.status_code, set(codes_of(answer))) == (422, {"urgency", "request_type"})
    assert not Ticket.objects.exists()


def test_foreign_and_missing_things_in_a_body_read_alike(desk: Desk, other_desk: Desk, jira: Caller) -> None:
    foreign = make_environment(other_desk.contract)
    for field, theirs, nobodys in (
        ("contract", other_desk.contract.pk, 999),
        ("environment", foreign.pk, 999),
        ("participants", [other_desk.poc.email], ["nobody@acme.example"]),
        ("requester", other_desk.poc.email, "nobody@acme.example"),
    ):
        answers = [jira.post("tickets", form(desk, **{field: value})) for value in (theirs, nobodys)]
        assert answers[0].status_code == 422
        assert answers[0].content == answers[1].content
    assert not Ticket.objects.exists()


def test_foreign_and_missing_tickets_give_the_same_bytes(
    ticket: Ticket, other_desk: Desk, jira: Caller
) -> None:
    foreign = make_ticket(other_desk.contract, requester=other_desk.poc)
    for part in ("", "/messages", "/clocks", "/events", "/attachments", "/participants", "/links"):
        answers = [jira.get(f"tickets/{key}{part}") for key in (foreign.key, "BETA-999", "NONE-1")]
        assert {one.status_code for one in answers} == {404}
        assert len({one.content for one in answers}) == 1


def test_a_key_of_one_contract_sees_that_one_alone(desk: Desk, ticket: Ticket) -> None:
    second = make_contract(desk.client, "premier-support")
    bound = caller_of_client(desk, contract=second)
    assert bound.get("tickets").json()["results"] == []
    assert bound.get(f"tickets/{ticket.key}").status_code == 404
    assert [one["id"] for one in bound.get("contracts").json()["results"]] == [second.pk]
    assert bound.post("tickets", form(desk)).status_code == 422


def test_filters_narrow_the_list(desk: Desk, ticket: Ticket, jira: Caller) -> None:
    make_ticket(desk.contract, requester=desk.poc, urgency="low", subject="A field sits crooked")

    def found(query: str) -> list[str]:
        return [one["key"] for one in jira.get(f"tickets?{query}").json()["results"]]

    assert found("urgency=low") == found("q=crooked") == found("q=FIELD%20crook") == ["ACME-2"]
    assert found("clock_state=running&order=next_due") == ["ACME-1", "ACME-2"]
    assert found("status=closed") == found("clock_state=met") == found("assignee=99") == []
    after = (MONDAY + timedelta(seconds=1)).isoformat().replace("+", "%2B")
    assert found(f"updated_after={after}") == []
    assert found("order=created") == ["ACME-2", "ACME-1"]


def test_words_find_what_the_caller_may_read(desk: Desk, ticket: Ticket, jira: Caller) -> None:
    staff = caller_of_staff(desk.engineer)
    staff.post(f"tickets/{ticket.key}/messages", {"body": "A canary", "visibility": "internal"})
    staff.post(f"tickets/{ticket.key}/messages", {"body": "A turbine"})

    def found(caller: Caller, word: str) -> int:
        return len(caller.get(f"tickets?q={word}").json()["results"])

    assert (found(jira, "turbine"), found(jira, "canary"), found(staff, "canary")) == (1, 0, 1)


@pytest.mark.parametrize(
    "query", ["status=lost", "colour=red", "limit=0", "limit=101", "assignee=x", "status=", "q=a&q=b",
              "updated_after=yesterday", "order=priority", "cursor=made-up"]
)  # fmt: skip
def test_unknown_parameters_and_values_are_a_400(ticket: Ticket, jira: Caller, query: str) -> None:
    answer = jira.get(f"tickets?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
    assert codes_of(answer) == [query.partition("=")[0]]


def test_a_ticket_is_told_to_staff_with_more_than_to_its_client(
    ticket: Ticket, jira: Caller, engineer: Caller
) -> None:
    for_client, for_staff = (one.get(f"tickets/{ticket.key}").json() for one in (jira, engineer))
    assert for_staff.keys() - for_client.keys() == {
        "tags", "flags", "team", "vendor_reference", "rating_comment"
    }  # fmt: skip
    assert "email" not in for_client["requester"]


def test_a_change_needs_the_state_that_it_names(ticket: Ticket, jira: Caller) -> None:
    etag = jira.get(f"tickets/{ticket.key}")["ETag"]
    first = jira.patch(f"tickets/{ticket.key}", {"urgency": "low"}, If_Match=etag)
    assert (first.status_code, first.json()["urgency"], first["ETag"] != etag) == (200, "low", True)
    second = jira.patch(f"tickets/{ticket.key}", {"urgency": "high"}, If_Match=etag)
    assert (second.status_code, second.json()["code"]) == (412, "precondition_failed")
    assert Ticket.objects.get().urgency == "low"


def test_an_unchanged_ticket_is_not_told_twice(desk: Desk, ticket: Ticket, jira: Caller) -> None:
    etag = jira.get(f"tickets/{ticket.key}")["ETag"]
    again = jira.get(f"tickets/{ticket.key}", If_None_Match=etag)
    assert (again.status_code, again.content) == (304, b"")
    reply(ticket, desk.engineer)
    assert jira.get(f"tickets/{ticket.key}", If_None_Match=etag).status_code == 200


def test_a_change_is_made_whole_or_not_at_all(ticket: Ticket, staff: Callable[[str], Caller]) -> None:
    before = Record.objects.count()
    answer = staff("lead").patch(f"tickets/{ticket.key}", {"tags": ["slow"], "category": "no such thing"})
    assert (answer.status_code, codes_of(answer)) == (422, ["category"])
    ticket.refresh_from_db()
    assert ticket.tags == []
    assert Record.objects.exclude(subject_type="api_key").count() <= before + 1


def test_a_lead_assigns_and_tags(desk: Desk, ticket: Ticket, staff: Callable[[str], Caller]) -> None:
    change = {"assignee": desk.engineer.email, "tags": ["Slow", "slow"], "vendor_reference": "JRA-1"}
    told = staff("lead").patch(f"tickets/{ticket.key}", change).json()
    assert (told["assignee"]["id"], told["tags"]) == (desk.engineer.pk, ["slow"])
    told = staff("lead").patch(f"tickets/{ticket.key}", {"assignee": None}).json()
    assert told["assignee"] is None


def test_staff_do_not_set_the_clients_urgency(ticket: Ticket, engineer: Caller) -> None:
    answer = engineer.patch(f"tickets/{ticket.key}", {"urgency": "low", "reason": "It is small"})
    assert (answer.status_code, answer.json()["code"]) == (403, "propose_instead")
    ticket.refresh_from_db()
    assert ticket.urgency == "critical"


def test_a_client_cannot_send_what_is_for_staff(ticket: Ticket, jira: Caller) -> None:
    answer = jira.patch(f"tickets/{ticket.key}", {"tags": ["mine"]})
    assert (answer.status_code, codes_of(answer)) == (400, ["tags"])

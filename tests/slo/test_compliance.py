"""S16: met of counted, by any view, with what was not counted beside it."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from events.domain.errors import Invalid
from slo.models import Clock
from slo.queries import Report, clocks_behind, compliance
from slo.reports import report_csv, report_pdf
from slo.reports.table import percent, safe_cell
from slo.services import sweep_due
from tests.factories import Desk, actor_of, make_desk
from tests.factories.work import make_ticket, reply
from tests.slo.reading import after
from tickets.services import change_status

MARCH: dict[str, Any] = {"from_": date(2026, 3, 1), "to": date(2026, 3, 31)}


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """Six tickets: two answered in time, one late, one exempt, one cancelled, one still running."""
    tickets = [make_ticket(desk.contract, requester=desk.poc) for _ in range(4)]
    make_ticket(desk.contract, requester=desk.poc, channel="email")
    make_ticket(desk.contract, requester=desk.poc, urgency="low")
    for ticket, minutes in zip(tickets, (5, 10, 45), strict=False):
        reply(ticket, desk.engineer, at=after(minutes=minutes))
    change_status(
        actor=actor_of(desk.engineer),
        at=after(minutes=1),
        ticket=tickets[3],
        to="cancelled",
        reason="Filed twice",
    )
    return desk


def report(desk: Desk, *group_by: str, **filters: Any) -> Report:  # noqa: ANN401 - any filter
    """The report of March as the point of contact opens it."""
    return compliance(actor_of(desk.poc), **MARCH, group_by=group_by, filters=filters)


def test_compliance_is_met_of_met_and_missed(worked: Desk) -> None:
    total = report(worked).total
    assert (total.met, total.missed, total.exempt, total.cancelled, total.running) == (2, 1, 1, 1, 1)
    assert total.compliance == pytest.approx(2 / 3)


def test_figures_can_be_split_by_several_views(worked: Desk) -> None:
    rows = report(worked, "urgency", "month").rows
    assert {(row.group["urgency"], row.group["month"]) for row in rows} == {
        ("critical", "2026-03"),
        ("low", "2026-03"),
    }


@pytest.mark.parametrize("view", ["objective", "urgency", "request_type", "plan", "client", "month"])
def test_every_view_adds_up_to_the_total(worked: Desk, view: str) -> None:
    told = report(worked, view)
    assert sum(row.figures.counted for row in told.rows) == told.total.counted == 3


def test_figures_can_be_narrowed(worked: Desk) -> None:
    assert report(worked, urgency="low").total.running == 1
    assert report(worked, client="acme", rank="1", objective="first_response").total.met == 2


def test_every_number_opens_the_clocks_behind_it(worked: Desk) -> None:
    (late,) = clocks_behind(actor_of(worked.poc), **MARCH, state="missed", month="2026-03")
    assert late.ticket.key == "ACME-3"


def test_a_month_is_the_month_of_due_in_the_contracts_zone(db: None) -> None:
    sydney = make_desk("SYD")
    sydney.contract.calendar.versions.update(
        content={
            "tz": "Australia/Sydney",
            "weekly": {"wed": [["00:00", "24:00"]]},
            "holidays": {},
            "overrides": {},
        },
        digest="sydney",
    )
    make_ticket(sydney.contract, requester=sydney.poc, at=after(days=29, hours=4.5))
    assert str(Clock.objects.get().due_on) == "2026-04-01"


def test_a_resolution_threshold_is_no_promise_and_stands_apart(desk: Desk) -> None:
    desk.contract.resolution_thresholds = {"critical": 3600}
    desk.contract.save()
    make_ticket(desk.contract, requester=desk.poc)
    sweep_due(at=after(hours=2))
    assert report(desk).total.missed == 1
    assert report(desk, objective="resolution").total.missed == 1


def test_another_clients_clocks_are_not_counted(worked: Desk) -> None:
    other = make_desk("OTHER")
    make_ticket(other.contract, requester=other.poc)
    assert report(other).total.running == 1
    assert report(worked).total.counted == 3


def test_a_member_sees_the_clocks_of_own_tickets_alone(worked: Desk) -> None:
    make_ticket(worked.contract, requester=worked.member)
    told = compliance(actor_of(worked.member), **MARCH)
    assert (told.total.running, told.total.counted) == (1, 0)


def test_a_lead_sees_all_clients(worked: Desk) -> None:
    assert compliance(actor_of(worked.lead), **MARCH).total.counted == 3


def test_the_report_costs_one_statement(
    worked: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actor = actor_of(worked.poc)
    with django_assert_num_queries(1):
        compliance(actor, **MARCH, group_by=("client", "month", "objective"))


@pytest.mark.parametrize(
    ("fault", "asked"),
    [
        ("group_by", {"group_by": ("weather",)}),
        ("group_by", {"group_by": ("month", "month")}),
        ("to", {"to": date(2026, 2, 1)}),
        ("weather", {"filters": {"weather": "rain"}}),
        ("contract", {"filters": {"contract": "one"}}),
    ],
)
def test_what_cannot_be_reported_is_refused(desk: Desk, fault: str, asked: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refusal:
        compliance(actor_of(desk.poc), **{**MARCH, **asked})
    assert set(refusal.value.fields) == {fault}


@pytest.mark.parametrize("asked", [{"state": "tired"}, {"month": "March"}])
def test_a_number_that_does_not_exist_is_refused(desk: Desk, asked: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        clocks_behind(actor_of(desk.poc), **MARCH, **asked)


def test_the_report_as_csv_ends_with_the_total(worked: Desk) -> None:
    lines = report_csv(report(worked, "objective")).splitlines()
    assert lines[0] == 'Objective,Met,Missed,"Met of counted, %",Exempt,Paused,Withdrawn,Running'
    assert lines[-1] == "Total,2,1,66.6,1,0,1,1"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@now", "\t=1", "＝1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_a_hundred_percent_means_all(desk: Desk) -> None:
    total = report(desk).total
    assert percent(total) == ""
    total.met, total.missed = 9999, 1
    assert percent(total) == "99.9"


def test_the_report_as_pdf_is_the_same_each_time(worked: Desk) -> None:
    told = report(worked, "client", "urgency")
    first, second = (report_pdf(told, title="Zażółć €", made_at=after(), wording="Aims.") for _ in range(2))
    assert first.startswith(b"%PDF")
    assert first == second

"""Statements: opening plus movements is closing, closed months never change, chains hold (H9)."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest

from events.domain.errors import NotHere
from events.models import Record
from hours import services
from hours.models import OverageRequest, Statement
from hours.queries import broken_chains, digest_of, months_of, statement
from hours.statement_csv import statement_csv
from hours.statement_pdf import Letterhead, statement_pdf
from tests.factories import moment
from tests.hours.conftest import Hours, make_hours

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
CLOSED = moment("2026-04-04 00:00")


@pytest.fixture
def march(hours: Hours) -> Hours:
    """A month with work, a reversal, held work and free work."""
    first = hours.log(50)
    hours.log(30, note='=HYPERLINK("x")')
    services.reverse_entry(
        actor=hours.actor("engineer"), at=moment("2026-03-03 09:00"), entry=first, reason="Doubled"
    )
    hours.log(20, activity="escalation")
    hours.log(600)
    return hours


def test_opening_plus_movements_is_closing(march: Hours) -> None:
    body = statement(march.contract, MARCH)
    assert body.is_balanced
    assert (body.opening, body.closing) == (0, 570)
    assert body.sums() == {"grant": 600, "draw": -90, "reversal": 60}


def test_every_line_of_work_names_ticket_person_day_and_both_amounts(march: Hours) -> None:
    line = statement(march.contract, MARCH).lines[1]
    assert (line.ticket, line.person) == ("ACME-1", march.desk.engineer.name)
    assert (line.worked_on, line.worked_minutes, line.billed_minutes) == ("2026-03-02", 50, 60)


def test_what_moved_nothing_is_shown_aside(march: Hours) -> None:
    aside = statement(march.contract, MARCH).aside
    assert [line.kind for line in aside] == ["not_billed", "held"]


def test_a_month_opens_with_the_closing_of_the_month_before(march: Hours) -> None:
    services.grant_periods(at=CLOSED)
    april = statement(march.contract, APRIL)
    assert april.opening == 570
    assert [line.kind for line in april.lines] == ["expiry", "grant"]


def test_a_month_closes_three_days_into_the_next_where_the_client_is(march: Hours) -> None:
    assert services.close_months(at=moment("2026-04-03 22:59")) == 0
    assert services.close_months(at=moment("2026-04-03 23:00")) == 1
    assert services.close_months(at=moment("2026-04-03 23:00")) == 0
    assert Statement.objects.get().month == MARCH
    assert Record.objects.filter(kind="hours.month_closed").count() == 1


def test_a_closed_month_does_not_change_and_corrections_show_in_the_next(march: Hours) -> None:
    entry = march.log(60)
    services.close_months(at=CLOSED)
    before = statement(march.contract, MARCH)
    services.reverse_entry(
        actor=march.actor("engineer"), at=moment("2026-04-06 09:00"), entry=entry, reason="Wrong"
    )
    assert statement(march.contract, MARCH) == before
    assert "reversal" in statement(march.contract, APRIL).sums()


def test_a_closed_month_has_a_digest_to_print_and_an_open_one_has_none(march: Hours) -> None:
    assert digest_of(march.contract, MARCH) == ""
    services.close_months(at=CLOSED)
    assert digest_of(march.contract, date(2026, 3, 17)) == Statement.objects.get().digest


def test_an_act_that_waited_for_the_close_is_booked_in_the_open_month(march: Hours) -> None:
    services.close_months(at=CLOSED)
    late = moment("2026-03-31 22:00")
    services.decide_overage(
        actor=march.actor("poc"), at=late, overage=OverageRequest.objects.get(), approve=True, minutes=60
    )
    assert statement(march.contract, MARCH).is_balanced
    assert statement(march.contract, APRIL).sums()["overage"] == 60


def test_several_months_close_at_once_and_chain(hours: Hours) -> None:
    hours.log(60)
    services.close_months(at=moment("2026-07-10 09:00"))
    digests = Statement.objects.order_by("month").values_list("previous_digest", "digest")
    assert len(digests) == 4
    assert [previous for previous, _ in digests][1:] == [own for _, own in digests][:-1]
    assert broken_chains() == []


@pytest.mark.parametrize("column", ["body", "digest", "previous_digest"])
def test_a_statement_that_was_tampered_with_is_found(march: Hours, column: str) -> None:
    services.close_months(at=moment("2026-06-10 09:00"))
    row = Statement.objects.order_by("month").last()
    assert row is not None
    value = {**row.body, "zone": "UTC"} if column == "body" else "0" * 64
    row.pk = None
    forged = Statement(
        **{
            field.attname: getattr(row, field.attname)
            for field in Statement._meta.fields
            if field.name != "id"
        }
    )
    forged.month = date(2027, 1, 1)
    setattr(forged, column, value)
    forged.save()
    assert broken_chains()


def test_a_contract_that_is_over_stops_closing_months(db: None) -> None:
    ended = make_hours(ends_on=date(2026, 3, 20))
    ended.log(60)
    services.close_months(at=moment("2027-01-10 09:00"))
    assert list(Statement.objects.values_list("month", flat=True)) == [MARCH]


def test_a_month_before_the_contract_is_not_there(march: Hours) -> None:
    with pytest.raises(NotHere):
        statement(march.contract, date(2026, 2, 1))
    assert months_of(march.contract, until=date(2026, 4, 20)) == [APRIL, MARCH]


def test_the_csv_adds_up_and_defuses_formulas(march: Hours) -> None:
    rows = list(csv.DictReader(StringIO(statement_csv(statement(march.contract, MARCH)))))
    moved = sum(int(row["minutes"]) for row in rows if row["number"])
    assert int(rows[0]["balance"]) + moved == int(rows[-1]["balance"]) == 570
    assert any(row["note"] == '\'=HYPERLINK("x")' for row in rows)


def test_the_pdf_takes_every_script_of_europe(march: Hours) -> None:
    march.log(15, note="Łódź, Ærø, 20 € für Ελλάδα")
    head = Letterhead(client="Łódź Ltd", contract="Total Care", digest="ab" * 32)
    pdf = statement_pdf(statement(march.contract, MARCH), head)
    assert pdf.startswith(b"%PDF-")
    assert len(pdf) < 200_000

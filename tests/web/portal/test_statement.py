"""A month's statement: closed ones carry digest and chain, on the page and in print; others are not here."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hours.models import Statement
from hours.services import close_months
from tests.factories import Desk
from tests.hours.reading import texts_of
from tests.web.portal.conftest import EnterAs

CLOSED = "2026-03"


@pytest.fixture
def closed(desk: Desk) -> list[Statement]:
    """Every month that is over is closed."""
    close_months(at=timezone.now())
    return list(Statement.objects.filter(contract=desk.contract).order_by("month"))


def test_a_closed_month_shows_its_digest_and_the_one_before(
    enter: EnterAs, desk: Desk, closed: list[Statement]
) -> None:
    first, second = closed[:2]
    page = enter().page("statement", contract_id=desk.contract.pk, month=f"{second.month:%Y-%m}")
    assert second.digest in page
    assert first.digest in page
    assert "It will not change" in page


def test_the_first_month_says_that_it_is_the_first(
    enter: EnterAs, desk: Desk, closed: list[Statement]
) -> None:
    page = enter().page("statement", contract_id=desk.contract.pk, month=f"{closed[0].month:%Y-%m}")
    assert "None: this was the first month" in page


def test_the_printed_statement_carries_the_digest(
    enter: EnterAs, desk: Desk, closed: list[Statement]
) -> None:
    pdf = enter().get("statement_pdf", contract_id=desk.contract.pk, month=f"{closed[0].month:%Y-%m}")
    assert closed[0].digest in " ".join(texts_of(pdf.content))


def test_an_open_month_says_until_when_it_is_open(enter: EnterAs, desk: Desk) -> None:
    page = enter().page("statement", contract_id=desk.contract.pk, month=f"{timezone.now():%Y-%m}")
    assert "Still open" in page
    assert "three days into the next month" in page


@pytest.mark.parametrize(
    "month",
    ["2026-13", "2026-00", "2026-3", "soon", "0000-01", "9999-12", "２０２６-03", "2026-03-01", "1999-01"],
)
@pytest.mark.parametrize("name", ["statement", "statement_csv", "statement_pdf"])
def test_what_is_no_month_of_the_contract_is_not_here(
    enter: EnterAs, desk: Desk, name: str, month: str
) -> None:
    assert enter().get(name, contract_id=desk.contract.pk, month=month).status_code == 404


def test_a_month_to_come_is_not_here(enter: EnterAs, desk: Desk) -> None:
    ahead = timezone.now() + timedelta(days=40)
    reply = enter().get("statement", contract_id=desk.contract.pk, month=f"{ahead:%Y-%m}")
    assert reply.status_code == 404

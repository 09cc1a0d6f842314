"""S15 on paper: each missed clock with its strip, in words that sum to its target."""

from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from slo.models import Clock
from slo.queries import explain, explain_clocks
from slo.reports import printed, report_pdf
from slo.reports.strips import PrintedClock, clock_text
from slo.services import sweep_due
from tests.factories import Desk, actor_of
from tests.factories.work import make_ticket
from tests.slo.reading import after
from tests.slo.test_compliance import report
from tickets.services import change_status


@pytest.fixture
def late(desk: Desk) -> Desk:
    """A ticket of low urgency that nobody answered: sixteen open hours from Monday at nine."""
    make_ticket(desk.contract, requester=desk.poc, urgency="low")
    sweep_due(at=after(days=3))
    return desk


def missed() -> list[Clock]:
    """The missed clocks with their tickets."""
    return list(Clock.objects.filter(state="missed").select_related("ticket").order_by("id"))


def on_paper(desk: Desk) -> PrintedClock:
    """The one missed clock as it is printed."""
    (only,) = printed(missed(), at=after(days=3))
    return only


def test_the_first_line_says_which_clock_and_when_it_was_due(late: Desk) -> None:
    assert on_paper(late).head == "ACME-1 First response, due Tue 03 Mar 2026, 17:00 GMT: missed"


def test_every_stretch_has_its_line_and_they_sum_to_the_target(late: Desk) -> None:
    assert on_paper(late).lines == [
        "Mon 02 Mar 2026, 09:00 to Mon 02 Mar 2026, 17:00: open, counted 8:00:00",
        "Mon 02 Mar 2026, 17:00 to Tue 03 Mar 2026, 09:00: closed (Outside support hours)",
        "Tue 03 Mar 2026, 09:00 to Tue 03 Mar 2026, 17:00: open, counted 8:00:00",
        "Counted together: 16:00:00",
    ]


def test_a_pause_is_printed_with_its_cause(guaranteed: Desk) -> None:
    ticket = make_ticket(guaranteed.contract, requester=guaranteed.poc)
    staff = actor_of(guaranteed.engineer)
    for minutes, to in ((30, "waiting_on_client"), (60, "in_progress")):
        change_status(
            actor=staff, at=after(minutes=minutes), ticket=ticket, to=to,
            waiting_on=guaranteed.poc, waiting_for="May we?",
        )  # fmt: skip
    sweep_due(at=after(days=3))
    told = " ".join(line for clock in printed(missed(), at=after(days=3)) for line in clock.lines)
    assert "paused (" in told


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00:00"), (59, "0:00:59"), (3600, "1:00:00"), (360_061, "100:01:01")]
)
def test_amounts_are_told_to_the_second(seconds: int, text: str) -> None:
    assert clock_text(seconds) == text


def test_many_stretches_are_cut_short_and_still_summed(late: Desk) -> None:
    one = on_paper(late)
    many = PrintedClock(
        title="X", state="missed", due_at=None, zone=ZoneInfo("UTC"), segments=[*one.segments] * 9
    )
    assert many.head == "X: missed"
    assert many.lines[-2:] == ["and 15 more stretches", "Counted together: 144:00:00"]


def test_the_printed_report_grows_by_its_strips_and_stays_the_same_each_time(late: Desk) -> None:
    figures = report(late)
    plain = report_pdf(figures, title="Service levels", made_at=after(days=3))
    clocks = printed(missed(), at=after(days=3))
    first, second = (
        report_pdf(figures, title="Service levels", made_at=after(days=3), explained=clocks) for _ in range(2)
    )
    assert first == second
    assert len(first) > len(plain)


def test_a_clock_without_any_stretch_is_printed_too(late: Desk) -> None:
    bare = PrintedClock(title="X", state="exempt", due_at=None, zone=ZoneInfo("UTC"), segments=())
    made = report_pdf(report(late), title="Service levels", made_at=after(days=3), explained=[bare])
    assert made.startswith(b"%PDF")


def test_what_is_printed_is_what_the_ticket_explains(late: Desk) -> None:
    ((row, told),) = explain_clocks(missed(), at=after(days=3))
    assert [told] == explain(row.ticket, at=after(days=3))


def test_twenty_clocks_cost_as_many_statements_as_one(late: Desk) -> None:
    few = statements()
    for _ in range(9):
        make_ticket(late.contract, requester=late.poc)
    sweep_due(at=after(days=3))
    assert statements() == few


def statements() -> int:
    """What printing all missed clocks costs."""
    clocks = missed()
    printed(clocks, at=after(days=3))
    with CaptureQueriesContext(connection) as told:
        printed(clocks, at=after(days=3))
    return len(told)

"""The service-level report as people read it: figures, wording, what is behind each number (S16, S18)."""

import csv
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import Desk, make_desk
from tests.factories.work import make_ticket, reply
from tests.hours.reading import texts_of
from tests.slo.reading import after
from tests.web.success.world import MARCH, signed_in, text_of, worked_desk

REPORT = f"/success/service-levels/?{MARCH}"


@pytest.fixture
def worked(db: None) -> Desk:
    """A desk with two tickets met, one missed, one exempt, one withdrawn, one running."""
    return worked_desk()


def told(page: str) -> str:
    """What a page says without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_report_says_what_was_met_and_what_stands_beside_it(worked: Desk) -> None:
    page = told(text_of(signed_in(worked.csm), REPORT))
    assert "66.6 % 2 of 3 objectives met." in page
    assert "1 exempt , none paused, 1 withdrawn , 1 still running" in page


def test_objectives_are_called_aims_and_guarantees_guarantees(worked: Desk) -> None:
    sure = make_desk("SURE", "idalko-premium")
    ticket = make_ticket(sure.contract, requester=sure.poc)
    reply(ticket, sure.engineer, at=after(minutes=5))
    ours = told(text_of(signed_in(worked.csm), REPORT))
    theirs = told(text_of(signed_in(sure.csm), REPORT))
    assert "aims, not guarantees" in ours
    assert "guarantees met" in theirs
    assert "objectives met" not in theirs


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("objective", "First answer"),
        ("urgency", "Critical"),
        ("plan", "Total Care"),
        ("client", "Acme Ltd"),
        ("month", "Mar 2026"),
        ("request_type", "Incident"),
    ],
)
def test_every_view_speaks_in_words(worked: Desk, view: str, words: str) -> None:
    assert words in told(text_of(signed_in(worked.csm), f"{REPORT}&by={view}"))


@pytest.mark.parametrize("view", ["objective", "urgency", "request_type", "plan", "client", "month"])
def test_each_number_opens_the_tickets_behind_it(worked: Desk, view: str) -> None:
    browser = signed_in(worked.csm)
    page = text_of(browser, f"{REPORT}&by={view}")
    links = [
        link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*clocks/\?[^"]*state=missed)"', page)
    ]
    behind = [told(text_of(browser, link)) for link in links]
    assert sum("ACME-3" in one for one in behind) >= 2
    assert all("ACME-1 " not in one for one in behind)


def test_what_cannot_be_read_falls_back_to_six_months(worked: Desk) -> None:
    browser = signed_in(worked.csm)
    assert "Service levels" in text_of(browser, "/success/service-levels/?from=x&to=2026-99-99&by=shoe")


def test_a_period_that_ends_before_it_begins_is_refused_in_words(worked: Desk) -> None:
    answer = signed_in(worked.csm).get("/success/service-levels/?from=2026-03-31&to=2026-03-01")
    assert answer.status_code == 422
    assert "report cannot be made" in answer.content.decode()


def test_narrowing_is_shown_and_can_be_taken_off(worked: Desk) -> None:
    page = text_of(signed_in(worked.csm), f"{REPORT}&urgency=low")
    assert 'aria-label="Remove filter Low"' in page
    assert "–" in told(page)


def test_a_success_manager_reads_nothing_of_other_clients(worked: Desk) -> None:
    other = worked_desk("OTHER")
    page = text_of(signed_in(other.csm), f"{REPORT}&client=ACME")
    assert "Nothing was due" in page
    assert "ACME-3" not in page


def test_a_client_reads_its_own_report_whatever_the_address_says(worked: Desk) -> None:
    worked_desk("OTHER")
    page = text_of(signed_in(worked.poc), f"/p/acme/report/?{MARCH}&client=OTHER")
    assert "2 of 3 objectives met" in told(page)
    assert "OTHER-" not in page


@pytest.mark.parametrize(("name", "kind"), [("report_csv", "text/csv"), ("report_pdf", "application/pdf")])
def test_the_same_figures_come_as_files(worked: Desk, name: str, kind: str) -> None:
    answer = signed_in(worked.csm).get(reverse(f"success:{name}") + f"?{MARCH}&by=urgency")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith(kind)
    assert "attachment" in answer["Content-Disposition"]
    assert len(answer.content) > 100


def test_many_clocks_take_as_many_statements_as_few(worked: Desk) -> None:
    browser = signed_in(worked.lead)
    text_of(browser, REPORT)
    with CaptureQueriesContext(connection) as few:
        browser.get(REPORT)
    worked_desk("MORE")
    text_of(browser, REPORT)
    with CaptureQueriesContext(connection) as many:
        browser.get(REPORT)
    assert len(many) == len(few)


def guaranteed() -> Desk:
    """A desk on a plan of guarantees with one answer in time."""
    sure = make_desk("SURE", "idalko-premium")
    reply(make_ticket(sure.contract, requester=sure.poc), sure.engineer, at=after(minutes=5))
    return sure


def test_where_both_kinds_are_reported_neither_word_stands_for_both(worked: Desk) -> None:
    guaranteed()
    page = told(text_of(signed_in(worked.lead), REPORT))
    assert "objectives and guarantees met." in page
    assert "Some plans guarantee; the objectives of the others are aims." in page
    assert "aims, not guarantees" not in page


def test_narrowed_to_one_plan_the_report_speaks_as_that_plan_does(worked: Desk) -> None:
    guaranteed()
    page = told(text_of(signed_in(worked.lead), f"{REPORT}&plan=idalko-premium"))
    assert "guarantees met." in page
    assert "objectives" not in page.split("met.")[0].split("Service levels")[-1]


@pytest.mark.parametrize(
    ("view", "narrowed"),
    [
        ("objective", "objective=first_response"),
        ("urgency", "urgency=critical"),
        ("request_type", "request_type=incident"),
        ("plan", "plan=total-care"),
        ("client", "client=ACME"),
        ("month", "to=2026-03-31"),
    ],
)
def test_each_line_of_a_split_opens_the_report_for_it_alone(worked: Desk, view: str, narrowed: str) -> None:
    browser = signed_in(worked.csm)
    (row, *_) = browser.get(f"{REPORT}&by={view}").context["split"]
    assert narrowed in row["narrowed"]
    again = browser.get(f"/success/service-levels/?{row['narrowed']}").context
    assert again["total"] == row["figures"]


@pytest.mark.parametrize("state", ["met", "missed", "exempt", "cancelled", "running"])
@pytest.mark.parametrize("view", ["objective", "urgency", "request_type", "plan", "client", "month"])
def test_behind_every_number_stand_as_many_clocks_as_it_says(worked: Desk, view: str, state: str) -> None:
    browser = signed_in(worked.csm)
    for row in browser.get(f"{REPORT}&by={view}").context["split"]:
        behind = browser.get(f"/success/service-levels/clocks/?{row['address']}&state={state}")
        assert len(behind.context["clocks"]) == getattr(row["figures"], state)


@pytest.mark.parametrize("view", ["objective", "urgency", "request_type", "plan", "client", "month"])
def test_the_table_of_the_file_is_that_of_the_page(worked: Desk, view: str) -> None:
    browser = signed_in(worked.csm)
    rows = browser.get(f"{REPORT}&by={view}").context["split"]
    answer = browser.get(reverse("success:report_csv") + f"?{MARCH}&by={view}").content.decode()
    lines = list(csv.reader(answer.splitlines()))
    assert [line[0] for line in lines[1:-1]] == [row["named"].label for row in rows]
    assert [line[1:3] for line in lines[1:-1]] == [
        [str(row["figures"].met), str(row["figures"].missed)] for row in rows
    ]


@pytest.mark.parametrize("view", ["objective", "urgency", "plan", "client", "month"])
def test_the_printed_table_is_that_of_the_page_and_of_the_file(worked: Desk, view: str) -> None:
    browser = signed_in(worked.csm)
    page = browser.get(f"{REPORT}&by={view}").context
    told = browser.get(reverse("success:report_csv") + f"?{MARCH}&by={view}").content.decode()
    paper = texts_of(browser.get(reverse("success:report_pdf") + f"?{MARCH}&by={view}").content)
    table = [cell for line in csv.reader(told.splitlines()) for cell in line if cell]
    start = paper.index(table[0])
    assert paper[start : start + len(table)] == table
    (total,) = [line[1:] for line in csv.reader(told.splitlines()) if line[0] == "Total"]
    said = ("met", "missed", "exempt", "paused", "cancelled", "running")
    assert [*total[:2], *total[3:]] == [str(getattr(page["total"], name)) for name in said]


def test_the_chart_and_the_table_say_the_same_percent(worked: Desk) -> None:
    (objective, *_) = signed_in(worked.csm).get(REPORT).context["objectives"]
    assert [point.words for point in objective["chart"].points] == ["66.6"]


def test_the_client_gets_the_same_file_without_any_other_client(worked: Desk) -> None:
    worked_desk("OTHER")
    address = reverse("portal:report_csv", kwargs={"client": "acme"})
    text = signed_in(worked.poc).get(f"{address}?{MARCH}&by=client&client=OTHER").content.decode()
    assert text.splitlines()[1:] == ["Acme Ltd,2,1,66.6,1,0,1,1", "Total,2,1,66.6,1,0,1,1"]
